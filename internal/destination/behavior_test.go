package destination_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// Whatever the API's undocumented behavior is, the plan after an apply is empty, and there are no further writes.
func TestDoubtfulBehavior(t *testing.T) {
	t.Parallel()
	const (
		webhook = `
			name = "hook"
			webhook {
				url               = "https://API.example.com:443/ingest/"
				headers           = { "X-Source" = "talonic" }
				signing_secret_wo = "whsec_one"
				auth_api_key {
					api_key_wo = "key-one"
				}
			}`
		signedOnly = `
			name = "hook"
			webhook {
				url               = "https://api.example.com"
				signing_secret_wo = "whsec_one"
			}`
		secretHeader = `
			name = "hook"
			webhook {
				url     = "https://api.example.com"
				headers = { "Authorization" = "Bearer abc" }
			}`
		sftp = `
			name = "drop"
			sftp {
				host        = "sftp.example.com"
				username    = "talonic"
				remote_path = "/upload"
				auth_password {
					password_wo = "password-one"
				}
			}`
		sftpDefaults = `
			name = "drop"
			sftp {
				host              = "sftp.example.com"
				username          = "talonic"
				remote_path       = "/upload"
				port              = 22
				timeout_ms        = 30000
				filename_template = "delivery_{event_id}"
				auth_password {
					password_wo = "password-one"
				}
			}`
		paused = `
			name      = "hook"
			is_active = false
			webhook {
				url = "https://api.example.com"
			}`
	)
	for name, c := range map[string]struct {
		behavior  emulator.Behavior
		arguments string
		writes    []string // empty: one create
	}{
		"as documented":              {emulator.Behavior{}, webhook, nil},
		"fills in defaults":          {emulator.Behavior{FillDefaults: true}, sftp, nil},
		"leaves out defaults":        {emulator.Behavior{}, sftpDefaults, nil},
		"trims slashes":              {emulator.Behavior{TrimURLSlash: true}, webhook, nil},
		"lower-cases header names":   {emulator.Behavior{LowerCaseHeaderNames: true}, webhook, nil},
		"masks headers":              {emulator.Behavior{RedactHeaders: true}, secretHeader, nil},
		"merges config":              {emulator.Behavior{MergeConfig: true}, webhook, nil},
		"refuses unknown keys":       {emulator.Behavior{RefuseUnknownKeys: true}, webhook, nil},
		"everything at once":         {emulator.Behavior{FillDefaults: true, TrimURLSlash: true, LowerCaseHeaderNames: true, RefuseUnknownKeys: true, MergeConfig: true, IncludeCustomerID: true}, webhook, nil},
		"secret beside":              {emulator.Behavior{SigningSecret: emulator.TopLevel}, webhook, []string{"POST 201", "PUT 200"}},
		"secret beside, nothing in":  {emulator.Behavior{SigningSecret: emulator.TopLevel}, signedOnly, []string{"POST 201", "PUT 200"}},
		"secret only beside":         {emulator.Behavior{SigningSecret: emulator.TopLevelStrict}, webhook, []string{"POST 400", "POST 201"}},
		"secret only beside, alone":  {emulator.Behavior{SigningSecret: emulator.TopLevelStrict, RefuseUnknownKeys: true}, signedOnly, []string{"POST 400", "POST 201"}},
		"secret beside, strict keys": {emulator.Behavior{SigningSecret: emulator.TopLevel, RefuseUnknownKeys: true}, webhook, []string{"POST 400", "POST 201"}},
		"secret anywhere":            {emulator.Behavior{SigningSecret: emulator.Both}, webhook, nil},
		"paused after the create":    {emulator.Behavior{}, paused, []string{"POST 201", "PUT 200"}},
		"paused by the create":       {emulator.Behavior{AcceptActiveOnCreate: true}, paused, nil},
		"bodies that may be missing": {emulator.Behavior{UpdateWithoutBody: true, DeleteWithoutBody: true}, paused, []string{"POST 201", "PUT 204"}},
		"customer id":                {emulator.Behavior{IncludeCustomerID: true, ListBareArray: true}, webhook, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, c.behavior)
			w := a.workspace(t, c.arguments)
			w.Apply()
			w.PlanEmpty()

			want := c.writes
			if want == nil {
				want = []string{"POST 201"}
			}
			if diff := cmp.Diff(want, a.writes()); diff != "" {
				t.Errorf("writes (-want +got):\n%s", diff)
			}
			d := a.only(t)
			stored, _ := a.Stored(d.ID)
			if wanted := strings.Contains(c.arguments, "signing_secret_wo"); wanted != (stored.SigningSecret == "whsec_one") {
				t.Errorf("signing secret stored: %+v", stored)
			}
			if wanted := strings.Contains(c.arguments, "auth_"); wanted != (stored.AuthConfig != nil) {
				t.Errorf("credentials stored: %+v", stored)
			}
			if d.IsActive == strings.Contains(c.arguments, "is_active = false") {
				t.Errorf("is_active: %t", d.IsActive)
			}
			if c.behavior.DeleteWithoutBody || c.behavior.ListBareArray || cmp.Equal(c.behavior, emulator.Behavior{}) {
				w.Destroy()
				if left := a.Destinations(); len(left) > 0 {
					t.Errorf("left at the API: %+v", left)
				}
			}
		})
	}
}

