package binding_test

import (
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// A delivery is not drift. A change is drift, also if it coincides with a delivery.
func TestTrafficIsQuiet(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]string{"minimal": minimal, "complete": complete} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			drifts(t, arguments)
		})
	}
}

var renamed = strings.NewReplacer(`"extracted"`, `"renamed"`, `"approved"`, `"renamed"`)

func drifts(t *testing.T, arguments string) {
	t.Helper()
	a := withDestinations(t, emulator.Behavior{})
	deliver := func(b *emulator.Binding) { b.LastStatus = "succeeded" }
	w := a.workspace(t, arguments)
	w.Apply()
	// Terraform 1.11 exits with code 2 from a drift check if the state holds a number, so the plan decides.
	check := func() bool {
		w.MustRun("plan", "-refresh-only", "-out=drift")
		return strings.Contains(w.MustRun("show", "-json", "drift").Stdout, `"resource_drift"`)
	}
	a.edit(t, deliver)
	if check() {
		t.Error("a delivery is drift")
	}
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(renamed.Replace(arguments)))
	w.MustRun("plan", "-out=tfplan")
	a.edit(t, func(b *emulator.Binding) { b.LastStatus = "failed" })
	w.MustRun("apply", "tfplan")
	if check() {
		t.Error("what came with an update is drift")
	}
	a.edit(t, func(b *emulator.Binding) { b.Name = "elsewhere" })
	if !check() {
		t.Error("another name is no drift")
	}
	w.Apply()
	w.PlanEmpty()
}

// Everything else that changes is drift: the plan shows it, and what the next apply does.
func TestKindsOfDrift(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arguments string
		outside   func(*emulator.Binding)
		drifts    bool
		next      int // exit code of the next plan
	}{
		"renamed":                  {minimal, func(b *emulator.Binding) { b.Name = "elsewhere" }, true, 2},
		"another event":            {minimal, func(b *emulator.Binding) { b.SignalFilter["event_type"] = "result.approved" }, true, 2},
		"another destination":      {minimal, func(b *emulator.Binding) { b.DestinationID = bucketID }, true, 2},
		"switched off":             {minimal, func(b *emulator.Binding) { b.IsActive = false }, true, 0},
		"switched off, configured": {"is_active = true\n" + minimal, func(b *emulator.Binding) { b.IsActive = false }, true, 2},
		"policy added":             {minimal, func(b *emulator.Binding) { b.DeliveryPolicy = map[string]any{"max_attempts": 3.0} }, false, 0},
		"policy changed":           {complete, func(b *emulator.Binding) { b.DeliveryPolicy["max_attempts"] = 3.0 }, true, 2},
		"rule removed": {complete, func(b *emulator.Binding) {
			rules, _ := b.FieldMap["rules"].([]any)
			b.FieldMap["rules"] = rules[:1]
		}, true, 2},
		"object removed": {complete, func(b *emulator.Binding) { b.ResolverConfig = nil }, true, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := withDestinations(t, emulator.Behavior{})
			w := a.workspace(t, c.arguments)
			w.Apply()
			a.edit(t, func(b *emulator.Binding) {
				b.LastStatus = "succeeded"
				c.outside(b)
			})
			id := a.only(t).ID
			topic := "drift/" + strings.NewReplacer(" ", "_", ",", "").Replace(name)
			w.MustRun("plan", "-refresh-only", "-out=drift")
			if drifts := strings.Contains(w.MustRun("show", "-json", "drift").Stdout, `"resource_drift"`); drifts != c.drifts {
				t.Errorf("drift: %t", drifts)
			}
			acctest.Golden(t, topic, driftText(w, w.MustRun("show", "drift").Stdout, id))
			plan := w.Run("plan", "-detailed-exitcode")
			if plan.ExitCode != c.next {
				t.Errorf("%s, not %d", plan, c.next)
			}
			acctest.Golden(t, topic+"_plan", driftText(w, plan.Stdout, id))
			w.Apply()
			a.edit(t, func(b *emulator.Binding) { b.LastStatus = "failed" })
			w.PlanEmpty()
		})
	}
}

// driftText returns the drift in the CLI's output, without what differs between runs and CLIs.
func driftText(w *acctest.Workspace, out, id string) string {
	out, _, _ = strings.Cut(out, "\n─")
	return withoutVolatile(w.Normalize(out, id, "<id>", "tofu apply", "terraform apply", " (current -> planned)", ""))
}
