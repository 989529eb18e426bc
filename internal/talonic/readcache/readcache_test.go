package readcache

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

type object struct {
	id      string
	version int
}

// store is a slow source that counts requests.
type store struct {
	mu      sync.Mutex
	objects map[string]int  // version by ID
	hidden  map[string]bool // objects that the list omits
	lag     map[string]int  // outdated versions in the list
	listErr error

	gets, lists int
}

var errGone = errors.New("gone")

func newStore(n int) *store {
	s := &store{objects: map[string]int{}, hidden: map[string]bool{}, lag: map[string]int{}}
	for i := range n {
		s.objects[fmt.Sprint(i)] = 1
	}
	return s
}

func (s *store) reader() *Reader[object] {
	return NewReader(Source[object]{
		Get: func(ctx context.Context, id string) (object, error) {
			time.Sleep(50 * time.Millisecond)
			s.mu.Lock()
			defer s.mu.Unlock()
			s.gets++
			version, ok := s.objects[id]
			if !ok {
				return object{}, errGone
			}
			return object{id, version}, ctx.Err()
		},
		List: func(ctx context.Context) ([]object, error) {
			time.Sleep(50 * time.Millisecond)
			s.mu.Lock()
			defer s.mu.Unlock()
			s.lists++
			var all []object
			for id, version := range s.objects {
				if old, ok := s.lag[id]; ok {
					version = old
				}
				if !s.hidden[id] {
					all = append(all, object{id, version})
				}
			}
			if s.listErr != nil {
				return nil, s.listErr
			}
			return all, ctx.Err()
		},
		ID:         func(o object) string { return o.id },
		Newer:      func(a, b object) bool { return a.version > b.version },
		Conclusive: func(err error) bool { return err.Error() == "unauthorized" },
		Gone:       func(err error) bool { return errors.Is(err, errGone) },
	})
}

func (s *store) set(id string, version int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.objects[id] = version
}

// refresh reads objects ten at a time, like Terraform.
func refresh(t *testing.T, r *Reader[object], ids ...string) map[string]string {
	t.Helper()
	var (
		mu    sync.Mutex
		seen  = map[string]string{}
		all   sync.WaitGroup
		slots = make(chan struct{}, 10)
	)
	for _, id := range ids {
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			o, err := r.Read(t.Context(), id)
			time.Sleep(5 * time.Millisecond) // planning
			mu.Lock()
			defer mu.Unlock()
			seen[id] = fmt.Sprint(o.version)
			if err != nil {
				seen[id] = err.Error()
			}
		})
	}
	all.Wait()
	return seen
}

func numbers(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = fmt.Sprint(i)
	}
	return ids
}

func TestRequests(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		objects, reads int
		change         func(*store)
		gets, lists    int
	}{
		"one":                  {1000, 1, nil, 1, 0},
		"two":                  {1000, 2, nil, 0, 1},
		"a thousand":           {1000, 1000, nil, 0, 1},
		"one is not listed":    {10, 10, func(s *store) { s.hidden["3"] = true }, 1, 1},
		"one is gone":          {10, 11, nil, 1, 1},
		"the list fails":       {30, 30, func(s *store) { s.listErr = errors.New("broken") }, 30, 1},
		"nothing can be read":  {10, 10, func(s *store) { s.listErr = errors.New("unauthorized") }, 0, 1},
		"nothing of many":      {100, 100, func(s *store) { s.listErr = errors.New("unauthorized") }, 0, 1},
		"many, and many gone":  {10, 20, nil, 10, 1},
		"none of them is left": {0, 5, nil, 5, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStore(c.objects)
				if c.change != nil {
					c.change(s)
				}
				for id, got := range refresh(t, s.reader(), numbers(c.reads)...) {
					want := "1"
					if s.objects[id] == 0 {
						want = errGone.Error()
					}
					if s.listErr != nil && s.listErr.Error() == "unauthorized" {
						want = "unauthorized"
					}
					if got != want {
						t.Errorf("%s: %s, not %s", id, got, want)
					}
				}
				if s.gets != c.gets || s.lists != c.lists {
					t.Errorf("%d gets and %d lists, not %d and %d", s.gets, s.lists, c.gets, c.lists)
				}
			})
		})
	}
}

