package readcache

import (
	"context"
	"errors"
	"maps"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// all returns the result of All: versions by ID.
func all(t *testing.T, r *Reader[object]) map[string]int {
	t.Helper()
	objects, err := r.All(t.Context())
	if err != nil {
		t.Error(err)
	}
	versions := map[string]int{}
	for _, o := range objects {
		versions[o.id] += o.version // if an object occurs twice, the sum is wrong
	}
	return versions
}

// Calls of Cached and All share list requests with each other and with refreshes.
func TestCachedAndAll(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do          func(*testing.T, *Reader[object])
		gets, lists int
	}{
		"one looks at one":  {func(t *testing.T, r *Reader[object]) { look(t, r, "0") }, 1, 0},
		"one looks at all":  {func(t *testing.T, r *Reader[object]) { all(t, r) }, 0, 1},
		"again and again":   {func(t *testing.T, r *Reader[object]) { all(t, r); all(t, r); look(t, r, "0"); look(t, r, "0") }, 0, 1},
		"after a refresh":   {func(t *testing.T, r *Reader[object]) { refresh(t, r, numbers(30)...); all(t, r); look(t, r, "0") }, 0, 1},
		"before a refresh":  {func(t *testing.T, r *Reader[object]) { all(t, r); look(t, r, "0"); refresh(t, r, numbers(30)...) }, 0, 1},
		"between refreshes": {func(t *testing.T, r *Reader[object]) { all(t, r); refresh(t, r, "0", "1"); refresh(t, r, "0", "1") }, 0, 2},
		"of a time":         {func(t *testing.T, r *Reader[object]) { all(t, r); time.Sleep(idle); all(t, r) }, 0, 2},
		"one is not listed": {func(t *testing.T, r *Reader[object]) { all(t, r); look(t, r, "30") }, 1, 1},
		"during a refresh": {func(t *testing.T, r *Reader[object]) {
			var others sync.WaitGroup
			for range 5 {
				others.Go(func() { all(t, r) })
				others.Go(func() { look(t, r, "7") })
			}
			refresh(t, r, numbers(30)...)
			others.Wait()
		}, 0, 1},
		"beside a lone read": {func(t *testing.T, r *Reader[object]) {
			var other sync.WaitGroup
			other.Go(func() { refresh(t, r, "0") })
			synctest.Wait()
			all(t, r)
			other.Wait()
		}, 0, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStore(31)
				s.hidden["30"] = true
				c.do(t, s.reader())
				if s.gets != c.gets || s.lists != c.lists {
					t.Errorf("%d gets and %d lists, not %d and %d", s.gets, s.lists, c.gets, c.lists)
				}
			})
		})
	}
}

func look(t *testing.T, r *Reader[object], id string) {
	t.Helper()
	if o, err := r.Cached(t.Context(), id); err != nil || o.id != id {
		t.Errorf("Look(%s) = %v, %v", id, o, err)
	}
}

// All reflects the writes of this process, even if the list is out of date.
func TestAllAfterWrites(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		do   func(*store, *Reader[object])
		want map[string]int
	}{
		"nothing":        {func(*store, *Reader[object]) {}, map[string]int{"0": 1, "1": 1}},
		"updated":        {func(s *store, r *Reader[object]) { s.set("0", 7); r.Put(object{"0", 7}) }, map[string]int{"0": 7, "1": 1}},
		"updated, lag":   {func(s *store, r *Reader[object]) { s.set("0", 7); s.lag["0"] = 1; r.Put(object{"0", 7}) }, map[string]int{"0": 7, "1": 1}},
		"created":        {func(s *store, r *Reader[object]) { s.set("2", 7); r.Put(object{"2", 7}) }, map[string]int{"0": 1, "1": 1, "2": 7}},
		"created, lag":   {func(s *store, r *Reader[object]) { s.set("2", 7); s.hidden["2"] = true; r.Put(object{"2", 7}) }, map[string]int{"0": 1, "1": 1, "2": 7}},
		"deleted":        {func(s *store, r *Reader[object]) { delete(s.objects, "0"); r.Evict("0") }, map[string]int{"1": 1}},
		"gone elsewhere": {func(_ *store, r *Reader[object]) { r.Put(object{"2", 7}) }, map[string]int{"0": 1, "1": 1}},
	} {
		for _, listed := range []bool{false, true} {
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					s := newStore(2)
					r := s.reader()
					if listed {
						all(t, r)
					}
					c.do(s, r)
					want := maps.Clone(c.want)
					if listed && name == "gone elsewhere" {
						want["2"] = 7 // until the list expires, the own write is the latest known version
					}
					for range 2 {
						if diff := cmp.Diff(want, all(t, r)); diff != "" {
							t.Errorf("(-want +got):\n%s", diff)
						}
					}
					if gets := s.gets; gets > 1 {
						t.Errorf("%d gets", gets)
					}
				})
			})
		}
	}
}

// If the list request fails, All returns the error. Immediate further calls return the same error, and later calls try again.
func TestAllFails(t *testing.T) {
	t.Parallel()
	for _, reason := range []string{"broken", "unauthorized"} {
		t.Run(reason, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStore(5)
				s.listErr = errors.New(reason)
				r := s.reader()
				var lookers sync.WaitGroup
				for range 3 {
					lookers.Go(func() {
						if objects, err := r.All(t.Context()); !errors.Is(err, s.listErr) || objects != nil {
							t.Errorf("All = %v, %v", objects, err)
						}
					})
				}
				lookers.Wait()
				if _, err := r.All(t.Context()); !errors.Is(err, s.listErr) {
					t.Errorf("next: %v", err)
				}
				if s.lists != 1 {
					t.Errorf("%d lists", s.lists)
				}
				s.listErr = nil
				time.Sleep(idle)
				if got := all(t, r); len(got) != 5 {
					t.Errorf("then: %v", got)
				}
			})
		})
	}
}

// A caller that gives up does not affect the others.
func TestCachedGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		r := newStore(5).reader()
		ctx, cancel := context.WithCancel(t.Context())
		var lookers sync.WaitGroup
		lookers.Go(func() {
			if objects, err := r.All(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("All = %v, %v", objects, err)
			}
		})
		synctest.Wait()
		lookers.Go(func() { all(t, r) })
		lookers.Go(func() { refresh(t, r, "0") })
		synctest.Wait()
		cancel()
		lookers.Wait()
		if objects, err := r.All(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("All = %v, %v", objects, err)
		}
	})
}
