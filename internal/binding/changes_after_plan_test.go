package binding_test

import (
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// A binding that is paused outside Terraform between plan and apply stays paused if the configuration does not set is_active.
func TestPausedBetweenPlanAndApply(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	w := a.workspace(t, minimal)
	w.Apply()
	w.Write("main.tf", a.configuration(strings.Replace(minimal, `"extracted"`, `"renamed"`, 1)))
	w.MustRun("plan", "-out=saved")
	a.edit(t, func(b *emulator.Binding) { b.IsActive = false })
	if out := unwrapped(w.MustFail("apply", "saved").Output()); !strings.Contains(out, "Nothing was changed") {
		t.Errorf("it is not said what happened:\n%s", out)
	}
	// A value that cannot be read may have changed, too.
	a.Inject(emulator.Fault{Kind: emulator.Unavailable, Operation: "read-binding"})
	w.MustFail("apply", "saved")
	a.ClearFaults()
	if b := a.only(t); b.IsActive || b.Name != "extracted" {
		t.Errorf("the API has %+v", b)
	}
	w.Apply()
	if b := a.only(t); b.IsActive || b.Name != "renamed" {
		t.Errorf("after another apply, the API has %+v", b)
	}
	w.PlanEmpty()
}