// Drift is detected in values that the API shows in a normalized form.
func TestDriftBehindSpelling(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{TrimURLSlash: true, LowerCaseHeaderNames: true})
	w := a.workspace(t, `
		name = "hook"
		webhook {
			url     = "https://api.example.com/ingest/"
			headers = { "X-Source" = "talonic" }
		}`)
	w.Apply()
	for name, change := range map[string]func(*emulator.Destination){
		"url":    func(d *emulator.Destination) { d.Config["url"] = "https://api.example.com/other" },
		"header": func(d *emulator.Destination) { d.Config["headers"] = map[string]any{"x-source": "other"} },
		"added": func(d *emulator.Destination) {
			d.Config["headers"] = map[string]any{"x-source": "talonic", "x-new": "1"}
		},
		"gone": func(d *emulator.Destination) { delete(d.Config, "headers") },
	} {
		a.edit(t, change)
		if out := w.Plan().Output(); !strings.Contains(out, "1 to change") {
			t.Errorf("%s: not seen as drift:\n%s", name, out)
		}
		w.Apply()
		w.PlanEmpty()
	}
}

// Unmanaged keys of config stay, and are not drift.
func TestUnownedKeys(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, `
		name = "hook"
		webhook {
			url = "https://api.example.com/one"
		}`)
	w.Apply()
	a.edit(t, func(d *emulator.Destination) {
		d.Config["big"] = 12345678901234567.0
		d.Config["nested"] = map[string]any{"list": []any{1.0, "a", nil}, "on": true}
	})
	w.PlanEmpty()

	w.Write("main.tf", a.configuration(`
		name = "hook"
		webhook {
			url = "https://api.example.com/two"
		}`))
	w.Apply()
	want := map[string]any{
		"url":    "https://api.example.com/two",
		"big":    12345678901234567.0,
		"nested": map[string]any{"list": []any{1.0, "a", nil}, "on": true},
	}
	if diff := cmp.Diff(want, a.only(t).Config); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
	w.PlanEmpty()

	// Once an argument sets such a key, the key is managed, and removed with the argument.
	w.Write("main.tf", a.configuration(`
		name = "hook"
		webhook {
			url               = "https://api.example.com/two"
			additional_config = jsonencode({ big = 1 })
		}`))
	w.Apply()
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(`
		name = "hook"
		webhook {
			url = "https://api.example.com/two"
		}`))
	w.Apply()
	if _, there := a.only(t).Config["big"]; there {
		t.Error("the key stayed after its argument was removed")
	}
}

