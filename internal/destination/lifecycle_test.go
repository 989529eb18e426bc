package destination_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// lifecycle is one connector from create to destroy.
type lifecycle struct {
	block string // as created
	// config and credentials are what the API has then.
	config      map[string]any
	credentials emulator.Credentials

	changed            string // every argument with another value
	changedConfig      map[string]any
	changedCredentials emulator.Credentials

	// drift changes one key of config outside of Terraform, for every argument there is.
	drift map[string]any

	apiType string // where it is not the block's name
}

var lifecycles = map[string]lifecycle{
	"webhook": {
		block: `webhook {
			url               = "https://api.example.com/ingest"
			headers           = { "X-Source" = "talonic" }
			additional_config = jsonencode({ retries = 3 })
			signing_secret_wo = "whsec_one"
			auth_bearer {
				token_wo = "token-one"
			}
		}`,
		config: map[string]any{"url": "https://api.example.com/ingest", "headers": map[string]any{"X-Source": "talonic"}, "retries": 3.0},
		credentials: emulator.Credentials{
			AuthConfig: map[string]any{"type": "bearer", "token": "token-one"}, SigningSecret: "whsec_one",
		},
		changed: `webhook {
			url               = "https://api.example.com/v2"
			headers           = { "X-Origin" = "terraform", "X-Source" = "other" }
			additional_config = jsonencode({ retries = 5, queue = "a" })
			signing_secret_wo = "whsec_two"
			auth_basic {
				username    = "talonic"
				password_wo = "password-two"
			}
		}`,
		changedConfig: map[string]any{
			"url": "https://api.example.com/v2", "headers": map[string]any{"X-Origin": "terraform", "X-Source": "other"},
			"retries": 5.0, "queue": "a",
		},
		changedCredentials: emulator.Credentials{
			AuthConfig: map[string]any{"type": "basic", "username": "talonic", "password": "password-two"}, SigningSecret: "whsec_two",
		},
		drift: map[string]any{"url": "https://elsewhere.example.com", "headers": map[string]any{"X-Origin": "else"}, "retries": 9.0},
	},
	"sftp": {
		block: `sftp {
			host        = "sftp.example.com"
			username    = "talonic"
			remote_path = "/upload"
			auth_password {
				password_wo = "password-one"
			}
		}`,
		config:      map[string]any{"host": "sftp.example.com", "username": "talonic", "remote_path": "/upload"},
		credentials: emulator.Credentials{AuthConfig: map[string]any{"type": "password", "password": "password-one"}},
		changed: `sftp {
			host              = "files.example.com"
			username          = "delivery"
			remote_path       = "/upload/two"
			port              = 2222
			filename_template = "{date}_{event_id}.json"
			timeout_ms        = 10000
			additional_config = jsonencode({ fingerprint = "SHA256:abc" })
			auth_private_key {
				private_key_wo = "-----BEGIN KEY-----\nkey-two\n-----END KEY-----\n"
				passphrase_wo  = "passphrase-two"
			}
		}`,
		changedConfig: map[string]any{
			"host": "files.example.com", "username": "delivery", "remote_path": "/upload/two", "port": 2222.0,
			"filename_template": "{date}_{event_id}.json", "timeout_ms": 10000.0, "fingerprint": "SHA256:abc",
		},
		changedCredentials: emulator.Credentials{AuthConfig: map[string]any{
			"type": "private_key", "private_key": "-----BEGIN KEY-----\nkey-two\n-----END KEY-----\n", "passphrase": "passphrase-two",
		}},
		drift: map[string]any{
			"host": "elsewhere.example.com", "username": "root", "remote_path": "/", "port": 2022.0, "filename_template": "x", "timeout_ms": 1.0,
			"fingerprint": "SHA256:def",
		},
	},
	"s3": {
		block: `s3 {
			bucket = "acme-deliveries"
			region = "eu-central-1"
			auth_access_key {
				access_key_id        = "AKIAEXAMPLE"
				secret_access_key_wo = "secret-one"
			}
		}`,
		config: map[string]any{"bucket": "acme-deliveries", "region": "eu-central-1"},
		credentials: emulator.Credentials{AuthConfig: map[string]any{
			"type": "access_key", "access_key_id": "AKIAEXAMPLE", "secret_access_key": "secret-one",
		}},
		changed: `s3 {
			bucket            = "acme-archive"
			region            = "us-east-1"
			key_template      = "in/{date}/{event_id}"
			public_read       = true
			additional_config = jsonencode({ storage_class = "GLACIER" })
			auth_access_key {
				access_key_id        = "AKIATWO"
				secret_access_key_wo = "secret-two"
				session_token_wo     = "session-two"
			}
		}`,
		changedConfig: map[string]any{
			"bucket": "acme-archive", "region": "us-east-1", "key_template": "in/{date}/{event_id}", "public_read": true, "storage_class": "GLACIER",
		},
		changedCredentials: emulator.Credentials{AuthConfig: map[string]any{
			"type": "access_key", "access_key_id": "AKIATWO", "secret_access_key": "secret-two", "session_token": "session-two",
		}},
		drift: map[string]any{
			"bucket": "elsewhere", "region": "eu-west-1", "key_template": "x", "public_read": false, "storage_class": "STANDARD",
		},
	},
	"azure_blob": {
		block: `azure_blob {
			account_name = "acmedeliveries"
			container    = "talonic"
			auth_connection_string {
				connection_string_wo = "AccountKey=one"
			}
		}`,
		config:      map[string]any{"account_name": "acmedeliveries", "container": "talonic"},
		credentials: emulator.Credentials{AuthConfig: map[string]any{"type": "connection_string", "connection_string": "AccountKey=one"}},
		changed: `azure_blob {
			account_name      = "acmearchive"
			container         = "in-box"
			blob_key_template = "{deliverable_type}/{event_id}"
			additional_config = jsonencode({ tier = { name = "cool", days = 30 } })
			auth_account_key {
				account_key_wo = "key-two"
			}
		}`,
		changedConfig: map[string]any{
			"account_name": "acmearchive", "container": "in-box", "blob_key_template": "{deliverable_type}/{event_id}",
			"tier": map[string]any{"name": "cool", "days": 30.0},
		},
		changedCredentials: emulator.Credentials{AuthConfig: map[string]any{"type": "account_key", "account_key": "key-two"}},
		drift: map[string]any{
			"account_name": "elsewhere", "container": "other", "blob_key_template": "x", "tier": map[string]any{"name": "hot", "days": 30.0},
		},
	},
	"google_drive": {
		block: `google_drive {
			auth_oauth {
				refresh_token_wo = "refresh-one"
			}
		}`,
		config:      map[string]any{},
		credentials: emulator.Credentials{AuthConfig: map[string]any{"type": "oauth2", "refresh_token": "refresh-one"}},
		changed: `google_drive {
			folder_id         = "1AbC"
			filename_template = "{event_id}"
			additional_config = jsonencode({ parent = "root" })
			auth_oauth {
				type             = "google"
				access_token_wo  = "access-two"
				refresh_token_wo = "refresh-two"
				expires_at       = "2030-01-01T00:00:00Z"
			}
		}`,
		changedConfig: map[string]any{"folder_id": "1AbC", "filename_template": "{event_id}", "parent": "root"},
		changedCredentials: emulator.Credentials{AuthConfig: map[string]any{
			"type": "google", "access_token": "access-two", "refresh_token": "refresh-two", "expires_at": "2030-01-01T00:00:00Z",
		}},
		drift: map[string]any{"folder_id": "other", "filename_template": "x", "parent": "other"},
	},
	"onedrive": {
		block: `onedrive {
			folder_path = "/Talonic"
			auth_oauth {
				access_token_wo = "access-one"
			}
		}`,
		config:      map[string]any{"folder_path": "/Talonic"},
		credentials: emulator.Credentials{AuthConfig: map[string]any{"type": "oauth2", "access_token": "access-one"}},
		changed: `onedrive {
			drive_id          = "b!drive"
			folder_path       = "/Talonic/two"
			filename_template = "{date}"
			additional_config = jsonencode({ site = "acme" })
			auth_oauth {
				type                      = "microsoft"
				additional_auth_config_wo = jsonencode({ accessToken = "access-two" })
			}
		}`,
		changedConfig:      map[string]any{"drive_id": "b!drive", "folder_path": "/Talonic/two", "filename_template": "{date}", "site": "acme"},
		changedCredentials: emulator.Credentials{AuthConfig: map[string]any{"type": "microsoft", "accessToken": "access-two"}},
		drift:              map[string]any{"drive_id": "other", "folder_path": "/", "filename_template": "x", "site": "other"},
	},
	"custom": {
		apiType: "google_sheets",
		block: `custom {
			type           = "google_sheets"
			config         = jsonencode({ sheet = "one" })
			auth_config_wo = jsonencode({ type = "oauth2", refresh_token = "refresh-one" })
		}`,
		config:      map[string]any{"sheet": "one"},
		credentials: emulator.Credentials{AuthConfig: map[string]any{"type": "oauth2", "refresh_token": "refresh-one"}},
		changed: `custom {
			type           = "google_sheets"
			config         = jsonencode({ sheet = "two", range = "A1" })
			auth_config_wo = jsonencode({ type = "oauth2", refresh_token = "refresh-one" })
		}`,
		changedConfig:      map[string]any{"sheet": "two", "range": "A1"},
		changedCredentials: emulator.Credentials{AuthConfig: map[string]any{"type": "oauth2", "refresh_token": "refresh-one"}},
		drift:              map[string]any{"sheet": "other", "range": "B2"},
	},
}

