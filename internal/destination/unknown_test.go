package destination_test

import (
	"reflect"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// later returns a resource whose output, value, is known only after apply if trigger has changed.
func later(trigger, value string) string {
	return `
resource "terraform_data" "later" {
  input            = ` + value + `
  triggers_replace = "` + trigger + `"
}
`
}

// A plan must allow every value that an unknown one may turn out to be.
func TestTurnsOutOtherwise(t *testing.T) {
	t.Parallel()
	const (
		signing = "signing_secret_wo = terraform_data.later.output == \"\" ? null : terraform_data.later.output"
		block   = "dynamic \"auth_bearer\" {\n for_each = terraform_data.later.output == \"\" ? [] : [1]\n content {\n token_wo = \"token-one\"\n }\n }"
	)
	for name, c := range map[string]struct {
		before, after string // arguments
		value, then   string
		signs, auth   bool // afterwards
	}{
		"signing secret turns out null":       {hook("", signing), hook("", signing), "whsec_one", "", false, false},
		"signing secret turns out to be new":  {hook("", signing), hook("", signing), "whsec_one", "whsec_two", true, false},
		"signing secret turns out to be":      {hook(""), hook("", signing), "", "whsec_one", true, false},
		"block turns out not to be":           {hook("", block), hook("", block), "on", "", false, false},
		"block turns out to be":               {hook(""), hook("", block), "", "on", false, true},
		"block turns out as it was":           {hook("", block), hook("", block), "on", "still", false, true},
		"pinned for the first time":           {hook("", signing), hook("1", signing), "whsec_one", "whsec_two", true, false},
		"version turns out new, secret gone":  {hook("length(terraform_data.later.output)", signed), hook("length(terraform_data.later.output)"), "1", "22", false, false},
		"version turns out the same, no news": {hook("length(terraform_data.later.output)", signed), hook("length(terraform_data.later.output)"), "1", "2", true, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, "")
			w.Write("main.tf", a.configuration(c.before)+later("one", `"`+c.value+`"`))
			w.Apply()
			w.Write("main.tf", a.configuration(c.after)+later("two", `"`+c.then+`"`))
			w.Apply()
			if d := a.only(t); d.HasSigningSecret != c.signs || d.HasAuthConfig != c.auth {
				t.Errorf("signs: %t, auth: %t", d.HasSigningSecret, d.HasAuthConfig)
			}
			w.PlanEmpty()
		})
	}
}

// A destination that was never read cannot be planned: it would look like one of another type, which forces replacement.
func TestImportWhileKeyIsUnknown(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	id := a.Add(emulator.Destination{Name: "hook", Type: "webhook", Config: map[string]any{"url": "https://a.example.com"}, IsActive: true})
	w := a.workspace(t, "")
	w.Write("main.tf", strings.Replace(a.configuration(hook("")), `"`+emulator.DefaultAPIKey+`"`, "terraform_data.later.output", 1)+
		later("one", `"`+emulator.DefaultAPIKey+`"`)+"import {\n to = "+address+"\n id = \""+id+"\"\n}\n")
	if out := w.MustFail("apply", "-auto-approve").Output(); !strings.Contains(out, "Cannot import delivery destination yet") {
		t.Errorf("not said:\n%s", out)
	}
	if d := a.only(t); d.ID != id {
		t.Errorf("replaced: %+v", d)
	}
}

// Values of keys that look like credentials are not stored, and updates keep the keys.
func TestWithheldKeys(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook(""))
	w.Apply()
	inside := map[string]any{"sent": []any{map[string]any{"access_token": "plantedinside0a1b2c3d4e5f"}}}
	a.edit(t, func(d *emulator.Destination) {
		d.Config["token"], d.Config["debug"], d.Config["color"] = "plantedtoken0a1b2c3d4e5f", inside, "red"
	})
	w.PlanEmpty()
	w.Apply("-refresh-only")
	for _, planted := range []string{"plantedtoken0a1b2c3d4e5f", "plantedinside0a1b2c3d4e5f"} {
		if found := secretscan.NewFinder(map[string]string{"it": planted}).In(w.State()); len(found) > 0 {
			t.Errorf("in state: %s", planted)
		}
	}
	w.Write("main.tf", a.configuration(strings.Replace(hook(""), "a.example.com", "b.example.com", 1)))
	w.Apply()
	d := a.only(t)
	if d.Config["token"] != "plantedtoken0a1b2c3d4e5f" || d.Config["url"] != "https://b.example.com" || d.Config["color"] != "red" ||
		!reflect.DeepEqual(d.Config["debug"], inside) {
		t.Errorf("config: %v", d.Config)
	}
	w.PlanEmpty()
}

// An omitted cap equals the default cap.
func TestDefaultCap(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook(""))
	w.Apply()
	a.edit(t, func(d *emulator.Destination) { d.PayloadCapBytes = 5 << 20 })
	w.PlanEmpty()
	w.Write("main.tf", a.configuration("payload_cap_bytes = 5242880\n"+hook("")))
	w.Apply()
	w.PlanEmpty()
	a.edit(t, func(d *emulator.Destination) { d.PayloadCapBytes = 0 })
	w.PlanEmpty()
	a.edit(t, func(d *emulator.Destination) { d.PayloadCapBytes = 7 })
	w.Plan()
}

// If credentials disappear between plan and apply, the apply reports it, and the next apply sends them.
func TestCredentialsLostMeanwhile(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook("", bearer, signed))
	w.Apply()
	a.edit(t, func(d *emulator.Destination) { d.HasAuthConfig = false })
	w.Write("main.tf", a.configuration(strings.Replace(hook("", bearer, signed), `"hook"`, `"other"`, 1)))
	out := unwrapped(w.MustFail("apply", "-auto-approve", "-refresh=false").Output())
	for _, want := range []string{"has_auth_config = false", "Plan again. If the configuration contains the credentials, the plan sends them."} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
	w.Apply()
	if !a.only(t).HasAuthConfig {
		t.Error("not sent again")
	}
	w.PlanEmpty()
}
