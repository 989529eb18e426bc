package simulation

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

var (
	seeds = flag.Int("seeds", 3000, "how many schedules to run; a tenth with -short")
	from  = flag.Uint64("from", 1, "the seed of the first")

	mutate = flag.Bool("mutate", false, "put known faults into the client, which the simulation has to find")
)

// calm ends the faults of the network.
func calm(w *world) context.Context {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.trouble = 0
	return context.Background()
}

// simulate runs one schedule and returns the violations. If tells is true, it also returns the timeline.
func simulate(t *testing.T, seed uint64, tells bool) (violations []string, timeLine string) {
	synctest.Test(t, func(*testing.T) {
		w := newWorld(seed, tells)
		w.history()
		p := newProcess(w)
		r := w.random("pipelines")
		var others sync.WaitGroup
		for i := range r.IntN(3) {
			others.Go(func() { w.pipeline(fmt.Sprint("pipeline ", i+1)) })
		}
		p.run()
		others.Wait()
		p.refresh()
		time.Sleep(5 * time.Minute) // delayed requests have been executed by then
		violations = p.check()
		timeLine = w.timeLine()
	})
	return violations, timeLine
}

// In every schedule, the client changes and deletes only our objects, every reported success is one, and diagnostics name objects that may
// have been left.
func TestSimulation(t *testing.T) {
	t.Parallel()
	var (
		next    atomic.Uint64
		failed  atomic.Int64
		workers sync.WaitGroup
		start   = time.Now()
		last    = uint64(*seeds)
	)
	if testing.Short() {
		last /= 10
	}
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for failed.Load() < 3 {
				i := next.Add(1) - 1
				if i >= last {
					return
				}
				if violations, _ := simulate(t, *from+i, false); len(violations) > 0 {
					failed.Add(1)
					_, timeLine := simulate(t, *from+i, true)
					t.Errorf("%s\n%s\n\nTo run it alone: make simulate ARGS='-seeds=1 -from=%d'", strings.Join(violations, "\n"), timeLine, *from+i)
				}
			}
		})
	}
	workers.Wait()
	t.Logf("%d schedules in %v", min(next.Load(), last), time.Since(start).Round(time.Millisecond))
}
