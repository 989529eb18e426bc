package destination_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

const disable = `deletion_policy = "disable"`

// With the policy disable, the destination stays in the API with everything that the API has of it.
func TestDeletionPolicyDisable(t *testing.T) {
	t.Parallel()
	for name, b := range map[string]emulator.Behavior{
		"answers with the destination": {},
		"answers without a body":       {UpdateWithoutBody: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, b)
			w := a.workspace(t, hook("", bearer, signed))
			w.Apply()
			a.bind(a.only(t).ID, "stays")
			a.ResetRequests()

			w.Write("main.tf", a.configuration(disable+"\n"+hook("", bearer, signed)))
			w.Apply()
			if writes := a.writes(); len(writes) > 0 {
				t.Errorf("the policy is Terraform's own affair, but was written: %s", writes)
			}
			out := w.Destroy().Output()
			if strings.Contains(out, "stays") {
				t.Errorf("a warning of what is not lost:\n%s", out)
			}
			if d := a.only(t); d.IsActive || !d.HasAuthConfig || !d.HasSigningSecret {
				t.Errorf("at the API: %+v", d)
			}
			if bindings := a.Bindings(); len(bindings) != 1 {
				t.Errorf("bindings: %+v", bindings)
			}
			if diff := cmp.Diff([]string{"PUT " + map[bool]string{true: "204", false: "200"}[b.UpdateWithoutBody]}, a.writes()); diff != "" {
				t.Errorf("writes (-want +got):\n%s", diff)
			}
		})
	}
}

// A destination that is gone need not be disabled; one that cannot be disabled stays in state.
func TestDeletionPolicyFails(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, disable+"\n"+hook(""))
	w.Apply()
	a.Inject(emulator.Fault{Kind: emulator.Forbidden, Operation: "update"})
	out := unwrapped(w.MustFail("destroy", "-auto-approve").Output())
	if !strings.Contains(out, `Cannot disable delivery destination`) {
		t.Errorf("the error does not say what failed:\n%s", out)
	}
	a.ClearFaults()
	if !strings.Contains(string(w.State()), a.only(t).ID) {
		t.Error("the destination is not in the state any more")
	}
	a.Inject(emulator.Fault{Kind: emulator.NotFound, Operation: "update"})
	w.Destroy()
}

// bind creates bindings to a destination.
func (a api) bind(destination string, names ...string) {
	for _, name := range names {
		a.AddBinding(emulator.Binding{
			Name: name, DestinationID: destination, SignalFilter: map[string]any{"event_type": "document.extracted"},
			DeliverableType: "markdown", SerializerFormat: "json", IsActive: true,
		})
	}
}

// A plan that destroys or replaces a destination names the bindings that are also deleted.
func TestBindingsThatGoAlong(t *testing.T) {
	t.Parallel()
	const s3 = "name = \"hook\"\ns3 {\n bucket = \"bucket\"\n region = \"eu-central-1\"\n auth_access_key {\n access_key_id = \"a\"\n secret_access_key_wo = \"s\"\n }\n}"
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook(""))
	w.Apply()
	id := a.only(t).ID
	plans := map[string]func() string{
		"destroy": func() string { return w.Plan("-destroy").Output() },
		"replacement": func() string {
			w.Write("main.tf", a.configuration(s3))
			defer w.Write("main.tf", a.configuration(hook("")))
			return w.Plan().Output()
		},
	}
	for name, plan := range plans {
		if out := unwrapped(plan()); strings.Contains(out, "along") {
			t.Errorf("%s: a warning without bindings:\n%s", name, out)
		}
	}
	a.bind(id, "ledger", "archive")
	a.bind("other", "unconcerned")
	for name, plan := range plans {
		a.requests()
		out := unwrapped(plan())
		for _, text := range []string{`Bindings are deleted with a delivery destination`, `"archive", "ledger"`, `deletion_policy = "disable"`} {
			if !strings.Contains(out, text) {
				t.Errorf("%s: not in the output: %s\n%s", name, text, out)
			}
		}
		if strings.Contains(out, "unconcerned") {
			t.Errorf("%s: names what stays:\n%s", name, out)
		}
		if diff := cmp.Diff(map[string]int{"GET one": 1, "GET bindings": 1}, a.requests()); diff != "" {
			t.Errorf("%s: requests (-want +got):\n%s", name, diff)
		}
	}
	var more []string
	for i := range 20 {
		more = append(more, fmt.Sprintf("more-%02d", i))
	}
	a.bind(id, more...)
	if out := unwrapped(plans["destroy"]()); !strings.Contains(out, "Bindings are deleted with a delivery destination") || !strings.Contains(out, "and 12 more") {
		t.Errorf("many bindings:\n%s", out)
	}
}

