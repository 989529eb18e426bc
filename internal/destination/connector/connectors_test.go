package connector

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// The API's names are pinned here, because an argument must not be renamed independently of its key in the API.
func TestConnectorsFollowTheContract(t *testing.T) {
	t.Parallel()
	type keys struct {
		config   string            // required ones have an asterisk
		defaults string            // as JSON
		auth     map[string]string // by type
	}
	oauth := map[string]string{"oauth2": "access_token refresh_token expires_at type"}
	got := map[string]keys{}
	for _, c := range All {
		k := keys{defaults: jsonvalue.Quote(defaultsOf(c)), auth: map[string]string{}}
		for _, a := range c.Arguments {
			k.config += " " + a.Name
			if a.IsRequired() {
				k.config += "*"
			}
		}
		for _, block := range c.Credentials {
			for _, a := range block.Arguments {
				if a.Merged {
					continue
				}
				k.auth[block.kind] += " " + a.Key()
				if a.required {
					k.auth[block.kind] += "*"
				}
			}
			k.auth[block.kind] = strings.TrimSpace(k.auth[block.kind])
			if block.kindArgument == "" && block.Name != "auth_"+block.kind {
				t.Errorf("%s.%s makes credentials of the type %s", c.Name, block.Name, block.kind)
			}
		}
		k.config = strings.TrimSpace(k.config)
		got[c.Name] = k
	}
	want := map[string]keys{
		"webhook": {"url* headers", `{"headers":{}}`, map[string]string{
			"bearer": "token*", "basic": "username password*", "api_key": "api_key* header_name",
		}},
		"sftp": {
			"host* username* remote_path* port filename_template timeout_ms",
			`{"filename_template":"delivery_{event_id}","port":22,"timeout_ms":30000}`,
			map[string]string{"password": "password*", "private_key": "private_key* passphrase"},
		},
		"s3": {
			"bucket* region* key_template public_read", `{"key_template":"delivery/{date}/{event_id}","public_read":false}`,
			map[string]string{"access_key": "access_key_id* secret_access_key* session_token"},
		},
		"azure_blob": {
			"account_name* container* blob_key_template", `{"blob_key_template":"delivery/{date}/{event_id}"}`,
			map[string]string{"connection_string": "connection_string*", "account_key": "account_key*"},
		},
		"google_drive": {"folder_id filename_template", `{}`, oauth},
		"onedrive":     {"drive_id folder_path filename_template", `{}`, oauth},
		"custom":       {"", `{}`, map[string]string{}},
	}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(keys{})); diff != "" {
		t.Errorf("connectors (-want +got):\n%s", diff)
	}
}

func TestConnectorsWithNeeds(t *testing.T) {
	t.Parallel()
	var needing, signing []string
	for _, c := range All {
		if c.NeedsCredentials {
			needing = append(needing, c.Name)
		}
		if c.signingSecret {
			signing = append(signing, c.Name)
		}
	}
	if want := []string{"sftp", "s3", "azure_blob"}; !slices.Equal(needing, want) {
		t.Errorf("needing credentials: %v, want %v", needing, want)
	}
	if want := []string{"webhook"}; !slices.Equal(signing, want) {
		t.Errorf("signing requests: %v, want %v", signing, want)
	}
}

func TestConnectorFor(t *testing.T) {
	t.Parallel()
	for apiType, want := range map[string]string{
		"webhook": "webhook", "sftp": "sftp", "s3": "s3", "azure_blob": "azure_blob", "google_drive": "google_drive", "onedrive": "onedrive",
		"google_sheets": "custom", "custom": "custom", "": "custom", "Webhook": "custom",
	} {
		c := For(apiType)
		if c.Name != want {
			t.Errorf("%s is served by %s, not by %s", apiType, c.Name, want)
		}
		if got := c.APIType(c.OfType(apiType)); got != types.StringValue(apiType) {
			t.Errorf("a block made for %s is of type %s", apiType, got)
		}
	}
}

// Every default is a valid value of its argument, and equals its normalized form.
func TestDefaultsFitTheirArguments(t *testing.T) {
	t.Parallel()
	for _, c := range All {
		if a, ok := c.Argument("other"); ok {
			t.Errorf("%s.other is found as %q", c.Name, a.Name)
		}
		for _, name := range slices.Sorted(maps.Keys(defaultsOf(c))) {
			a, ok := c.Argument(name)
			if !ok || a.Name != name {
				t.Errorf("%s.%s is found as %q, %t", c.Name, name, a.Name, ok)
				continue
			}
			value, err := a.FromWire(a.apiDefault)
			if err != nil {
				t.Errorf("%s.%s: %v", c.Name, name, err)
			} else if !jsonvalue.Equal(ToWire(value), a.apiDefault) {
				t.Errorf("%s.%s: the default %v becomes %v", c.Name, name, a.apiDefault, value)
			}
			if a.normalize != nil && !jsonvalue.Equal(a.normalize(a.apiDefault), a.apiDefault) {
				t.Errorf("%s.%s: the default has the spelling %v", c.Name, name, a.normalize(a.apiDefault))
			}
		}
	}
}
