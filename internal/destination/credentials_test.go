package destination_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// hook returns a webhook with these arguments in its block.
func hook(version string, lines ...string) string {
	if version != "" {
		version = "credentials_wo_version = " + version + "\n"
	}
	return "name = \"hook\"\n" + version + "webhook {\n  url = \"https://a.example.com\"\n  " + strings.Join(lines, "\n  ") + "\n}"
}

// sheet returns a custom destination with these credentials.
func sheet(version, auth string) string {
	if version != "" {
		version = "credentials_wo_version = " + version + "\n"
	}
	return "name = \"sheet\"\n" + version + "custom {\n  type = \"google_sheets\"\n  auth_config_wo = " + auth + "\n}"
}

// drive returns a destination with OAuth tokens that have other names than the arguments.
func drive(tokens string) string {
	return "name = \"drive\"\ngoogle_drive {\n  auth_oauth {\n    additional_auth_config_wo = " + tokens + "\n  }\n}"
}

const (
	bearer  = "auth_bearer {\n    token_wo = \"token-one\"\n  }"
	bearer2 = "auth_bearer {\n    token_wo = \"token-two\"\n  }"
	bearer0 = "auth_bearer {\n    token_wo = null\n  }"
	basic   = "auth_basic {\n    username    = \"talonic\"\n    password_wo = \"password-one\"\n  }"
	basic2  = "auth_basic {\n    username    = \"delivery\"\n    password_wo = \"password-one\"\n  }"
	signed  = `signing_secret_wo = "whsec_one"`
	signed2 = `signing_secret_wo = "whsec_two"`
	signed0 = `signing_secret_wo = null`
)