func TestLifecycle(t *testing.T) {
	t.Parallel()
	for name, c := range lifecycles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			testLifecycle(t, name, c)
		})
	}
}

func testLifecycle(t *testing.T, name string, c lifecycle) {
	if c.apiType == "" {
		c.apiType = name
	}
	a := newAPI(t, emulator.Behaviour{})
	created := a.configuration(`name = "before"` + "\n" + c.block)
	changed := a.configuration("name = \"after\"\nis_active = false\npayload_cap_bytes = 1048576\n" + c.changed)
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "main.tf": created})

	w.Apply()
	c.expectCreated(t, a, w)
	w.PlanEmpty()
	id := a.only(t).ID

	w.Write("main.tf", changed)
	expectAction(t, w.Apply(), "updated in-place")
	if now := a.only(t).ID; now != id {
		t.Errorf("the destination was replaced: %s is now %s", id, now)
	}
	c.expectChanged(t, a)
	w.PlanEmpty()

	// Drift of everything at once. The plan shows each by itself.
	a.edit(t, func(d *emulator.Destination) {
		d.Name, d.IsActive, d.PayloadCapBytes = "drifted", true, 77
		maps.Copy(d.Config, c.drift)
	})
	result := w.Apply()
	expectAction(t, result, "updated in-place")
	plan := withoutQuotes.Replace(result.Stdout)
	for key, value := range c.drift {
		if !shows(plan, value) {
			t.Errorf("no drift of %s, which is %v:\n%s", key, value, plan)
		}
	}
	for _, value := range []any{"drifted", true, 77} {
		if !shows(plan, value) {
			t.Errorf("no drift to %v:\n%s", value, plan)
		}
	}
	c.expectChanged(t, a)

	w.Write("main.tf", created) // arguments are taken away again
	expectAction(t, w.Apply(), "updated in-place")
	if err := a.has(t, "before", a.only(t).IsActive, 0, c.config, c.credentials); err != nil {
		t.Error(err)
	}
	w.PlanEmpty()

	a.Remove(a.only(t).ID) // outside of Terraform
	expectAction(t, w.Apply(), "created")
	c.expectCreated(t, a, w)
	w.Destroy()
	if left := a.Destinations(); len(left) > 0 {
		t.Errorf("left at the API: %+v", left)
	}
}

