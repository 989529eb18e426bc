package acctest

import (
	"regexp"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// CheckApplied applies a configuration in a new workspace, checks the state, and expects that the next plan is empty. It needs three CLI
// processes. A step of terraform-plugin-testing needs about ten.
func CheckApplied(t *testing.T, hcl string, checks ...statecheck.StateCheck) {
	t.Helper()
	w := workspaceOf(t, hcl)
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

// CheckRefused plans a configuration in a new workspace, and expects an error that matches pattern. Line breaks of the error are spaces in the
// matched text. It needs one CLI process.
func CheckRefused(t *testing.T, hcl, pattern string) {
	t.Helper()
	r := workspaceOf(t, hcl).MustFail("plan")
	if !regexp.MustCompile(pattern).MatchString(strings.Join(strings.Fields(r.Stderr), " ")) {
		t.Errorf("the error does not match %q:\n%s", pattern, r)
	}
}

// workspaceOf returns a workspace with a configuration that requires the provider and contains hcl.
func workspaceOf(t *testing.T, hcl string) *Workspace {
	t.Helper()
	return NewWorkspace(t, map[string]string{
		"main.tf":     hcl,
		"provider.tf": "terraform {\n  required_providers {\n    talonic = { source = \"talonicdev/talonic\" }\n  }\n}\n",
	})
}