// TestTruthTable runs every row of the table in DESIGN.md through the real CLI. It checks the plan, what is sent, and that the next plan
// is empty.
func TestTruthTable(t *testing.T) {
	t.Parallel()
	type object = map[string]any
	var (
		lostAuth   = func(d *emulator.Destination) { d.HasAuthConfig = false }
		lostSecret = func(d *emulator.Destination) { d.HasSigningSecret = false }
	)
	for name, c := range map[string]struct {
		before   string // applied first, unless empty
		imported bool   // the state is then deleted, and the destination imported
		outside  func(*emulator.Destination)
		after    string

		// sent is the auth_config of the only write that follows; nil: the write has none; noWrite: there is no write.
		sent    object
		noWrite bool
		empty   bool // the plan is empty
		// what the API has afterwards
		auth    string
		signing string
	}{
		"auth: create":      {after: hook("", bearer), sent: object{"type": "bearer", "token": "token-one"}, auth: "token-one"},
		"secret: create":    {after: hook("", signed), sent: object{"signing_secret": "whsec_one"}, signing: "whsec_one"},
		"auth: unchanged":   {before: hook("", bearer), after: hook("", bearer), empty: true, auth: "token-one"},
		"secret: unchanged": {before: hook("", signed), after: hook("", signed), empty: true, signing: "whsec_one"},
		"auth: changed": {
			before: hook("", bearer, signed), after: hook("", bearer2, signed),
			sent: object{"type": "bearer", "token": "token-two", "signing_secret": "whsec_one"}, auth: "token-two", signing: "whsec_one",
		},
		"secret: changed": {
			before: hook("", bearer, signed), after: hook("", bearer, signed2),
			sent: object{"type": "bearer", "token": "token-one", "signing_secret": "whsec_two"}, auth: "token-one", signing: "whsec_two",
		},
		"auth: another kind": {
			before: hook("", bearer), after: hook("", basic),
			sent: object{"type": "basic", "username": "talonic", "password": "password-one"}, auth: "password-one",
		},
		"auth: another user name": {
			before: hook("", basic, signed), after: hook("", basic2, signed),
			sent: object{"type": "basic", "username": "delivery", "password": "password-one", "signing_secret": "whsec_one"},
			auth: "password-one", signing: "whsec_one",
		},
		"auth: imported": {
			before: hook("", bearer2), imported: true, after: hook("", bearer),
			sent: object{"type": "bearer", "token": "token-one"}, auth: "token-one",
		},
		"secret: imported": {
			before: hook("", signed2), imported: true, after: hook("", signed),
			sent: object{"signing_secret": "whsec_one"}, signing: "whsec_one",
		},
		"auth: removed": {
			before: hook("", bearer, signed), after: hook("", signed),
			sent: object{"type": "none", "signing_secret": "whsec_one"}, signing: "whsec_one",
		},
		"secret: removed": {
			before: hook("", bearer, signed), after: hook("", bearer),
			sent: object{"type": "bearer", "token": "token-one"}, auth: "token-one",
		},
		"both: removed":                 {before: hook("", bearer, signed), after: hook(""), sent: object{"type": "none"}},
		"secret: removed, the only one": {before: hook("", signed), after: hook(""), sent: object{"type": "none"}},
		"auth: removed on both sides":   {before: hook("", bearer), outside: lostAuth, after: hook(""), noWrite: true},
		"secret: removed on both sides": {before: hook("", signed), outside: lostSecret, after: hook(""), empty: true},
		"both: set elsewhere":           {before: hook("", bearer, signed), imported: true, after: hook(""), empty: true, auth: "token-one", signing: "whsec_one"},
		"both: nowhere":                 {before: hook(""), after: hook(""), empty: true},
		"auth: lost by the API": {
			before: hook("", bearer, signed), outside: lostAuth, after: hook("", bearer, signed),
			sent: object{"type": "bearer", "token": "token-one", "signing_secret": "whsec_one"}, auth: "token-one", signing: "whsec_one",
		},
		"secret: lost by the API": {
			before: hook("", bearer, signed), outside: lostSecret, after: hook("", bearer, signed),
			sent: object{"type": "bearer", "token": "token-one", "signing_secret": "whsec_one"}, auth: "token-one", signing: "whsec_one",
		},

		"pinned: unchanged version, other values": {
			before: hook("1", bearer, signed), after: hook("1", bearer2, signed2), empty: true, auth: "token-one", signing: "whsec_one",
		},
		"pinned: unchanged version, no values": {
			before: hook("1", bearer, signed), after: hook("1", bearer0, signed0), empty: true, auth: "token-one", signing: "whsec_one",
		},
		"pinned: new version": {
			before: hook("1", bearer, signed), after: hook("2", bearer2, signed2),
			sent: object{"type": "bearer", "token": "token-two", "signing_secret": "whsec_two"}, auth: "token-two", signing: "whsec_two",
		},
		"pinned: new version, secret removed": {
			before: hook("1", bearer, signed), after: hook("2", bearer),
			sent: object{"type": "bearer", "token": "token-one"}, auth: "token-one",
		},
		"pinned: block removed": {
			before: hook("1", bearer, signed), after: hook("1", signed),
			sent: object{"type": "none", "signing_secret": "whsec_one"}, signing: "whsec_one",
		},
		"pinned: lost by the API": {
			before: hook("1", bearer), outside: lostAuth, after: hook("1", bearer),
			sent: object{"type": "bearer", "token": "token-one"}, auth: "token-one",
		},
		"pinned: imported": {
			before: hook("1", bearer2), imported: true, after: hook("1", bearer),
			sent: object{"type": "bearer", "token": "token-one"}, auth: "token-one",
		},
		"pinned: custom, no values": {
			before: sheet("1", `jsonencode({ type = "oauth2", token = "token-one" })`), after: sheet("1", "null"), empty: true, auth: "token-one",
		},
		"pinned: custom, new version, no values": {
			before: sheet("1", `jsonencode({ type = "oauth2", token = "token-one" })`), after: sheet("2", "null"), sent: object{"type": "none"},
		},
		"custom: changed": {
			before: sheet("", `jsonencode({ type = "oauth2", token = "token-one" })`), after: sheet("", `jsonencode({ type = "oauth2", token = "token-two" })`),
			sent: object{"type": "oauth2", "token": "token-two"}, auth: "token-two",
		},
		"custom: written otherwise": {
			before: sheet("", `jsonencode({ type = "oauth2", token = "token-one" })`), after: sheet("", `"{\"token\" : \"token-one\", \"type\":\"oauth2\"}"`),
			empty: true, auth: "token-one",
		},
		"tokens of other names: changed": {
			before: drive(`jsonencode({ token = "one" })`), after: drive(`jsonencode({ token = "two", scope = "drive" })`),
			sent: object{"type": "oauth2", "token": "two", "scope": "drive"}, auth: "two",
		},
		"tokens of other names: written otherwise": {
			before: drive(`jsonencode({ token = "one", scope = "a" })`), after: drive(`"{\"token\" : \"one\", \"scope\":\"a\"}"`), empty: true, auth: "one",
		},
		"pinned: imported, no values": {before: hook("1", bearer), imported: true, after: hook("1", bearer0), noWrite: true, auth: "token-one"},
		"pinned from now on":          {before: hook("", bearer, signed), after: hook("1", bearer, signed), noWrite: true, auth: "token-one", signing: "whsec_one"},
		"not pinned any more": {
			before: hook("1", bearer), after: hook("", bearer2), sent: object{"type": "bearer", "token": "token-two"}, auth: "token-two",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, c.before)
			id := "none"
			if c.before != "" {
				w.Apply()
				id = a.only(t).ID
			}
			if c.imported {
				w.Write("terraform.tfstate", "")
				w.Write("main.tf", a.configuration(c.after))
				w.MustRun("import", address, id)
			}
			if c.outside != nil {
				a.edit(t, c.outside)
			}
			a.ResetRequests()
			w.Write("main.tf", a.configuration(c.after))
			if !c.empty {
				out := w.Plan().Stdout
				acctest.Golden(t, "rotation/"+strings.NewReplacer(" ", "_", ":", "", ",", "").Replace(name), planText(w, out, id))
			}
			if out := w.Apply().Stdout; c.empty && !strings.Contains(out, "No changes.") {
				t.Errorf("there is something to do:\n%s", out)
			}

			if c.noWrite || c.empty {
				if writes := a.writes(); len(writes) > 0 {
					t.Errorf("writes: %v", writes)
				}
			} else if diff := cmp.Diff([]object{c.sent}, sentCredentials(t, a)); diff != "" {
				t.Errorf("auth_config of the writes (-want +got):\n%s", diff)
			}
			stored, _ := a.Stored(a.only(t).ID)
			if got := fmt.Sprint(stored.AuthConfig["token"], stored.AuthConfig["password"]); !strings.Contains(got, c.auth) || a.only(t).HasAuthConfig != (c.auth != "") {
				t.Errorf("stored: %+v, not %q", stored.AuthConfig, c.auth)
			}
			if stored.SigningSecret != c.signing {
				t.Errorf("stored signing secret: %q, not %q", stored.SigningSecret, c.signing)
			}
			if !c.empty {
				w.PlanEmpty()
			}
		})
	}
}

