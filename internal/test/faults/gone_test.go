package faults

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

const bound = `
resource "talonic_delivery_binding" "first" {
  name              = "bound"
  deliverable_type  = "pipeline.capture"
  destination_id    = talonic_delivery_destination.first.id
  serializer_format = "json"
  signal_filter {
    event_type = "document.extracted"
  }
}
`

// threeAndABinding returns a workspace with three hooks and a binding in the API and in state.
func threeAndABinding(t *testing.T) cli {
	t.Helper()
	c := newCLI(t, emulator.Behavior{}, quick, hook("first", `name = "first"`, "t")+hook("second", `name = "second"`, "t")+
		hook("third", `name = "third"`, "t")+bound)
	c.Apply()
	c.api.ResetRequests()
	return c
}

// If all responses are 404s of a gateway, no command treats an object as gone: neither a plan, an apply nor a destroy.
func TestForeignNotFoundForgetsNothing(t *testing.T) {
	t.Parallel()
	for _, form := range []string{"empty", "azure", "gcp", "nestjs", "unknown-route"} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			c := threeAndABinding(t)
			before, ids := c.everything(), c.ids(t)
			c.api.Inject(emulator.Fault{Kind: emulator.ForeignNotFound, Form: form})
			for _, command := range [][]string{{"plan"}, {"apply", "-auto-approve"}, {"destroy", "-auto-approve"}, {"destroy", "-auto-approve", "-refresh=false"}} {
				r := c.Run(command...)
				ends(t, r, 1)
				says(t, r, "404 Not Found")
				denies(t, r, "will be created", "no longer exists")
			}
			if now := c.ids(t); !maps.Equal(now, ids) {
				t.Errorf("in state: %v, before: %v", now, ids)
			}
			if writes := c.writes(); slices.Contains(writes, "create") || !maps.Equal(c.everything(), before) {
				t.Errorf("writes: %v, at the API: %v", writes, c.everything())
			}
			c.api.ClearFaults()
			c.PlanEmpty()
		})
	}
}

// If only the requests for one object get such a 404, the list decides.
func TestForeignNotFoundIsCheckedInTheList(t *testing.T) {
	t.Parallel()
	for _, resources := range []string{hook("only", `name = "only"`, "t"), hook("only", `name = "only"`, "t") + hook("other", `name = "other"`, "t")} {
		c := newCLI(t, emulator.Behavior{}, quick, resources)
		c.Apply()
		id := c.ids(t)["only"]
		c.api.Inject(emulator.Fault{Kind: emulator.ForeignNotFound, Form: "azure", Operation: "read"},
			emulator.Fault{Kind: emulator.ForeignNotFound, Form: "azure", Operation: "delete"})

		denies(t, c.Run("plan"), "will be created")
		ends(t, c.Run("destroy", "-auto-approve"), 1)
		if c.ids(t)["only"] != id {
			t.Error("it is forgotten although the list has it")
		}
		c.api.Remove(id)
		says(t, c.Plan("-target=talonic_delivery_destination.only"), "only will be created", id)
		c.Destroy("-target=talonic_delivery_destination.only", "-refresh=false")
		if c.ids(t)["only"] != "" {
			t.Error("it is still in state although the list does not have it")
		}
	}
}

// An object that cannot be read is not reported as nonexistent.
func TestForeignNotFoundInImportsAndDataSources(t *testing.T) {
	t.Parallel()
	c := newCLI(t, emulator.Behavior{}, quick, hook("adopted", `name = "adopted"`, "t"))
	id := c.api.AddWith(lookAlike("adopted"), theirs)
	before := c.everything()
	c.api.Inject(emulator.Fault{Kind: emulator.ForeignNotFound, Form: "spring"})
	for _, by := range []string{id, "adopted"} {
		r := c.Run("import", "talonic_delivery_destination.adopted", by)
		ends(t, r, 1)
		says(t, r, "404 Not Found")
		denies(t, r, "non-existent", "no delivery destination", "there is no")
	}
	c.Write("main.tf", c.provider+fmt.Sprintf("data \"talonic_delivery_destination\" \"it\" {\n  id = %q\n}\n", id))
	r := c.Run("plan")
	ends(t, r, 1)
	denies(t, r, "no delivery destination", "there is no")
	if now := c.everything(); !maps.Equal(now, before) {
		t.Errorf("at the API: %v, before: %v", now, before)
	}
}

// A response to a DELETE that denies the deletion is not a success.
func TestNotDeleted(t *testing.T) {
	t.Parallel()
	for _, form := range emulator.FaultForms(emulator.NotDeleted) {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			c := threeAndABinding(t)
			ids := c.ids(t)
			c.api.Inject(emulator.Fault{Kind: emulator.NotDeleted, Form: form})
			r := c.Run("destroy", "-auto-approve")
			ends(t, r, 1)
			denies(t, r, "Destroy complete!")
			if now := c.ids(t); !maps.Equal(now, ids) || len(c.api.Destinations()) != 3 || len(c.api.Bindings()) != 1 {
				t.Errorf("in state: %v, before: %v", now, ids)
			}
			c.api.ClearFaults()
			c.Destroy()
			if len(c.api.Destinations())+len(c.api.Bindings()) > 0 {
				t.Error("not all are deleted at last")
			}
		})
	}
}
