package destination_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestLifecycle(t *testing.T) {
	t.Parallel()
	for name, c := range lifecycles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testLifecycle(t, name, c)
		})
	}
}

func testLifecycle(t *testing.T, name string, c lifecycle) {
	if c.apiType == "" {
		c.apiType = name
	}
	a := newAPI(t, emulator.Behavior{})
	created := a.configuration(`name = "before"` + "\n" + c.block)
	changed := a.configuration("name = \"after\"\nis_active = false\npayload_cap_bytes = 1048576\n" + c.changed)
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "main.tf": created})

	w.Apply()
	c.expectCreated(t, a, w)
	w.PlanEmpty()
	id := a.only(t).ID

	w.Write("main.tf", changed)
	expectAction(t, w.Apply(), "updated in-place")
	if now := a.only(t).ID; now != id {
		t.Errorf("the destination was replaced: %s is now %s", id, now)
	}
	c.expectChanged(t, a)
	w.PlanEmpty()

	// Everything drifts at once; the plan shows each change.
	a.edit(t, func(d *emulator.Destination) {
		d.Name, d.IsActive, d.PayloadCapBytes = "drifted", true, 77
		maps.Copy(d.Config, c.drift)
	})
	result := w.Apply()
	expectAction(t, result, "updated in-place")
	plan := withoutQuotes.Replace(result.Stdout)
	for key, value := range c.drift {
		if !shows(plan, value) {
			t.Errorf("no drift of %s, which is %v:\n%s", key, value, plan)
		}
	}
	for _, value := range []any{"drifted", true, 77} {
		if !shows(plan, value) {
			t.Errorf("no drift to %v:\n%s", value, plan)
		}
	}
	c.expectChanged(t, a)

	w.Write("main.tf", created) // removes arguments again
	expectAction(t, w.Apply(), "updated in-place")
	if err := a.has(t, "before", a.only(t).IsActive, 0, c.config, c.credentials); err != nil {
		t.Error(err)
	}
	w.PlanEmpty()

	a.Remove(a.only(t).ID) // outside Terraform
	expectAction(t, w.Apply(), "created")
	c.expectCreated(t, a, w)
	w.Destroy()
	if left := a.Destinations(); len(left) > 0 {
		t.Errorf("left at the API: %+v", left)
	}
}

// expectCreated checks the API and the state after a create.
func (c lifecycle) expectCreated(t *testing.T, a api, w *acctest.Workspace) {
	t.Helper()
	if err := a.has(t, "before", true, 0, c.config, c.credentials); err != nil {
		t.Error(err)
	}
	state := stateOf(t, w)
	if state["credentials_updated_at"] == nil {
		t.Error("no credentials_updated_at")
	}
	want := map[string]any{
		"type": c.apiType, "is_active": true, "payload_cap_bytes": nil, "has_auth_config": true,
		"has_signing_secret": c.credentials.SigningSecret != "",
	}
	for attribute, value := range want {
		if state[attribute] != value {
			t.Errorf("%s is %v, not %v", attribute, state[attribute], value)
		}
	}
}

func (c lifecycle) expectChanged(t *testing.T, a api) {
	t.Helper()
	if err := a.has(t, "after", false, 1048576, c.changedConfig, c.changedCredentials); err != nil {
		t.Error(err)
	}
}

// expectAction checks what an apply did with the destination.
func expectAction(t *testing.T, r acctest.Result, action string) {
	t.Helper()
	if !strings.Contains(r.Stdout, "# "+address+" will be "+action) {
		t.Errorf("the destination is not %s:\n%s", action, r)
	}
}

// stateOf returns the attributes of the only resource in state.
func stateOf(t *testing.T, w *acctest.Workspace) map[string]any {
	t.Helper()
	var state struct {
		Resources []struct {
			Instances []struct{ Attributes map[string]any }
		}
	}
	if err := json.Unmarshal(w.State(), &state); err != nil || len(state.Resources) != 1 || len(state.Resources[0].Instances) != 1 {
		t.Fatalf("no state of one resource: %v\n%s", err, w.State())
	}
	return state.Resources[0].Instances[0].Attributes
}

// Plans quote strings, and print strings inside JSON without quotes or escaped.
var withoutQuotes = strings.NewReplacer(`"`, "", `\`, "")

// shows reports whether a plan, without quotes, changes from a value, or for a map, from one of its values.
func shows(plan string, value any) bool {
	if object, ok := value.(map[string]any); ok {
		for _, inner := range object {
			if strings.Contains(plan, fmt.Sprint(inner)) {
				return true
			}
		}
		return false
	}
	return strings.Contains(plan, fmt.Sprint(value, " -> "))
}

// has compares the only destination in the API.
func (a api) has(t *testing.T, name string, active bool, limit int64, config map[string]any, credentials emulator.Credentials) error {
	t.Helper()
	d := a.only(t)
	stored, _ := a.Stored(d.ID)
	type seen struct {
		Name        string
		Active      bool
		Cap         int64
		Config      map[string]any
		Credentials emulator.Credentials
	}
	if diff := cmp.Diff(seen{name, active, limit, config, credentials}, seen{d.Name, d.IsActive, d.PayloadCapBytes, d.Config, stored}); diff != "" {
		return errors.New("the API has something else (-want +got):\n" + diff)
	}
	return nil
}

func (a api) edit(t *testing.T, change func(*emulator.Destination)) {
	t.Helper()
	if !a.Edit(a.only(t).ID, change) {
		t.Fatal("there is nothing to edit")
	}
}

// An imported destination takes its credentials from the configuration once, and is then like any other.
func TestImport(t *testing.T) {
	t.Parallel()
	for name, c := range lifecycles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{FillDefaults: true})
			w := a.workspace(t, `name = "before"`+"\n"+c.block)
			w.Apply()
			adopting := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "main.tf": a.configuration(`name = "before"`+"\n"+c.block) +
				fmt.Sprintf("\nimport {\n  to = %s\n  id = %q\n}\n", address, a.only(t).ID)})
			a.ResetRequests()
			if out := adopting.Apply().Stdout; !strings.Contains(out, "1 imported, 0 added, 1 changed") {
				t.Errorf("not imported:\n%s", out)
			}
			if diff := cmp.Diff([]string{"PUT 200"}, a.writes()); diff != "" {
				t.Errorf("writes after the import (-want +got):\n%s", diff)
			}
			adopting.PlanEmpty()
			if err := a.has(t, "before", true, 0, a.only(t).Config, c.credentials); err != nil {
				t.Error(err)
			}
		})
	}
}