// planText returns the planned changes in the CLI's output, without what differs between runs.
func planText(w *acctest.Workspace, out, id string) string {
	if i := strings.Index(out, "will perform the following actions:"); i >= 0 {
		out = out[i:]
	}
	if i := strings.Index(out, "\n─"); i >= 0 {
		out = out[:i]
	}
	out = hiddenInBlocks.ReplaceAllString(w.Normalize(out, id, "<id>"), "")
	return timestamps.ReplaceAllString(out, "<time>")
}

// sentCredentials returns the auth_config of every write; nil for a write without one.
func sentCredentials(t *testing.T, a api) []map[string]any {
	t.Helper()
	var sent []map[string]any
	for _, r := range a.Requests() {
		if r.Method == "GET" {
			continue
		}
		var body struct {
			AuthConfig map[string]any `json:"auth_config"`
		}
		if err := json.Unmarshal(r.Body, &body); err != nil {
			t.Fatal(err)
		}
		sent = append(sent, body.AuthConfig)
	}
	return sent
}

// An update of anything else sends no credentials.
func TestUpdateWithoutCredentials(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook("", bearer, signed))
	w.Apply()
	for _, after := range []string{
		strings.Replace(hook("", bearer, signed), `"hook"`, `"other"`, 1),
		strings.Replace(hook("", bearer, signed), "a.example.com", "b.example.com", 1),
		"payload_cap_bytes = 1000\n" + hook("", bearer, signed),
		"is_active = false\n" + hook("", bearer, signed),
	} {
		a.ResetRequests()
		w.Write("main.tf", a.configuration(after))
		w.Apply()
		for _, r := range a.Requests() {
			if strings.Contains(string(r.Body), "auth_config") || strings.Contains(string(r.Body), "whsec") {
				t.Errorf("credentials were sent: %s", r.Body)
			}
		}
		if writes := a.writes(); len(writes) != 1 {
			t.Errorf("writes: %v", writes)
		}
		w.PlanEmpty()
	}
}

