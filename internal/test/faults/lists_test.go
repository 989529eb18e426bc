package faults

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// counted returns the requests since the last reset, by operation.
func (c cli) counted() map[string]int {
	count := map[string]int{}
	for _, r := range c.api.Requests() {
		count[r.Operation]++
	}
	c.api.ResetRequests()
	return count
}

const allOfThem = `
data "talonic_delivery_destinations" "all" {}

output "found" {
  value = length(data.talonic_delivery_destinations.all.destinations)
}
`

func (c cli) found(t *testing.T) (n int) {
	t.Helper()
	if err := json.Unmarshal([]byte(c.MustRun("output", "-json", "found").Stdout), &n); err != nil {
		t.Fatal(err)
	}
	return n
}

// The client finds every object in paginated lists of any form. A list on one page costs one request without a query.
func TestEveryFormOfList(t *testing.T) {
	t.Parallel()
	const many = 300
	for what, l := range map[string]struct {
		behavior emulator.Behavior
		most     int // maximum number of requests for one list
	}{
		"whole":                              {emulator.Behavior{RefuseUnknownQuery: true}, 1},
		"a bare array":                       {emulator.Behavior{ListBareArray: true, RefuseUnknownQuery: true}, 1},
		"items":                              {emulator.Behavior{ListForm: emulator.ListItems, RefuseUnknownQuery: true}, 1},
		"numbered pages":                     {emulator.Behavior{ListForm: emulator.ListNumbered, RefuseUnknownQuery: true}, 3},
		"numbered pages of 50":               {emulator.Behavior{ListForm: emulator.ListNumbered, ListMaxLimit: 50}, 8},
		"numbered pages, large ones refused": {emulator.Behavior{ListForm: emulator.ListNumbered, ListMaxLimit: 100, ListLimit: emulator.LimitRefused}, 5},
		"numbered pages, limits refused":     {emulator.Behavior{ListForm: emulator.ListNumbered, ListMaxLimit: 50, ListLimit: emulator.LimitRefused}, 18},
		"numbered pages, limit ignored":      {emulator.Behavior{ListForm: emulator.ListNumbered, ListPageSize: 20, ListLimit: emulator.LimitIgnored}, 17},
		"items in pages":                     {emulator.Behavior{ListForm: emulator.ListItems, ListPageSize: 20}, 3},
		"cursors":                            {emulator.Behavior{ListPageSize: 20, RefuseUnknownQuery: true}, 3},
		"cursors, large pages refused":       {emulator.Behavior{ListPageSize: 20, ListMaxLimit: 100, ListLimit: emulator.LimitRefused}, 5},
		"cursors, limits refused":            {emulator.Behavior{ListPageSize: 20, ListMaxLimit: 50, ListLimit: emulator.LimitRefused}, 17},
		"cursors, limit ignored":             {emulator.Behavior{ListPageSize: 20, ListLimit: emulator.LimitIgnored}, 17},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			c := newCLI(t, l.behavior, quick, "")
			for i := range many {
				c.api.Add(lookAlike(fmt.Sprintf("hook %d", i)))
			}
			before := c.everything()

			c.Write("main.tf", c.provider+allOfThem)
			c.Apply()
			if n := c.found(t); n != many {
				t.Errorf("%d found", n)
			}
			if count := c.counted(); count["list"] > l.most || len(count) > 1 {
				t.Errorf("the data source: %v, more than %d", count, l.most)
			}

			var imports, resources strings.Builder
			for _, i := range []int{0, 1, 150, 298, 299} {
				label, name := fmt.Sprintf("h%d", i), fmt.Sprintf("hook %d", i)
				fmt.Fprintf(&imports, "import {\n  to = talonic_delivery_destination.%s\n  id = %q\n}\n", label, name)
				fmt.Fprintf(&resources, "resource \"talonic_delivery_destination\" %q {\n  name = %q\n  webhook {\n    url = \"https://hooks.example.com/in\"\n  }\n}\n", label, name)
			}
			c.Write("main.tf", c.provider+imports.String()+resources.String())
			c.Apply()
			c.Write("main.tf", c.provider+resources.String())
			c.counted()
			c.PlanEmpty()
			if count := c.counted(); count["list"] > l.most || count["read"] > 1 {
				t.Errorf("a refresh: %v, more than %d", count, l.most)
			}
			if !maps.Equal(c.everything(), before) {
				t.Error("something has changed at the API")
			}
		})
	}
}

// A list that cannot be read to its end is an error, not a shorter list.
func TestListWithoutAnEnd(t *testing.T) {
	t.Parallel()
	c := newCLI(t, emulator.Behavior{}, quick, "")
	for i := range 3 {
		c.api.Add(lookAlike(fmt.Sprintf("hook %d", i)))
	}
	for _, kind := range []emulator.FaultKind{emulator.RepeatedCursor, emulator.FailedPage} {
		c.api.ClearFaults()
		c.api.Inject(emulator.Fault{Kind: kind})
		c.Write("main.tf", c.provider+allOfThem)
		ends(t, c.Run("apply", "-auto-approve"), 1)
	}
}

// Objects of others in a list need only an ID. A malformed object does not affect any other.
func TestOddNeighbors(t *testing.T) {
	t.Parallel()
	for _, form := range emulator.FaultForms(emulator.OddItem) {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			three := hook("first", `name = "first"`, "t") + hook("second", `name = "second"`, "t") + hook("third", `name = "third"`, "t")
			c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, three)
			c.Apply()
			c.counted()
			c.api.Inject(emulator.Fault{Kind: emulator.OddItem, Form: form})
			c.PlanEmpty()
			if count := c.counted(); count["list"] != 1 || count["read"] > 1 {
				t.Errorf("a refresh: %v", count)
			}

			c.Write("main.tf", c.provider+three+allOfThem)
			c.Apply()
			if n := c.found(t); n < 3 {
				t.Errorf("%d found", n)
			}
			c.MustRun("state", "rm", "talonic_delivery_destination.second")
			c.MustRun("import", "talonic_delivery_destination.second", "second")

			// A malformed object does not affect the recovery of a create either.
			c.api.ClearFaults()
			c.api.Inject(emulator.Fault{Kind: emulator.LostResponse, Operation: "create", Times: 1}, emulator.Fault{Kind: emulator.OddItem, Form: form})
			c.Write("main.tf", c.provider+three+hook("fourth", `name = "fourth"`, "t"))
			c.Apply()
			if ids := c.ids(t); len(c.api.Destinations()) != 4 || len(ids) != 4 {
				t.Errorf("in state: %v, at the API: %v", ids, c.everything())
			}
		})
	}
}
