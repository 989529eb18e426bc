package acctest

import (
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// CheckApplied applies a configuration in a workspace of its own, checks the state, and expects that nothing is left to do. These
// are three CLI processes. A step of terraform-plugin-testing is about ten.
func CheckApplied(t *testing.T, hcl string, checks ...statecheck.StateCheck) {
	t.Helper()
	w := NewWorkspace(t, map[string]string{
		"main.tf":     hcl,
		"provider.tf": "terraform {\n  required_providers {\n    talonic = { source = \"talonicdev/talonic\" }\n  }\n}\n",
	})
	w.Apply()
	var state tfjson.State
	state.UseJSONNumber(true)
	if err := state.UnmarshalJSON([]byte(w.MustRun("show", "-json").Stdout)); err != nil {
		t.Fatal(err)
	}
	for _, check := range checks {
		var resp statecheck.CheckStateResponse
		check.CheckState(t.Context(), statecheck.CheckStateRequest{State: &state}, &resp)
		if resp.Error != nil {
			t.Error(resp.Error)
		}
	}
	w.PlanEmpty()
}
