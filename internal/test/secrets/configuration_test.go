package secrets

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// resourceOf returns a destination with a body.
func resourceOf(name, body string) string {
	return fmt.Sprintf("\nresource \"talonic_delivery_destination\" %q {\n  name = %q\n%s\n}\n", name, name, body)
}

// webhookOf returns a webhook with additional lines in its block.
func webhookOf(lines string) string {
	return resourceOf("test", "  webhook {\n    url = \"https://api.example.com/in\"\n"+lines+"\n  }")
}

// The provider rejects an invalid configuration without quoting possible secrets. CLIs print the line that a diagnostic points at, so no
// diagnostic may point at a line with a literal secret.
func TestWrongConfigurations(t *testing.T) {
	t.Parallel()
	const good = `
  webhook {
    url = "https://api.example.com/in"
  }`
	const variable = `
variable "secret" {
  type = string
}
`
	custom := func(value string) string {
		return resourceOf("test", "  custom {\n    type           = \"google_sheets\"\n    auth_config_wo = "+value+"\n  }")
	}
	sftp := func(host, block string) string {
		return resourceOf("test", fmt.Sprintf("  sftp {\n    host = %s\n    username = \"talonic\"\n    remote_path = \"/in\"\n    %s\n  }", host, block))
	}
	webhook := func(url string) string { return resourceOf("test", "  webhook {\n    url = "+url+"\n  }") }

	type wrong struct {
		hcl         string // with SECRET or var.secret in place of the secret
		secret      func(name string) string
		environment map[string]string // in the same form
		accepted    bool              // the provider only warns
	}
	plainWords := func(name string) string { return words(name, 1)[0] + "x" + words(name, 2)[1] }
	url := func(format string) wrong {
		return wrong{hcl: webhook(`"` + format + `"`), secret: plainWords}
	}
	for name, c := range map[string]wrong{
		"auth_config_wo is no JSON":                 {hcl: custom(`"SECRET"`)},
		"auth_config_wo is no JSON, by a variable":  {hcl: custom("var.secret")},
		"auth_config_wo is a list":                  {hcl: custom(`jsonencode(["SECRET"])`)},
		"auth_config_wo is a text":                  {hcl: custom(`jsonencode("SECRET")`)},
		"auth_config_wo has a text behind it":       {hcl: custom(`"{} SECRET"`)},
		"auth_config_wo is cut":                     {hcl: custom(`"{\"key\": \"SECRET"`)},
		"API key with a line break":                 {hcl: "provider \"talonic\" {\n  api_key = \"SECRET\\n\"\n}\n" + resourceOf("test", good)},
		"API key with a line break, by a variable":  {hcl: "provider \"talonic\" {\n  api_key = \"${var.secret}\\n\"\n}\n" + resourceOf("test", good)},
		"API key with a line break, by environment": {hcl: resourceOf("test", good), environment: map[string]string{"TALONIC_API_KEY": "SECRET\n"}},
		"API key with an umlaut":                    {hcl: "provider \"talonic\" {\n  api_key = \"SECRETä\"\n}\n" + resourceOf("test", good)},
		"API key beside a wrong base_url":           {hcl: "provider \"talonic\" {\n  api_key = \"SECRET\"\n}\n" + resourceOf("test", good), environment: map[string]string{"TALONIC_BASE_URL": "nowhere"}},
		"API key beside a base_url in clear": {
			hcl:         "provider \"talonic\" {\n  api_key = \"SECRET\"\n}\n" + resourceOf("test", good),
			environment: map[string]string{"TALONIC_BASE_URL": "http://api.example.com"}, accepted: true, secret: plainWords,
		},
		"password in base_url":                 {hcl: "provider \"talonic\" {\n  base_url = \"https://user:SECRET@api.example.com\"\n}\n" + resourceOf("test", good), secret: plainWords},
		"password in base_url, by environment": {hcl: resourceOf("test", good), environment: map[string]string{"TALONIC_BASE_URL": "https://user:SECRET@api.example.com"}, secret: plainWords},
		"password in base_url, no URL":         {hcl: resourceOf("test", good), environment: map[string]string{"TALONIC_BASE_URL": "https://user:SECRET#1@api.example.com"}, secret: plainWords},
		"password in url":                      url("https://user:SECRET@api.example.com/in"),
		"password in url, by a variable":       {hcl: webhook("\"https://user:${var.secret}@api.example.com/in\""), secret: plainWords},
		"password in url, another scheme":      url("ftp://user:SECRET@api.example.com/in"),
		"password in url, no scheme":           url("user:SECRET@api.example.com/in"),
		"password in url, no host":             url("https:///user:SECRET@api.example.com/in"),
		"password in url, one slash":           url("https:/user:SECRET@api.example.com/in"),
		"password in url, no slash":            url("https:user:SECRET@api.example.com/in"),
		"password in url, no colon":            url("https//user:SECRET@api.example.com/in"),
		"password in url, with a hash":         url("https://user:SECRET#1@api.example.com/in"),
		"password in url, with a space":        url("https://user:SECRET 1@api.example.com/in"),
		"password in url, with a slash":        url("https://user:SECRET/1@api.example.com/in"),
		"password in host":                     {hcl: sftp(`"sftp://user:SECRET@sftp.example.com"`, "auth_password {\n password_wo = var.secret\n }"), secret: plainWords},
		"password in host, by a variable":      {hcl: sftp(`"user:${var.secret}@sftp.example.com"`, "auth_password {\n password_wo = var.secret\n }"), secret: plainWords},
		"two credential blocks":                {hcl: webhookOf("auth_bearer { token_wo = \"SECRET\" }\nauth_api_key { api_key_wo = \"SECRET\" }")},
		"a credential block twice":             {hcl: webhookOf("auth_bearer { token_wo = \"SECRET\" }\nauth_bearer { token_wo = \"SECRET\" }")},
		"a passphrase without a key":           {hcl: sftp(`"sftp.example.com"`, `auth_private_key { passphrase_wo = "SECRET" }`)},
		"a wrong name of a header":             {hcl: webhookOf("auth_api_key {\n  api_key_wo  = \"SECRET\"\n  header_name = \"X Key\"\n}")},
		"two connectors":                       {hcl: resourceOf("test", "webhook {\n url = \"https://a.example.com\"\n auth_bearer { token_wo = \"SECRET\" }\n}\nonedrive {\n auth_oauth { access_token_wo = \"SECRET\" }\n}")},
		"a secret that is needed is null":      {hcl: resourceOf("test", "s3 {\n bucket = \"acme-in\"\n region = \"eu-central-1\"\n auth_access_key {\n  access_key_id = \"AKIAEXAMPLE\"\n  session_token_wo = \"SECRET\"\n }\n}")},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, emulator.Behavior{})
			secret := valueOf(t.Name(), "")
			if c.secret != nil {
				secret = c.secret(t.Name())
			}
			w.plant(map[string]string{"the secret": secret})
			w.write(requiredProvider + variable + inLiterals(c.hcl, secret))
			w.Setenv("TF_VAR_secret", secret)
			for key, value := range c.environment {
				w.Setenv(key, inText(value, secret))
			}
			if c.accepted {
				w.mustRun("plan", "-refresh=false")
				w.wasSeen(secretscan.Log)
			} else {
				w.mustFail("plan", "-refresh=false")
				w.wasSeen(secretscan.Stderr, secretscan.Log)
			}
		})
	}
}

