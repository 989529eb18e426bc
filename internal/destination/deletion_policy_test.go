package destination_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// withDefault returns the configuration with a default policy in the provider block; none if policy is empty.
func (a api) withDefault(policy, arguments string) string {
	configuration := a.configuration(arguments)
	if policy == "" {
		return configuration
	}
	return strings.Replace(configuration, "provider \"talonic\" {\n", "provider \"talonic\" {\n  default_deletion_policy = \""+policy+"\"\n", 1)
}

// policed returns a webhook with a deletion policy; none if policy is empty.
func policed(policy string) string {
	if policy == "" {
		return hook("")
	}
	return "deletion_policy = \"" + policy + "\"\n" + hook("")
}

// The policy of the resource, or else that of the provider, determines what a destroy leaves in state and in the API.
func TestDeletionPolicies(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		byDefault, own  string
		writes          []string
		stays, isActive bool // in the API
		refused         bool
		says            string
	}{
		"none":                        {writes: []string{"DELETE 200"}},
		"delete":                      {own: "delete", writes: []string{"DELETE 200"}},
		"prevent":                     {own: "prevent", stays: true, isActive: true, refused: true, says: `Its deletion_policy is "prevent"`},
		"abandon":                     {own: "abandon", stays: true, isActive: true, says: "Delivery destination is abandoned"},
		"default delete":              {byDefault: "delete", writes: []string{"DELETE 200"}},
		"default disable":             {byDefault: "disable", writes: []string{"PUT 200"}, stays: true},
		"default prevent":             {byDefault: "prevent", stays: true, isActive: true, refused: true, says: `default_deletion_policy of the provider is "prevent"`},
		"default abandon":             {byDefault: "abandon", stays: true, isActive: true, says: "Delivery destination is abandoned"},
		"delete over default prevent": {byDefault: "prevent", own: "delete", writes: []string{"DELETE 200"}},
		"prevent over default delete": {byDefault: "delete", own: "prevent", stays: true, isActive: true, refused: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, "")
			w.Write("main.tf", a.withDefault(c.byDefault, policed(c.own)))
			w.Apply()
			w.PlanEmpty()
			id := a.only(t).ID
			a.bind(id, "ledger")
			a.ResetRequests()
			var r acctest.Result
			if c.refused {
				r = w.MustFail("plan", "-destroy")
				says(t, r, `"ledger"`, true)
				says(t, r, `set deletion_policy = "delete" in the resource, and run terraform apply`, true)
				w.MustFail("destroy", "-auto-approve")
			} else {
				r = w.Destroy()
			}
			if c.says != "" {
				says(t, r, c.says, true)
			}
			if diff := cmp.Diff(c.writes, a.writes()); diff != "" {
				t.Errorf("writes (-want +got):\n%s", diff)
			}
			if inState := strings.Contains(string(w.State()), id); inState != c.refused {
				t.Errorf("in state: %t", inState)
			}
			if left := a.Destinations(); len(left) == 1 != c.stays || c.stays && left[0].IsActive != c.isActive {
				t.Errorf("at the API: %+v", left)
			}
			if bindings := a.Bindings(); len(bindings) == 1 != c.stays {
				t.Errorf("bindings: %v", bindings)
			}
		})
	}
}

// A replacement that the plan alone prevents names the setting that prevents it.
func TestPolicyAddedWithReplacement(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before, byDefault, after, says string
	}{
		"of the resource":             {"", "", "prevent", `Its deletion_policy is "prevent"`},
		"over another default":        {"", "disable", "prevent", `Its deletion_policy is "prevent"`},
		"of the provider, by default": {"delete", "prevent", "", `default_deletion_policy of the provider is "prevent"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, policed(c.before))
			w.Apply()
			w.Write("main.tf", a.withDefault(c.byDefault, policed(c.after)))
			says(t, w.MustFail("plan", "-replace="+address), c.says, true)
			w.Write("main.tf", a.withDefault(c.byDefault, strings.Replace(policed(c.after), hook(""), "name = \"hook\"\ncustom {\n  type = \"google_sheets\"\n}\n", 1)))
			says(t, w.MustFail("plan"), c.says, true)
		})
	}
}

// Every way to replace a destination is rejected without a change. Applying another policy first allows it.
func TestPreventedReplacement(t *testing.T) {
	t.Parallel()
	const sheets = "deletion_policy = \"%\"\nname = \"hook\"\ncustom {\n  type = \"google_sheets\"\n}\n"
	as := func(policy string) string { return strings.Replace(sheets, "%", policy, 1) }
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, policed("prevent"))
	w.Apply()
	id := a.only(t).ID
	refused := func(how string, args ...string) {
		t.Helper()
		a.ResetRequests()
		if r := w.MustFail(args...); !strings.Contains(r.Stderr, "Cannot destroy delivery destination") {
			t.Errorf("%s: %s", how, r)
		}
		if writes := a.writes(); len(writes) > 0 || a.only(t).ID != id || !strings.Contains(string(w.State()), id) {
			t.Errorf("%s: it was changed: %v", how, writes)
		}
	}
	a.bind(id, "ledger")
	refused("-replace", "plan", "-replace="+address)
	says(t, w.MustFail("plan", "-replace="+address), `history and dead letters: "ledger"`, true)
	says(t, w.MustFail("plan", "-replace="+address, "-refresh=false"), `history and dead letters: "ledger"`, true)
	w.MustRun("taint", address)
	refused("tainted", "apply", "-auto-approve")
	w.MustRun("untaint", address)
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(as("prevent")))
	refused("another connector", "plan")
	w.Write("main.tf", a.configuration(as("delete")))
	refused("another connector, and another policy that was not applied", "plan")
	w.Write("main.tf", a.configuration(policed("delete")))
	w.Apply()
	w.Write("main.tf", a.configuration(as("prevent")))
	refused("a policy that comes with another connector", "plan")
	w.Write("main.tf", a.configuration(as("abandon")))
	w.Apply()
	if a.only(t).ID == id {
		t.Error("it was not replaced")
	}

	// An abandoned destination stays beside its replacement.
	w.Write("main.tf", a.configuration(policed("")))
	r := w.Apply()
	says(t, r, "Replaced delivery destination is kept", true)
	if left := a.Destinations(); len(left) != 2 || !left[0].IsActive || !left[1].IsActive {
		t.Errorf("at the API: %+v", left)
	}
}