// The second of two refreshes reflects all changes between them.
func TestNeverStale(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]struct {
		do   func(*store, *Reader[object])
		want string // version of object 0
	}{
		"edited elsewhere":       {func(s *store, _ *Reader[object]) { s.set("0", 7) }, "7"},
		"deleted elsewhere":      {func(s *store, _ *Reader[object]) { delete(s.objects, "0") }, "gone"},
		"written here":           {func(s *store, r *Reader[object]) { s.set("0", 7); r.Put(object{"0", 7}) }, "7"},
		"written, and list lags": {func(s *store, r *Reader[object]) { s.set("0", 7); s.lag["0"] = 1; r.Put(object{"0", 7}) }, "7"},
		"created, and list lags": {func(s *store, r *Reader[object]) { s.set("0", 7); s.hidden["0"] = true }, "7"},
		"written, then edited elsewhere": {func(s *store, r *Reader[object]) {
			r.Put(object{"0", 7})
			s.set("0", 8)
			time.Sleep(2 * time.Second) // until now, the own write is the latest known version
		}, "8"},
		"deleted here": {func(s *store, r *Reader[object]) { delete(s.objects, "0"); r.Evict("0") }, "gone"},
		"created anew": {func(s *store, r *Reader[object]) {
			delete(s.objects, "0")
			r.Evict("0")
			s.set("0", 9)
		}, "9"},
	} {
		for _, ids := range [][]string{{"0"}, {"0", "1", "2"}} {
			t.Run(fmt.Sprint(name, ", reads ", len(ids)), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					s := newStore(5)
					r := s.reader()
					refresh(t, r, "0", "1", "2")
					change.do(s, r)
					if got := refresh(t, r, ids...)["0"]; got != change.want {
						t.Errorf("%s, not %s", got, change.want)
					}
				})
			})
		}
	}
}

// An expired list is not used, even for an object that no read has requested yet. Consecutive reads cost at most one read by ID
// and one list request.
func TestReadsOneByOne(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		ids         []string
		pause       time.Duration
		gets, lists int
	}{
		"on a busy machine": {numbers(20), 2 * window, 1, 1},
		"two":               {numbers(2), 2 * window, 1, 1},
		"the same again":    {[]string{"0", "0", "0"}, 2 * window, 3, 0},
		"at leisure":        {numbers(3), 2 * idle, 3, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := newStore(20)
				r := s.reader()
				for _, id := range c.ids {
					if o, err := r.Read(t.Context(), id); err != nil || o.id != id {
						t.Errorf("%v, %v", o, err)
					}
					time.Sleep(c.pause)
				}
				if s.gets != c.gets || s.lists != c.lists {
					t.Errorf("%d gets and %d lists, want %d and %d", s.gets, s.lists, c.gets, c.lists)
				}
			})
		})
	}
}

func TestListGrowsOld(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(5)
		r := s.reader()
		refresh(t, r, "0", "1")
		s.set("4", 7)
		time.Sleep(idle)
		if got := refresh(t, r, "4")["4"]; got != "7" {
			t.Errorf("%s, not 7", got)
		}
	})
}

// A caller that gives up does not affect the others.
func TestLeaderGivesUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		s := newStore(5)
		r := s.reader()
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := r.Read(ctx, "0"); !errors.Is(err, context.Canceled) {
				t.Errorf("error = %v", err)
			}
		})
		synctest.Wait()
		all.Go(func() {
			if o, err := r.Read(t.Context(), "1"); err != nil || o.version != 1 {
				t.Errorf("%v, %v", o, err)
			}
		})
		synctest.Wait()
		cancel()
		all.Wait()
	})
}
