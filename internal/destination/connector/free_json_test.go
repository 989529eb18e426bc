package connector

import (
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

// Keys of free JSON that look like credentials or arguments cause a warning that names them.
func TestJudgeFreeJSON(t *testing.T) {
	t.Parallel()
	for text, c := range map[string]struct {
		connector Connector
		want      []string
	}{
		`{}`:                                {Webhook, nil},
		`{"retries": 3, "queue": "S3cr3t"}`: {Webhook, nil},
		`{"signing_secret": "S3cr3t"}`:      {Webhook, []string{"signing_secret"}},
		`{"password": "S3cr3t", "token": "S3cr3t"}`: {SFTP, []string{"password", "token"}},
		`{"login": {"apiKey": "S3cr3t"}}`:           {Custom, []string{"login.apiKey", "auth_config_wo"}},
		`{"logins": [{"api_key": "S3cr3t"}]}`:       {Custom, []string{"logins.0.api_key"}},
		`{"token": null}`:                           {Custom, nil},
		`{"URL": "S3cr3t"}`:                         {Webhook, []string{`Did you mean the argument "url"?`}},
		`{"header": {}}`:                            {Webhook, []string{`Did you mean the argument "headers"?`}},
		`{"remotePath": "S3cr3t"}`:                  {SFTP, []string{`Did you mean the argument "remote_path"?`}},
		`{"keytemplates": "S3cr3t"}`:                {S3, []string{`Did you mean the argument "key_template"?`}},
		`{"sort": "S3cr3t", "post": 1}`:             {SFTP, nil},
	} {
		var all []string
		for _, d := range c.connector.validateFreeJSON(blocktest.Object(t, text)) {
			all = append(all, d.Detail())
		}
		said := strings.Join(all, "\n")
		if (len(c.want) == 0) != (said == "") || strings.Contains(said, "S3cr3t") ||
			slices.ContainsFunc(c.want, func(want string) bool { return !strings.Contains(said, want) }) {
			t.Errorf("%s: %q", text, said)
		}
	}
}

// A mask in free JSON is an error that names its key.
func TestMasksInFreeJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`{"key": "***"}`: `"key"`,
		`{"a": 1, "proxy": {"list": ["[redacted]"]}}`: `"proxy"`,
		`{"in": "(sensitive value)"}`:                 `"in"`,
		`{"in": "https://a.example/***"}`:             `"in"`,
		`{"events": "*", "note": "a ***"}`:            "",
	} {
		for _, c := range []Connector{Custom, Webhook} {
			diags := c.validateFreeJSON(blocktest.Object(t, text))
			if diags.HasError() != (want != "") {
				t.Fatalf("%s: %v", text, diags)
			}
			if want == "" {
				continue
			}
			found := diags.Errors()[0]
			if found.Summary() != "Value is masked" || !strings.Contains(found.Detail(), c.Name+"."+c.OtherKeys.Name) || !strings.Contains(found.Detail(), want) {
				t.Errorf("%s: %v", text, found)
			}
		}
	}
}
