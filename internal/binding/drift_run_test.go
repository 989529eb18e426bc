package binding_test

import (
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// A delivery is no drift, and a change is, also when a delivery came with it.
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
	a := withDestinations(t, emulator.Behaviour{})
	deliver := func(b *emulator.Binding) { b.LastStatus = "succeeded" }
	w := a.workspace(t, arguments)
	w.Apply()
	// Terraform 1.11 ends a drift check with 2 where a number is in the state, so the plan decides.
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