// expectCreated checks what the API and the state have after a create.
func (c lifecycle) expectCreated(t *testing.T, a api, w *acctest.Workspace) {
	t.Helper()
	if err := a.has(t, "before", true, 0, c.config, c.credentials); err != nil {
		t.Error(err)
	}
	state := stateOf(t, w)
	if state["credentials_updated_at"] == nil {
		t.Error("no credentials_updated_at")
	}
	want := map[string]any{
		"type": c.apiType, "is_active": true, "payload_cap_bytes": nil, "has_auth_config": true,
		"has_signing_secret": c.credentials.SigningSecret != "",
	}
	for attribute, value := range want {
		if state[attribute] != value {
			t.Errorf("%s is %v, not %v", attribute, state[attribute], value)
		}
	}
}

func (c lifecycle) expectChanged(t *testing.T, a api) {
	t.Helper()
	if err := a.has(t, "after", false, 1048576, c.changedConfig, c.changedCredentials); err != nil {
		t.Error(err)
	}
}

// expectAction checks what an apply did with the destination.
func expectAction(t *testing.T, r acctest.Result, action string) {
	t.Helper()
	if !strings.Contains(r.Stdout, "# "+address+" will be "+action) {
		t.Errorf("the destination is not %s:\n%s", action, r)
	}
}

