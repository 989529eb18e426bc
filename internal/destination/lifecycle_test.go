package destination_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

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
		drift: map[string]any{"url": "https://elsewhere.example.com", "headers": map[string]any{"X-Origin": "terraform"}, "retries": 9.0},
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
	var id string

	steps := []resource.TestStep{
		{
			Config: created,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(address, tfjsonpath.New("type"), knownvalue.StringExact(c.apiType)),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("is_active"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("payload_cap_bytes"), knownvalue.Null()),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("has_auth_config"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("has_signing_secret"), knownvalue.Bool(c.credentials.SigningSecret != "")),
				statecheck.ExpectKnownValue(address, tfjsonpath.New("credentials_updated_at"), knownvalue.NotNull()),
			},
			Check: func(*terraform.State) error {
				id = a.only(t).ID
				return a.has(t, "before", true, 0, c.config, c.credentials)
			},
		},
		{
			Config:           changed,
			ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			Check: func(*terraform.State) error {
				if now := a.only(t).ID; now != id {
					return fmt.Errorf("the destination was replaced: %s is now %s", id, now)
				}
				return a.has(t, "after", false, 1048576, c.changedConfig, c.changedCredentials)
			},
		},
	}
	for _, key := range slices.Sorted(maps.Keys(c.drift)) {
		steps = append(steps, resource.TestStep{
			PreConfig: func() { a.edit(t, func(d *emulator.Destination) { d.Config[key] = c.drift[key] }) },
			Config:    changed, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			Check: func(*terraform.State) error {
				return a.has(t, "after", false, 1048576, c.changedConfig, c.changedCredentials)
			},
		})
	}
	steps = append(steps,
		resource.TestStep{ // drift of everything that all connectors have, at once
			PreConfig: func() {
				a.edit(t, func(d *emulator.Destination) { d.Name, d.IsActive, d.PayloadCapBytes = "other", true, 1 })
			},
			Config: changed, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			Check: func(*terraform.State) error {
				return a.has(t, "after", false, 1048576, c.changedConfig, c.changedCredentials)
			},
		},
		resource.TestStep{ // arguments are taken away again
			Config: created, ConfigPlanChecks: planned(plancheck.ResourceActionUpdate),
			Check: func(*terraform.State) error {
				d := a.only(t)
				return a.has(t, "before", d.IsActive, 0, c.config, c.credentials)
			},
		},
		resource.TestStep{ // deleted outside of Terraform
			PreConfig: func() { a.Remove(a.only(t).ID) },
			Config:    created, ConfigPlanChecks: planned(plancheck.ResourceActionCreate),
			Check: func(*terraform.State) error { return a.has(t, "before", true, 0, c.config, c.credentials) },
		},
	)
	acctest.Test(t, resource.TestCase{
		ProtoV6ProviderFactories: inProcess,
		Steps:                    steps,
		CheckDestroy: func(*terraform.State) error {
			if left := a.Destinations(); len(left) > 0 {
				return fmt.Errorf("left at the API: %+v", left)
			}
			return nil
		},
	})
}

func planned(action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
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
			id := a.only(t).ID
			w.MustRun("state", "rm", address)

			w.MustRun("import", address, id)
			a.ResetRequests()
			w.Plan()
			w.Apply()
			if diff := cmp.Diff([]string{"PUT 200"}, a.writes()); diff != "" {
				t.Errorf("writes after the import (-want +got):\n%s", diff)
			}
			w.PlanEmpty()
			if err := a.has(t, "before", true, 0, a.only(t).Config, c.credentials); err != nil {
				t.Error(err)
			}
		})
	}
}