// An apply names the bindings that were added after its plan, and no others.
func TestBindingsAddedAfterThePlan(t *testing.T) {
	t.Parallel()
	const added = "Bindings that the plan did not name are deleted"
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook(""))
	w.Apply()
	a.bind(a.only(t).ID, "planned")
	w.MustRun("plan", "-destroy", "-out=destroy.tfplan")
	a.bind(a.only(t).ID, "later")
	out := unwrapped(w.MustRun("apply", "destroy.tfplan").Output())
	if !strings.Contains(out, added) || !strings.Contains(out, `dead letters: "later".`) || strings.Contains(out, `"planned"`) {
		t.Errorf("%s", out)
	}
	w.Apply()
	a.bind(a.only(t).ID, "planned")
	if out := unwrapped(w.Destroy().Output()); strings.Contains(out, added) || strings.Count(out, `"planned"`) != 1 {
		t.Errorf("%s", out)
	}
}

// If bindings cannot be listed, destroy continues, and the list is not requested repeatedly.
func TestBindingsNotKnown(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, "count = 30\n"+hook(""))
	w.Apply()
	a.requests()
	a.Inject(emulator.Fault{Kind: emulator.Forbidden, Operation: "list-bindings"})
	out := unwrapped(w.Destroy().Output())
	if !strings.Contains(out, "Cannot list bindings of delivery destinations") {
		t.Errorf("no warning:\n%s", out)
	}
	if got := a.requests(); got["GET bindings"] > 10 || got["DELETE one"] != 30 {
		t.Errorf("requests: %v", got)
	}
}

// If an apply cannot list the bindings, the warning states what happens, not what to do before the apply.
func TestBindingsNotKnownAtApply(t *testing.T) {
	t.Parallel()
	const before, since = "before you apply", "bindings that were added after the plan are unknown"
	for _, isListed := range []bool{true, false} {
		a := newAPI(t, emulator.Behavior{})
		w := a.workspace(t, hook(""))
		w.Apply()
		fault := emulator.Fault{Kind: emulator.Forbidden, Operation: "list-bindings"}
		if !isListed {
			a.Inject(fault)
		}
		planned := unwrapped(w.MustRun("plan", "-destroy", "-out=destroy.tfplan").Output())
		if isListed {
			a.Inject(fault)
		}
		if strings.Contains(planned, before) == isListed {
			t.Errorf("listed: %t\n%s", isListed, planned)
		}
		out := unwrapped(w.MustRun("apply", "destroy.tfplan").Output())
		for text, want := range map[string]bool{
			before: false, since: isListed, "cannot name these bindings": !isListed, "The apply continues": true, "create it again for another destination": true,
		} {
			if strings.Contains(out, text) != want {
				t.Errorf("listed: %t, %q: %t\n%s", isListed, text, !want, out)
			}
		}
	}
}

// Destroy needs no secrets if they are versioned. Otherwise the plan that CLIs make to refresh before a destroy needs them.
func TestDestroyWithoutSecrets(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		version string
		args    []string
		fails   bool
	}{
		"pinned":                 {"1", nil, false},
		"not pinned":             {"", nil, true},
		"not pinned, no refresh": {"", []string{"-refresh=false"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, hook(c.version, bearer, signed))
			w.Apply()
			w.Write("main.tf", a.configuration(hook(c.version, bearer0, signed0)))
			args := append([]string{"destroy", "-auto-approve"}, c.args...)
			if c.fails {
				if out := w.MustFail(args...).Stderr; !strings.Contains(out, "Credentials are incomplete") {
					t.Errorf("it says:\n%s", out)
				}
				return
			}
			w.MustRun(args...)
			if left := a.Destinations(); len(left) > 0 {
				t.Errorf("left: %v", left)
			}
		})
	}
}