// If the API does not store what was sent, the error states exactly what differs.
func TestDisobedientAPI(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		behavior      emulator.Behavior
		before, after string // no before: the create fails
		edit          func(*emulator.Destination)
		want          []string
		foreign       bool // the destination may be someone else's, so it is not in state
	}{
		"forgets credentials": {
			behavior: emulator.Behavior{ForgetCredentials: true},
			after:    "name = \"hook\"\nwebhook {\n url = \"https://a.example.com\"\n signing_secret_wo = \"s\"\n auth_bearer {\n token_wo = \"t\"\n }\n}",
			want:     []string{"has_auth_config = false", "has_signing_secret = false"},
		},
		"generates a signing secret": {
			behavior: emulator.Behavior{GenerateSigningSecret: true},
			after:    "name = \"hook\"\nwebhook {\n url = \"https://a.example.com\"\n}",
			want:     []string{"has_signing_secret = true, but Terraform sent no signing secret", "did not add it to state", "terraform import "},
			foreign:  true,
		},
		"generates a signing secret beside a token": {
			behavior: emulator.Behavior{GenerateSigningSecret: true},
			after:    "name = \"hook\"\nwebhook {\n url = \"https://a.example.com\"\n auth_bearer {\n token_wo = \"t\"\n }\n}",
			want:     []string{"has_signing_secret = true, but Terraform sent no signing secret", "did not add it to state"},
			foreign:  true,
		},
		"drops a key": {
			behavior: emulator.Behavior{DropUnknownKeys: true},
			after:    "name = \"hook\"\nwebhook {\n url = \"https://a.example.com\"\n additional_config = jsonencode({ color = \"red\" })\n}",
			want:     []string{`config.color was sent, but the API did not store it`},
		},
		"keeps a key": {
			behavior: emulator.Behavior{MergeConfig: true},
			before:   "name = \"hook\"\nwebhook {\n url = \"https://a.example.com\"\n additional_config = jsonencode({ color = \"red\" })\n}",
			after:    "name = \"hook\"\nwebhook {\n url = \"https://a.example.com\"\n}",
			want:     []string{`config.color was removed, but the API still has it`},
		},
		"keeps the cap": {
			behavior: emulator.Behavior{IgnoreNull: true},
			before:   "name = \"hook\"\npayload_cap_bytes = 1000\nwebhook {\n url = \"https://a.example.com\"\n}",
			after:    "name = \"hook\"\nwebhook {\n url = \"https://a.example.com\"\n}",
			want:     []string{"payload_cap_bytes was sent as null, but the API returned 1000"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, c.behavior)
			w := a.workspace(t, c.before)
			if c.before != "" {
				w.Apply()
			}
			w.Write("main.tf", a.configuration(c.after))
			out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
			for _, want := range c.want {
				if !strings.Contains(out, want) {
					t.Errorf("the error does not say %q:\n%s", want, out)
				}
			}
			if c.before != "" { // the state holds what the API has, so the next plan shows the difference again
				w.Plan()
			}
			if out := string(w.State()); len(a.Destinations()) == 1 && strings.Contains(out, a.only(t).ID) == c.foreign {
				t.Errorf("the destination is in state: %t", c.foreign)
			}
		})
	}
}

// unwrapped removes the CLI's line breaks.
func unwrapped(text string) string { return strings.Join(strings.Fields(text), " ") }

// A paused destination stays paused whatever else changes, unless the configuration sets is_active.
func TestPausedDestinationStaysPaused(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	const webhook = "\nwebhook {\n url = \"https://a.example.com\"\n}"
	w := a.workspace(t, `name = "one"`+webhook)
	w.Apply()
	a.edit(t, func(d *emulator.Destination) { d.IsActive = false })
	w.PlanEmpty() // unmanaged
	w.Write("main.tf", a.configuration(`name = "two"`+webhook))
	w.Apply()
	if d := a.only(t); d.IsActive || d.Name != "two" {
		t.Errorf("after a change of the name: %+v", d)
	}
	w.Write("main.tf", a.configuration("name = \"two\"\nis_active = true"+webhook))
	w.Apply()
	if d := a.only(t); !d.IsActive {
		t.Errorf("after is_active = true: %+v", d)
	}
	w.Write("main.tf", a.configuration("name = \"two\""+webhook))
	w.PlanEmpty()
}

// The API re-enables a destination that it had disabled when the target changes.
func TestTargetChangeMayEnable(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{KeepPausedOnUpdate: true})
	w := a.workspace(t, "name = \"one\"\nwebhook {\n url = \"https://a.example.com\"\n}")
	w.Apply()
	a.edit(t, func(d *emulator.Destination) { d.IsActive, d.AutoDisabled = false, true })
	w.PlanEmpty()
	w.Write("main.tf", a.configuration("name = \"one\"\nwebhook {\n url = \"https://b.example.com\"\n}"))
	w.Apply()
	if d := a.only(t); !d.IsActive {
		t.Errorf("it is still disabled: %+v", d)
	}
	w.PlanEmpty()
}

// Another connector replaces the destination.
func TestTypeChangeReplaces(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, "name = \"one\"\nwebhook {\n url = \"https://a.example.com\"\n}")
	w.Apply()
	before := a.only(t).ID
	w.Write("main.tf", a.configuration("name = \"one\"\n"+lifecycles["s3"].block))
	out := unwrapped(w.Plan().Output())
	if want := `~ type = "webhook" -> "s3" # forces replacement`; !strings.Contains(out, want) {
		t.Errorf("the plan does not say %q:\n%s", want, out)
	}
	w.Apply()
	if d := a.only(t); d.ID == before || d.Type != "s3" {
		t.Errorf("not replaced: %+v", d)
	}
	w.PlanEmpty()
	if writes := a.writes(); !slices.Equal(writes, []string{"POST 201", "DELETE 200", "POST 201"}) {
		t.Errorf("writes: %v", writes)
	}
}
