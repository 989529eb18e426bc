package destination_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// requests counts what the API was asked, as "METHOD list", "METHOD one" or "METHOD bindings", and forgets it.
func (a api) requests() map[string]int {
	count := map[string]int{}
	for _, r := range a.Requests() {
		kind := " one"
		switch r.Path {
		case "/v1/delivery/destinations":
			kind = " list"
		case "/v1/delivery/bindings":
			kind = " bindings"
		}
		count[r.Method+kind]++
	}
	a.ResetRequests()
	return count
}

// requestsOfMany are the requests of a run over many destinations. On a machine that is busy, the first read may be alone for so
// long that it does not wait for others any more; one GET besides the list is therefore nobody's fault.
func (a api) requestsOfMany() map[string]int {
	count := a.requests()
	if count["GET one"] <= 1 {
		delete(count, "GET one")
	}
	return count
}

// What a refresh costs does not depend on how many destinations there are; everything else costs one request each.
func TestRequestsPerOperation(t *testing.T) {
	t.Parallel()
	const n = 100
	for name, c := range map[string]struct {
		behaviour emulator.Behaviour
		lists     int
	}{
		"one page":    {emulator.Behaviour{}, 1},
		"several":     {emulator.Behaviour{ListPageSize: 40}, 2}, // the first, and the rest at once,
		"a bare list": {emulator.Behaviour{ListBareArray: true}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, c.behaviour)
			expect := func(what string, want map[string]int) {
				t.Helper()
				if diff := cmp.Diff(want, a.requestsOfMany()); diff != "" {
					t.Errorf("%s (-want +got):\n%s", what, diff)
				}
			}
			const many = "count = 100\n"
			w := a.workspace(t, many+hook("", signed))
			w.Apply()
			expect("creates", map[string]int{"POST list": n})
			w.PlanEmpty()
			expect("a plan", map[string]int{"GET list": c.lists})
			w.PlanEmpty("-refresh=false")
			expect("a plan without refresh", map[string]int{})
			w.Write("main.tf", a.configuration(many+"is_active = true\npayload_cap_bytes = 1000\n"+hook("", signed)))
			w.Apply()
			expect("updates", map[string]int{"GET list": c.lists, "PUT one": n})
			w.Destroy()
			expect("a destroy", map[string]int{"GET list": c.lists, "GET bindings": 1, "DELETE one": n})
		})
	}
}

// One destination is read by itself.
func TestRequestsForOne(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behaviour{})
	w := a.workspace(t, hook("", signed))
	w.Apply()
	a.requests()
	w.PlanEmpty()
	if diff := cmp.Diff(map[string]int{"GET one": 1}, a.requests()); diff != "" {
		t.Errorf("a plan (-want +got):\n%s", diff)
	}
}

// What was promised for a thousand.
func TestRequestsForThousand(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behaviour{})
	expect := func(what string, want map[string]int) {
		t.Helper()
		if diff := cmp.Diff(want, a.requestsOfMany()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	w := a.workspace(t, "count = 1000\n"+hook("1", signed))
	w.Apply()
	expect("creates", map[string]int{"POST list": 1000})
	w.PlanEmpty()
	expect("a plan", map[string]int{"GET list": 1})
	a.SetBehaviour(func(b *emulator.Behaviour) { b.ListPageSize = 500 })
	w.PlanEmpty()
	expect("a plan with pages of 500", map[string]int{"GET list": 2})
}
