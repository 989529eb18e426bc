package destination_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// requests counts what the API was asked, as "METHOD list", "METHOD one" or "METHOD bindings", and forgets it.
func (a api) requests() map[string]int {
	count := map[string]int{}
	for _, r := range a.Requests() {
		count[kindOf(r)]++
	}
	a.ResetRequests()
	return count
}

func kindOf(r emulator.Request) string {
	switch r.Path {
	case "/v1/delivery/destinations":
		return r.Method + " list"
	case "/v1/delivery/bindings":
		return r.Method + " bindings"
	}
	return r.Method + " one"
}

// pause is how long a list is not read from before the provider reads it again.
const pause = time.Second

// expectRequestsOfMany checks the requests of a run over many destinations. A busy machine may hold up the reads of one run. Then
// the provider reads again what it listed more than a pause ago, and reads a destination by itself that waited for others in vain.
func (a api) expectRequestsOfMany(t *testing.T, what string, want map[string]int) {
	t.Helper()
	pauses, last := map[string]int{}, map[string]time.Time{}
	for _, r := range a.Requests() {
		kind := kindOf(r)
		if before, ok := last[kind]; ok && r.Time.Sub(before) > pause {
			pauses[kind]++
		}
		last[kind] = r.Time
	}
	got := a.requests()
	for kind, expected := range want {
		if strings.HasPrefix(kind, "GET ") && got[kind] > expected && got[kind] <= expected*(1+pauses[kind]) {
			got[kind] = expected
		}
	}
	if got["GET one"] <= 1+pauses["GET list"] {
		delete(got, "GET one")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
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
			const many = "count = 100\n"
			w := a.workspace(t, many+hook("", signed))
			w.Apply()
			a.expectRequestsOfMany(t, "creates", map[string]int{"POST list": n})
			w.PlanEmpty()
			a.expectRequestsOfMany(t, "a plan", map[string]int{"GET list": c.lists})
			w.PlanEmpty("-refresh=false")
			a.expectRequestsOfMany(t, "a plan without refresh", map[string]int{})
			w.Write("main.tf", a.configuration(many+"is_active = true\npayload_cap_bytes = 1000\n"+hook("", signed)))
			w.Apply()
			a.expectRequestsOfMany(t, "updates", map[string]int{"GET list": c.lists, "PUT one": n})
			w.Destroy()
			a.expectRequestsOfMany(t, "a destroy", map[string]int{"GET list": c.lists, "GET bindings": 1, "DELETE one": n})
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
	w := a.workspace(t, "count = 1000\n"+hook("1", signed))
	w.Apply()
	a.expectRequestsOfMany(t, "creates", map[string]int{"POST list": 1000})
	w.PlanEmpty()
	a.expectRequestsOfMany(t, "a plan", map[string]int{"GET list": 1})
	a.SetBehaviour(func(b *emulator.Behaviour) { b.ListPageSize = 500 })
	w.PlanEmpty()
	a.expectRequestsOfMany(t, "a plan with pages of 500", map[string]int{"GET list": 2})
}
