package destination_test

import (
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// says checks whether a run's output contains a text, regardless of line breaks.
func says(t *testing.T, r acctest.Result, want string, expected bool) {
	t.Helper()
	if strings.Contains(unwrapped(strings.ReplaceAll(r.Output(), "│", "")), want) != expected {
		t.Errorf("%q is said: %t\n%s", want, !expected, r)
	}
}

// The plan warns if a signing secret is removed because its argument is null.
func TestRemovalByNull(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook("", bearer, signed))
	says(t, w.Apply(), "Signing secret is removed", false)
	w.Write("main.tf", a.configuration(hook("", bearer)))
	says(t, w.Plan(), "Signing secret is removed", true)
	says(t, w.Apply(), "no longer signs deliveries", true)
	w.PlanEmpty()

	custom := newAPI(t, emulator.Behavior{})
	const sheets = "name = \"a\"\ncustom {\n  type = \"google_sheets\"\n"
	w = custom.workspace(t, sheets+"  auth_config_wo = jsonencode({ type = \"oauth2\" })\n}\n")
	w.Apply()
	w.Write("main.tf", custom.configuration(sheets+"}\n"))
	says(t, w.Plan(), "Credentials are removed", true)
}

// Every plan warns of a destination that does not deliver, unless the configuration sets is_active = false.
func TestInactive(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook(""))
	says(t, w.Apply(), "does not deliver", false)
	a.Edit(a.only(t).ID, func(d *emulator.Destination) { d.IsActive = false })
	says(t, w.PlanEmpty(), "Destination does not deliver", true)
	says(t, w.PlanEmpty(), "State contains no delivery.", true)
	w.Write("main.tf", a.configuration("is_active = false\n"+hook("")))
	says(t, w.Run("plan"), "does not deliver", false)
}

// The plan of a replacement names what stays and what is deleted, even for replacements that no provider plan shows.
func TestReplacements(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, disable+"\n"+hook(""))
	w.Apply()
	w.Write("main.tf", a.configuration(disable+"\nname = \"hook\"\ncustom {\n  type = \"google_sheets\"\n}\n"))
	says(t, w.Plan(), "Replaced delivery destination is kept", true)

	b := newAPI(t, emulator.Behavior{})
	w = b.workspace(t, hook(""))
	w.Apply()
	b.bind(b.only(t).ID, "goes")
	b.ResetRequests()
	w.MustRun("plan", "-replace="+address)
	if listed := b.bindingLists(); listed != 0 {
		t.Errorf("%d lists of bindings for a warning that CLIs discard", listed)
	}
	says(t, w.Apply("-replace="+address), `"goes"`, true)
	b.bind(b.only(t).ID, "goes")
	w.MustRun("taint", address)
	says(t, w.Apply(), `"goes"`, true)
	b.ResetRequests()
	w.Destroy()
	if listed := b.bindingLists(); listed != 2 {
		t.Errorf("%d lists of bindings for one destroy, not one to plan and one to apply", listed)
	}
}

// bindingLists returns how many requests listed the bindings.
func (a api) bindingLists() int {
	n := 0
	for _, r := range a.Requests() {
		if strings.HasSuffix(r.Path, "/bindings") {
			n++
		}
	}
	return n
}
