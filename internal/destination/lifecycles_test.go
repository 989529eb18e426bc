package destination_test

import "github.com/talonicdev/terraform-provider-talonic/internal/emulator"

// lifecycle describes one connector from create to destroy.
type lifecycle struct {
	block string // as created
	// config and credentials hold what the API stores after the create.
	config      map[string]any
	credentials emulator.Credentials

	changed            string // every argument with another value
	changedConfig      map[string]any
	changedCredentials emulator.Credentials

	// drift changes, outside Terraform, one key of config for every argument.
	drift map[string]any

	apiType string // if it is not the block's name
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