// A rotation re-enables a destination that the API disabled because the receiver rejected its credentials.
func TestRotationEnables(t *testing.T) {
	t.Parallel()
	for name, active := range map[string]string{"left to the API": "", "wanted": "is_active = true\n"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{KeepPausedOnUpdate: true})
			w := a.workspace(t, active+hook("", bearer))
			w.Apply()
			a.edit(t, func(d *emulator.Destination) { d.IsActive, d.AutoDisabled = false, true })
			w.Write("main.tf", a.configuration(active+hook("", bearer2)))
			w.Apply()
			if !a.only(t).IsActive {
				t.Error("it is still disabled")
			}
			w.PlanEmpty()
		})
	}
}

// A value that is known only at apply is sent if it differs from the one sent before.
func TestSecretsUnknownAtPlan(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	configuration := func(trigger, token string) string {
		return a.configuration(hook("", `signing_secret_wo = terraform_data.secret.output`)) + `
			resource "terraform_data" "secret" {
				input            = "` + token + `"
				triggers_replace = "` + trigger + `"
			}`
	}
	w := a.workspace(t, "")
	w.Write("main.tf", configuration("one", "whsec_one"))
	w.Apply()
	w.PlanEmpty()

	a.ResetRequests()
	w.Write("main.tf", configuration("two", "whsec_one"))
	if out := unwrapped(w.Plan().Output()); !strings.Contains(out, "credentials_updated_at") {
		t.Errorf("the plan does not say that the credentials may be sent:\n%s", out)
	}
	w.Apply()
	if writes := a.writes(); len(writes) > 0 {
		t.Errorf("the secret is the same, but there were writes: %v", writes)
	}
	w.PlanEmpty()

	w.Write("main.tf", configuration("three", "whsec_two"))
	w.Apply()
	if stored, _ := a.Stored(a.only(t).ID); stored.SigningSecret != "whsec_two" {
		t.Errorf("stored: %+v", stored)
	}
	w.PlanEmpty()
}

// An ephemeral variable must be set for every command. A saved plan is applied with the same value.
func TestEphemeralVariableAndSavedPlan(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook("", `signing_secret_wo = var.secret`))
	w.Write("variables.tf", "variable \"secret\" {\n type = string\n ephemeral = true\n}")
	w.Setenv("TF_VAR_secret", "whsec_one")
	w.Run("plan", "-out=saved")
	w.MustRun("apply", "saved")
	w.PlanEmpty()

	w.Setenv("TF_VAR_secret", "whsec_two")
	w.Run("plan", "-out=saved")
	w.MustRun("apply", "saved")
	if stored, _ := a.Stored(a.only(t).ID); stored.SigningSecret != "whsec_two" {
		t.Errorf("stored: %+v", stored)
	}
	w.PlanEmpty()
}

// A plan without the secrets is an error that states the next step, unless they are versioned.
func TestPlanWithoutSecrets(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	const variable = "variable \"token\" {\n type = string\n ephemeral = true\n default = null\n}"
	lines := "auth_bearer {\n    token_wo = var.token\n  }"
	w := a.workspace(t, hook("", lines))
	w.Write("variables.tf", variable)
	w.Apply("-var", "token=token-one")
	out := unwrapped(w.MustFail("plan").Output())
	if !strings.Contains(out, "token_wo is null") || !strings.Contains(out, "credentials_wo_version") {
		t.Errorf("the error does not say what to do:\n%s", out)
	}

	w.Write("main.tf", a.configuration(hook("1", lines)))
	w.Apply("-var", "token=token-one")
	w.PlanEmpty()
}

// Losing the state and importing again is safe.
func TestStateLost(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook("", bearer, signed))
	w.Apply()
	id := a.only(t).ID
	fresh := a.workspace(t, hook("", bearer, signed))
	fresh.MustRun("import", address, id)
	fresh.Apply()
	fresh.PlanEmpty()
	if stored, _ := a.Stored(id); stored.AuthConfig["token"] != "token-one" || stored.SigningSecret != "whsec_one" {
		t.Errorf("stored: %+v", stored)
	}
}

// hiddenInBlocks matches lines that differ between CLIs: OpenTofu shows a write-only argument in a changed credential block.
var hiddenInBlocks = regexp.MustCompile(`(?m)^ {16}(# \(\d+ unchanged attributes? hidden\)|[ ~] \w+_wo += \(write-only attribute\))\n|^ {14}~ \w+_wo += \(write-only attribute\)\n`)

var timestamps = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`)