// named lists credential blocks on one line, and the key of auth_config that the API rejects.
var named = []struct{ connector, arguments, block, key string }{
	{"webhook", samples[0].arguments, `auth_bearer { token_wo = "SECRET" }`, "token"},
	{"webhook", samples[0].arguments, `auth_bearer { token_wo = "SECRET" }`, "type"},
	{"webhook", samples[0].arguments, `signing_secret_wo = "SECRET"`, "signing_secret"},
	{"webhook", samples[0].arguments, `auth_basic { password_wo = "SECRET" }`, "password"},
	{"webhook", samples[0].arguments, `auth_basic { password_wo = "SECRET" }`, "username"},
	{"webhook", samples[0].arguments, `auth_api_key { api_key_wo = "SECRET" }`, "api_key"},
	{"webhook", samples[0].arguments, `auth_api_key { api_key_wo = "SECRET" }`, "header_name"},
	{"sftp", sftpArguments, `auth_password { password_wo = "SECRET" }`, "password"},
	{"sftp", sftpArguments, `auth_password { password_wo = "SECRET" }`, "username"},
	{"azure_blob", azureArguments, `auth_connection_string { connection_string_wo = "SECRET" }`, "connection_string"},
	{"azure_blob", azureArguments, `auth_account_key { account_key_wo = "SECRET" }`, "account_key"},
	{"google_drive", "", `auth_oauth { access_token_wo = "SECRET" }`, "access_token"},
	{"google_drive", "", `auth_oauth { access_token_wo = "SECRET" }`, "expires_at"},
	{"onedrive", "", `auth_oauth { refresh_token_wo = "SECRET" }`, "type"},
	{"custom", `type = "google_sheets"`, `auth_config_wo = jsonencode({ type = "key", key = "SECRET" })`, "key"},
	{"custom", `type = "google_sheets"`, `auth_config_wo = jsonencode({ type = "key", key = "SECRET" })`, "type"},
}

// If an error of the API names a key, the diagnostic points at an argument, but never at a line with a secret.
func TestErrorsThatNameAnArgument(t *testing.T) {
	t.Parallel()
	w := newWorkspace(t, emulator.Behavior{})
	refusal := map[string]*answer{}
	write := func(generation string) {
		hcl, planted := requiredProvider, map[string]string{}
		for i, n := range named {
			name := fmt.Sprintf("d%03d", i)
			secret := valueOf(t.Name()+name+generation, "")
			planted[name+" "+n.block+generation] = secret
			hcl += resourceOf(name, inLiterals(fmt.Sprintf("  %s {\n    %s\n    %s\n  }", n.connector, n.arguments, n.block), secret))
			refusal[name] = &answer{n.key, func(w http.ResponseWriter, r *request, _ func() *httptest.ResponseRecorder) {
				placements[0].answer(400, echo{of: func(*request) string { return "auth_config." + n.key + " is wrong" }}).write(w, r, nil)
			}}
		}
		w.plant(planted)
		w.write(hcl)
	}
	hostile := func(r *request) *answer {
		if r.Method == http.MethodGet {
			return nil
		}
		return refusal[r.destination]
	}
	w.suspect = func(secret string) string { return "the API names " + refusal[secret[:4]].name }

	write("")
	w.api.answerWith(hostile)
	w.mustFail("apply", "-auto-approve")
	w.api.answerWith(nil)
	w.mustRun("apply", "-auto-approve")
	write(" rotated")
	w.api.answerWith(hostile)
	w.mustFail("apply", "-auto-approve")
	w.wereSent()
	w.wasSeen(secretscan.State, secretscan.Stdout, secretscan.Stderr, secretscan.Log)
}