// stateOf returns the attributes of the one resource in state.
func stateOf(t *testing.T, w *acctest.Workspace) map[string]any {
	t.Helper()
	var state struct {
		Resources []struct {
			Instances []struct{ Attributes map[string]any }
		}
	}
	if err := json.Unmarshal(w.State(), &state); err != nil || len(state.Resources) != 1 || len(state.Resources[0].Instances) != 1 {
		t.Fatalf("no state of one resource: %v\n%s", err, w.State())
	}
	return state.Resources[0].Instances[0].Attributes
}

// A plan shows a text in quotes, and those of JSON not at all or escaped.
var withoutQuotes = strings.NewReplacer(`"`, "", `\`, "")

// shows reports whether a plan, without its quotes, changes something from a value, or in a map from what is in it.
func shows(plan string, value any) bool {
	if object, ok := value.(map[string]any); ok {
		for _, inner := range object {
			if strings.Contains(plan, fmt.Sprint(inner)) {
				return true
			}
		}
		return false
	}
	return strings.Contains(plan, fmt.Sprint(value, " -> "))
}

// has compares the one destination that the API has.
func (a api) has(t *testing.T, name string, active bool, limit int64, config map[string]any, credentials emulator.Credentials) error {
	t.Helper()
	d := a.only(t)
	stored, _ := a.Stored(d.ID)
	type seen struct {
		Name        string
		Active      bool
		Cap         int64
		Config      map[string]any
		Credentials emulator.Credentials
	}
	if diff := cmp.Diff(seen{name, active, limit, config, credentials}, seen{d.Name, d.IsActive, d.PayloadCapBytes, d.Config, stored}); diff != "" {
		return errors.New("the API has something else (-want +got):\n" + diff)
	}
	return nil
}

func (a api) edit(t *testing.T, change func(*emulator.Destination)) {
	t.Helper()
	if !a.Edit(a.only(t).ID, change) {
		t.Fatal("there is nothing to edit")
	}
}

// An imported destination takes its credentials from the configuration once, and is then like any other.
func TestImport(t *testing.T) {
	t.Parallel()
	for name, c := range lifecycles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behaviour{FillDefaults: true})
			w := a.workspace(t, `name = "before"`+"\n"+c.block)
			w.Apply()
			adopting := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "main.tf": a.configuration(`name = "before"`+"\n"+c.block) +
				fmt.Sprintf("\nimport {\n  to = %s\n  id = %q\n}\n", address, a.only(t).ID)})
			a.ResetRequests()
			if out := adopting.Apply().Stdout; !strings.Contains(out, "1 imported, 0 added, 1 changed") {
				t.Errorf("not imported:\n%s", out)
			}
			if diff := cmp.Diff([]string{"PUT 200"}, a.writes()); diff != "" {
				t.Errorf("writes after the import (-want +got):\n%s", diff)
			}
			adopting.PlanEmpty()
			if err := a.has(t, "before", true, 0, a.only(t).Config, c.credentials); err != nil {
				t.Error(err)
			}
		})
	}
}
