package destination_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// Each configuration is rejected before any request, on the line at fault. testdata/validate holds the provider's errors. For errors of
// the CLI, the line and a part of the text are compared, because CLIs differ.
func TestInvalidConfigurations(t *testing.T) {
	t.Parallel()
	const valid = `  webhook {
    url = "https://a.example.com"
  }`
	block := func(name string, lines ...string) string {
		return "  " + name + " {\n    " + strings.Join(lines, "\n    ") + "\n  }"
	}
	for name, c := range map[string]struct {
		arguments string // the first is on line 5
		line      int
		cli       string // part of the CLI's error; empty if the error is the provider's
	}{
		"misspelt argument":            {block("webhook", `url = "https://a.example.com"`, `header = {}`), 7, `Did you mean "headers"?`},
		"misspelt secret":              {block("webhook", `url = "https://a.example.com"`, `signing_secret = "x"`), 7, `"signing_secret" is not expected`},
		"misspelt credential block":    {block("webhook", `url = "https://a.example.com"`, `auth_barer {`, `}`), 7, `Did you mean "auth_bearer"?`},
		"misspelt connector":           {block("webhok", `url = "https://a.example.com"`), 5, `Did you mean "webhook"?`},
		"missing argument":             {block("s3", `region = "eu-central-1"`), 5, `"bucket" is required`},
		"no connector":                 {"", 3, ""},
		"two connectors":               {valid + "\n" + block("s3", `bucket = "acme"`, `region = "eu-central-1"`), 8, ""},
		"same connector twice":         {valid + "\n" + valid, 3, ""},
		"two credential blocks":        {block("webhook", `url = "https://a.example.com"`, `auth_bearer {`, `}`, `auth_basic {`, `}`), 5, ""},
		"url and url_wo":               {block("webhook", `url = "https://a.example.com"`, `url_wo = "https://hunter2.example.com"`), 5, ""},
		"url that looks like a secret": {block("webhook", `url = "https://a.example.com/in?code=hunter2"`), 3, ""},
		"url_wo of another scheme":     {block("webhook", `url_wo = "hunter2://a.example.com"`), 3, ""},
		"url_wo is not encrypted":      {block("webhook", `url_wo = "http://a.example.com/hunter2"`), 3, ""},
		"url without a scheme":         {block("webhook", `url = "a.example.com/ingest"`), 6, ""},
		"url of another scheme":        {block("webhook", `url = "ftp://a.example.com"`), 6, ""},
		"url without a host":           {block("webhook", `url = "https:///ingest"`), 6, ""},
		"url with a password":          {block("webhook", `url = "https://user:hunter2@a.example.com"`), 3, ""},
		"url with white space":         {block("webhook", `url = "https://a.example.com/a b"`), 6, ""},
		"empty url":                    {block("webhook", `url = ""`), 6, ""},
		"unencrypted url":              {block("webhook", `url = "http://a.example.com"`), 6, ""},
		"invalid header name":          {block("webhook", `url = "https://a.example.com"`, `headers = { "X Source" = "a" }`), 7, ""},
		"invalid header value":         {block("webhook", `url = "https://a.example.com"`, `headers = { "X-Source" = "a\nb" }`), 7, ""},
		"header twice":                 {block("webhook", `url = "https://a.example.com"`, `headers = { "X-Source" = "a", "x-source" = "b" }`), 7, ""},
		"credential in a header":       {block("webhook", `url = "https://a.example.com"`, `headers = { "Authorization" = "Bearer abc" }`), 3, ""},
		"additional_config is no JSON": {block("webhook", `url = "https://a.example.com"`, `additional_config = "color = red"`), 7, ""},
		"additional_config is a list":  {block("webhook", `url = "https://a.example.com"`, `additional_config = jsonencode(["red"])`), 7, ""},
		"additional_config owns a key": {block("webhook", `url = "https://a.example.com"`, `additional_config = jsonencode({ headers = {} })`), 7, ""},
		"empty secret":                 {block("webhook", `url = "https://a.example.com"`, `signing_secret_wo = ""`), 7, ""},
		"invalid header of the key":    {block("webhook", `url = "https://a.example.com"`, `auth_api_key {`, `header_name = "X Key"`, `}`), 8, ""},
		"port too high":                {block("sftp", `host = "a"`, `username = "u"`, `remote_path = "/"`, `port = 65536`), 9, ""},
		"port zero":                    {block("sftp", `host = "a"`, `username = "u"`, `remote_path = "/"`, `port = 0`), 9, ""},
		"relative remote path":         {block("sftp", `host = "a"`, `username = "u"`, `remote_path = "upload"`), 8, ""},
		"host with a scheme":           {block("sftp", `host = "sftp://a"`, `username = "u"`, `remote_path = "/"`), 6, ""},
		"host with a port":             {block("sftp", `host = "a:22"`, `username = "u"`, `remote_path = "/"`), 6, ""},
		"misspelt token":               {block("sftp", `host = "a"`, `username = "u"`, `remote_path = "/"`, `filename_template = "{evnt_id}.json"`), 9, ""},
		"unknown token":                {block("s3", `bucket = "acme"`, `region = "eu-central-1"`, `key_template = "{color}"`), 8, ""},
		"open brace":                   {block("azure_blob", `account_name = "acme"`, `container = "in-box"`, `blob_key_template = "{event_id"`), 8, ""},
		"bucket with a scheme":         {block("s3", `bucket = "s3://acme"`, `region = "eu-central-1"`), 6, ""},
		"bucket in upper case":         {block("s3", `bucket = "Acme"`, `region = "eu-central-1"`), 6, ""},
		"region is no code":            {block("s3", `bucket = "acme"`, `region = "Frankfurt"`), 7, ""},
		"account name with a hyphen":   {block("azure_blob", `account_name = "acme-one"`, `container = "in-box"`), 6, ""},
		"container with two hyphens":   {block("azure_blob", `account_name = "acme"`, `container = "in--box"`), 7, ""},
		"custom for a typed connector": {block("custom", `type = "s3"`), 6, ""},
		"custom config is no object":   {block("custom", `type = "google_sheets"`, `config = "1"`), 7, ""},
		"custom credentials no object": {block("custom", `type = "google_sheets"`, `auth_config_wo = "hunter2"`), 3, ""},
		"token twice": {
			block("google_drive", "auth_oauth {", `  additional_auth_config_wo = jsonencode({ access_token = "hunter2" })`, "}"), 5, "",
		},
		"tokens are no object": {block("google_drive", "auth_oauth {", `  additional_auth_config_wo = "hunter2"`, "}"), 3, ""},
		"empty name":           {"  # nothing here\n" + valid, 4, ""},
		"cap of zero":          {"  payload_cap_bytes = 0\n" + valid, 5, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider})
			destination := "a"
			if name == "empty name" {
				destination = ""
			}
			w.Write("main.tf", fmt.Sprintf("# A configuration\n# that is refused\nresource \"talonic_delivery_destination\" \"test\" {\n  name = %q\n%s\n}\n",
				destination, c.arguments))
			if out := w.Run("validate").Output(); strings.Contains(out, "hunter2") {
				t.Errorf("a secret is shown:\n%s", out)
			}
			var text strings.Builder
			for _, d := range w.Validate() {
				fmt.Fprintf(&text, "%s on line %d: %s\n%s\n\n", d.Severity, d.Line, d.Summary, d.Detail)
				if d.Line != c.line {
					t.Errorf("the diagnostic is on line %d, not %d", d.Line, c.line)
				}
			}
			got := w.Normalize(text.String())
			if c.cli == "" {
				acctest.Golden(t, "validate/"+strings.ReplaceAll(name, " ", "_"), got)
			} else if !strings.Contains(got, c.cli) {
				t.Errorf("%q is not said:\n%s", c.cli, got)
			}
		})
	}
}

// Configurations whose validity depends on whether the destination exists are rejected by the plan.
func TestRefusedPlans(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]string{
		"sftp without credentials":  "name = \"a\"\nsftp {\n host = \"a\"\n username = \"u\"\n remote_path = \"/\"\n}",
		"s3 without credentials":    "name = \"a\"\ns3 {\n bucket = \"acme\"\n region = \"eu-central-1\"\n}",
		"azure without credentials": "name = \"a\"\nazure_blob {\n account_name = \"acme\"\n container = \"in-box\"\n}",
		"webhook without a url":     "name = \"a\"\nwebhook {}",
		"secret is null":            "name = \"a\"\nwebhook {\n url = \"https://a.example.com\"\n auth_bearer {}\n}",
		"no token at all":           "name = \"a\"\ngoogle_drive {\n auth_oauth {}\n}",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, arguments)
			out := w.MustFail("plan").Stderr
			acctest.Golden(t, "plan/"+strings.ReplaceAll(name, " ", "_"), w.Normalize(out))
			if len(a.writes()) > 0 {
				t.Errorf("writes: %v", a.writes())
			}
		})
	}
}
