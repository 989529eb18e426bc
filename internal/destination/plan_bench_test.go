package destination_test

import (
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// BenchmarkNoOpPlan plans 1,000 unchanged destinations with two secrets each, hash-tracked and versioned, through the real CLI. It
// reports the ratio of the two in one run.
func BenchmarkNoOpPlan(b *testing.B) {
	if testing.Short() {
		b.Skip("takes minutes")
	}
	plan := func(arguments string) func() time.Duration {
		a := newAPI(b, emulator.Behavior{})
		w := a.workspace(b, "count = 1000\n"+strings.Replace(arguments, `"hook"`, `"hook-${count.index}"`, 1))
		w.Apply("-parallelism=50")
		return func() time.Duration {
			start := time.Now()
			w.PlanEmpty()
			return time.Since(start)
		}
	}
	hashed := plan(hook("", bearer, signed))
	pinned := plan(hook("1", bearer, signed))
	var withHash, withVersion time.Duration
	for b.Loop() {
		withHash += hashed()
		withVersion += pinned()
	}
	b.ReportMetric(withHash.Seconds()/float64(b.N), "s/hashed")
	b.ReportMetric(withVersion.Seconds()/float64(b.N), "s/pinned")
	b.ReportMetric(withHash.Seconds()/withVersion.Seconds(), "hashed/pinned")
}
