package destination_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// requests returns the number of requests since the last call, by "METHOD list", "METHOD one" or "METHOD bindings".
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

// expectRequestsOfMany checks the requests of a run over many destinations. On a busy machine, the reads of one run may spread out. The
// provider then reads a list again, or reads by ID a destination whose read was not merged with others.
func (a api) expectRequestsOfMany(t *testing.T, what string, want map[string]int) {
	t.Helper()
	again := acctest.Rereads(a.Requests(), kindOf)
	got := acctest.WithoutRereads(want, a.requests(), again)
	if got["GET one"] <= 1+again["GET list"] {
		delete(got, "GET one")
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// A refresh costs the same for any number of destinations; every other operation costs one request each.
func TestRequestsPerOperation(t *testing.T) {
	t.Parallel()
	const n = 100
	for name, c := range map[string]struct {
		behavior emulator.Behavior
		lists    int
	}{
		"one page":    {emulator.Behavior{}, 1},
		"several":     {emulator.Behavior{ListPageSize: 40}, 2}, // the first page, then the rest in one request
		"a bare list": {emulator.Behavior{ListBareArray: true}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, c.behavior)
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
			// The plan and the apply each list the bindings that the API also deletes.
			a.expectRequestsOfMany(t, "a destroy", map[string]int{"GET list": c.lists, "GET bindings": 2, "DELETE one": n})
		})
	}
}

// A single destination is read by ID.
func TestRequestsForOne(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook("", signed))
	w.Apply()
	a.requests()
	w.PlanEmpty()
	if diff := cmp.Diff(map[string]int{"GET one": 1}, a.requests()); diff != "" {
		t.Errorf("a plan (-want +got):\n%s", diff)
	}
}

// The promised number of requests for a thousand destinations.
func TestRequestsForThousand(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, "count = 1\n"+hook("1", signed))
	w.Apply()
	a.multiply(t, w, 1000)
	w.Write("main.tf", a.configuration("count = 1000\n"+hook("1", signed)))
	a.ResetRequests()
	w.PlanEmpty()
	a.expectRequestsOfMany(t, "a plan", map[string]int{"GET list": 1})
	a.SetBehavior(func(b *emulator.Behavior) { b.ListPageSize = 500 })
	w.PlanEmpty()
	a.expectRequestsOfMany(t, "a plan with pages of 500", map[string]int{"GET list": 2})
}

// multiply turns the only destination in state and API into n. Terraform would take minutes to create them, because it writes the whole
// state after each.
func (a api) multiply(t *testing.T, w *acctest.Workspace, n int) {
	t.Helper()
	d := a.only(t)
	credentials, _ := a.Stored(d.ID)
	var state map[string]any
	if err := json.Unmarshal(w.State(), &state); err != nil {
		t.Fatal(err)
	}
	resource := state["resources"].([]any)[0].(map[string]any)
	instance, err := json.Marshal(resource["instances"].([]any)[0])
	if err != nil {
		t.Fatal(err)
	}
	instances := resource["instances"].([]any)
	for i := 1; i < n; i++ {
		copied := d
		copied.ID = fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
		a.AddWith(copied, credentials)
		var another map[string]any
		if err := json.Unmarshal(bytes.ReplaceAll(instance, []byte(d.ID), []byte(copied.ID)), &another); err != nil {
			t.Fatal(err)
		}
		another["index_key"] = i
		instances = append(instances, another)
	}
	resource["instances"] = instances
	state["serial"] = 2
	written, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	w.Write("terraform.tfstate", string(written))
}
