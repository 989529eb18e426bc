package provider_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

const destination = `
terraform {
  required_providers {
    talonic = {
      source = "talonicdev/talonic"
    }
  }
}

resource "talonic_delivery_destination" "test" {
  name = "hook"
  webhook {
    url = "https://a.example.com"
  }
}
`

func newAPI(t *testing.T) (*emulator.Emulator, string) {
	t.Helper()
	api := emulator.New(emulator.Behavior{})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	return api, server.URL
}

func TestConfigurationFromEnvironment(t *testing.T) {
	t.Parallel()
	api, url := newAPI(t)
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": destination})
	w.Setenv("TALONIC_BASE_URL", url+"/") // a trailing slash is accepted
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	w.Setenv("TF_APPEND_USER_AGENT", "ci/42")
	w.Apply()
	w.PlanEmpty()
	for _, r := range api.Requests() {
		// The header names no CLI, because OpenTofu reports a version of Terraform.
		if agent := r.Header.Get("User-Agent"); agent != "terraform-provider-talonic/dev ci/42" {
			t.Errorf("User-Agent: %q", agent)
		}
	}
}

// The provider block takes precedence over the environment.
func TestConfigurationFromBlock(t *testing.T) {
	t.Parallel()
	_, url := newAPI(t)
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": destination})
	w.Setenv("TALONIC_BASE_URL", "https://unused.example.com")
	w.Setenv("TALONIC_API_KEY", "unused")
	w.Write("provider.tf", `provider "talonic" {
  base_url        = "`+url+`"
  api_key         = "`+emulator.DefaultAPIKey+`"
  request_timeout = "5s"
  max_retries     = 1
  max_retry_wait  = "1s"
}`)
	w.Apply()
}

func TestRefusedConfigurations(t *testing.T) {
	t.Parallel()
	for name, arguments := range map[string]string{
		"no api key":               `base_url = "https://api.example.com"`,
		"api key with a line end":  `api_key = "hunter2\n"`,
		"base url with a line end": `base_url = "https://api.example.com\n"` + "\n" + `api_key = "hunter2"`,
		"relative base url":        `base_url = "api.example.com"` + "\n" + `api_key = "hunter2"`,
		"base url with a password": `base_url = "https://me:hunter2@api.example.com"` + "\n" + `api_key = "hunter2"`,
		"base url with a query":    `base_url = "https://api.example.com/?a=b"` + "\n" + `api_key = "hunter2"`,
		"timeout without a unit":   `request_timeout = "30"` + "\n" + `api_key = "hunter2"`,
		"timeout of zero":          `request_timeout = "0s"` + "\n" + `api_key = "hunter2"`,
		"no requests at all":       `requests_per_second = 0` + "\n" + `api_key = "hunter2"`,
		"negative retries":         `max_retries = -1` + "\n" + `api_key = "hunter2"`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t, map[string]string{"main.tf": destination})
			w.Write("provider.tf", "provider \"talonic\" {\n"+arguments+"\n}\n")
			out := w.MustFail("plan").Output()
			acctest.Golden(t, strings.ReplaceAll(name, " ", "_"), w.Normalize(out))
			if strings.Contains(out, "hunter2") {
				t.Errorf("a secret is shown:\n%s", out)
			}
		})
	}
}

// If the key comes from another resource and is known only after apply, the plan is made without the API.
func TestKeyUnknownAtPlan(t *testing.T) {
	t.Parallel()
	_, url := newAPI(t)
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": destination})
	block := func(trigger string) string {
		return `
resource "terraform_data" "key" {
  input            = "` + emulator.DefaultAPIKey + `"
  triggers_replace = "` + trigger + `"
}
provider "talonic" {
  base_url = "` + url + `"
  api_key  = terraform_data.key.output
}`
	}
	w.Write("provider.tf", block("one"))
	w.Apply()
	w.PlanEmpty()
	w.Write("provider.tf", block("two"))
	out := strings.Join(strings.Fields(w.Plan().Output()), " ")
	if want := `Delivery destination was not refreshed`; !strings.Contains(out, want) {
		t.Errorf("the plan does not say %q:\n%s", want, out)
	}
	w.Apply()
	w.PlanEmpty()
}

// An http URL is accepted for this machine, and causes a warning otherwise.
func TestUnencryptedBaseURL(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": destination})
	w.Setenv("TALONIC_API_KEY", "key")
	w.Setenv("TALONIC_BASE_URL", "http://api.example.com")
	if out := w.Plan().Output(); !strings.Contains(out, "API key is sent unencrypted") {
		t.Errorf("no warning:\n%s", out)
	}
	w.Setenv("TALONIC_BASE_URL", "http://127.0.0.1:1")
	if out := w.Plan().Output(); strings.Contains(out, "unencrypted") {
		t.Errorf("a warning:\n%s", out)
	}
}
