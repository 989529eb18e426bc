package destination_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// HTTP Basic without a password, or without a user name, is valid.
func TestBasicWithoutAPart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arguments string
		stored    map[string]any
		refused   string
	}{
		"no password":  {`username = "key"` + "\n" + `password_wo = ""`, map[string]any{"type": "basic", "username": "key"}, ""},
		"no user name": {`password_wo = "S3cr3t"`, map[string]any{"type": "basic", "password": "S3cr3t"}, ""},
		"null":         {`username = "key"` + "\n" + `password_wo = null`, nil, `auth_basic.password_wo is null (set "" if the value is empty)`},
		"neither":      {`password_wo = ""`, nil, "has neither a user name nor a password"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, "name = \"basic\"\nwebhook {\n  url = \"https://a.example/x\"\n  auth_basic {\n"+c.arguments+"\n  }\n}\n")
			if c.refused != "" {
				if r := w.MustFail("plan"); !strings.Contains(unwrapped(r.Output()), c.refused) {
					t.Error(r)
				}
				return
			}
			w.Apply()
			w.PlanEmpty()
			if got, _ := a.Stored(a.only(t).ID); cmp.Diff(c.stored, got.AuthConfig) != "" {
				t.Errorf("stored %v", got)
			}
		})
	}
}

// A value that the API may know and this provider does not only causes a warning.
func TestListsThatMayGrow(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, `
		name = "archive"
		s3 {
			bucket       = "Acme_Archive"
			region       = "auto"
			key_template = "{year}/{evnt_id}/{event_id"
			auth_access_key {
				access_key_id        = "AKIAEXAMPLE"
				secret_access_key_wo = "example"
			}
		}`)
	w.Apply()
	w.PlanEmpty()
	said := ""
	for _, d := range w.Validate() {
		said += d.Severity + ": " + d.Summary + ": " + d.Detail + "\n"
	}
	for _, want := range []string{"Unknown template token", "Did you mean {event_id}?", "Unusual bucket name", "Unusual region"} {
		if !strings.Contains(said, want) || strings.Contains(said, "error:") {
			t.Errorf("%q is not said: %s", want, said)
		}
	}
}

// Diagnostics quote neither values that may be sensitive nor invalid ones.
func TestRefusedInput(t *testing.T) {
	t.Parallel()
	const hook = "name = \"fn\"\nwebhook {\n  url = %s\n}\n"
	sftp := func(host string) string {
		return "name = \"fn\"\nsftp {\n  host = var.v\n  username = \"u\"\n  remote_path = \"/\"\n  auth_password {\n    password_wo = \"p\"\n  }\n}\n" + host
	}
	for name, c := range map[string]struct{ value, arguments, want string }{
		"URL without a scheme":   {`hooks.example/services/T0/S3cr3t`, strings.ReplaceAll(hook, "%s", "var.v"), "The URL has no scheme."},
		"URL with a line break":  {`https://hooks.example/S3cr3t\n`, strings.ReplaceAll(hook, "%s", "var.v"), "The URL ends with a line break."},
		"URL in two lines":       {`https://hooks.example/\nS3cr3t`, strings.ReplaceAll(hook, "%s", "var.v"), "The URL contains a line break."},
		"URL with a wrong port":  {`https://hooks.example:99999/S3cr3t`, strings.ReplaceAll(hook, "%s", "var.v"), "The URL has a port"},
		"URL of another scheme":  {`wss://hooks.example/S3cr3t`, strings.ReplaceAll(hook, "%s", "var.v"), `The URL has the scheme "wss".`},
		"host in brackets":       {`[2001:db8::1]`, sftp(""), "Remove the brackets."},
		"host with a line break": {`S3cr3t.example\n`, sftp(""), "The host ends with a line break."},
		"token with a line break": {`S3cr3t\n`, "name = \"fn\"\nwebhook {\n  url = \"https://a.example\"\n  auth_bearer {\n    token_wo = var.v\n  }\n}\n",
			"webhook[0].auth_bearer[0].token_wo ends with a line break, which HTTP headers do not allow."},
		"bucket with a prefix": {`S3cr3t/x`, "name = \"fn\"\ns3 {\n  bucket = var.v\n  region = \"eu-central-1\"\n}\n", "The value is not a bucket name."},
		"storage account":      {`S3cr3t/x`, "name = \"fn\"\nazure_blob {\n  account_name = var.v\n  container = var.v\n}\n", "not a valid storage account name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := acctest.NewWorkspace(t, map[string]string{
				"provider.tf": requiredProvider, "main.tf": a.configuration(c.arguments),
				"variable.tf": "variable \"v\" {\n  type = string\n  sensitive = true\n  default = \"" + c.value + "\"\n}\n",
			})
			r := w.MustFail("plan")
			if got := unwrapped(strings.ReplaceAll(r.Output(), "│", "")); !strings.Contains(got, c.want) || strings.Contains(got, "3cr3t") {
				t.Error(r)
			}
			if len(a.writes()) > 0 {
				t.Errorf("writes: %v", a.writes())
			}
		})
	}
}
