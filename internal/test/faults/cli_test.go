package faults

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// cli is a workspace with the real CLI and the API that it uses.
type cli struct {
	*acctest.Workspace
	api      *emulator.Emulator
	provider string // the blocks at the beginning of every configuration
}

// newCLI returns a workspace with these settings of the provider and these resources.
func newCLI(t *testing.T, b emulator.Behavior, settings, resources string) cli {
	t.Helper()
	api := emulator.New(b)
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	t.Cleanup(api.ClearFaults) // before the server waits for hanging requests
	provider := fmt.Sprintf(`
terraform {
  required_providers {
    talonic = {
      source = "talonicdev/talonic"
    }
  }
}

provider "talonic" {
  base_url = %q
  api_key  = %q
%s
}
`, server.URL, emulator.DefaultAPIKey, settings)
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": provider + resources})
	w.LaunchProviders() // tests of interrupts and aliases need provider processes
	return cli{w, api, provider}
}

// alias adds an alias of the provider with the same settings.
func (c cli) alias(name string) {
	_, block, _ := strings.Cut(c.provider, "provider \"talonic\" {")
	c.Write("alias.tf", "provider \"talonic\" {\n  alias = \""+name+"\"\n"+block)
}

// hook returns a webhook destination with a name, arguments on separate lines, and its own token.
func hook(label, arguments, token string) string {
	return fmt.Sprintf(`
resource "talonic_delivery_destination" %[1]q {
  %[2]s
  webhook {
    url = "https://hooks.example.com/in"
    auth_bearer {
      token_wo = %[3]q
    }
  }
}
`, label, arguments, token)
}

// lookAlike returns the API's form of a hook with the given name.
func lookAlike(name string) emulator.Destination {
	return emulator.Destination{Name: name, Type: "webhook", Config: map[string]any{"url": "https://hooks.example.com/in"}, IsActive: true}
}

// theirs holds the credentials of a destination that belongs to others.
var theirs = emulator.Credentials{AuthConfig: map[string]any{"type": "bearer", "token": "token of others"}}

// quick holds provider settings without long waits.
const quick = `
  max_retries    = 2
  max_retry_wait = "50ms"`

// said returns the output of a run on one line, without the line breaks and frames of the CLI.
func said(r acctest.Result) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(r.Output(), "│", " ")), " ")
}

// says fails the test unless the output of the run contains all of these texts.
func says(t *testing.T, r acctest.Result, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(said(r), text) {
			t.Errorf("it does not say %q:\n%s", text, r)
		}
	}
}

// denies fails the test if the output of the run contains one of these texts.
func denies(t *testing.T, r acctest.Result, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(strings.ToLower(said(r)), strings.ToLower(text)) {
			t.Errorf("it says %q:\n%s", text, r)
		}
	}
}

// ends fails the test unless the run has this exit code.
func ends(t *testing.T, r acctest.Result, code int) {
	t.Helper()
	if r.ExitCode != code {
		t.Errorf("the exit code is not %d:\n%s", code, r)
	}
}

// everything returns the complete stored form of each destination, including credentials, by ID.
func (c cli) everything() map[string]string {
	all := map[string]string{}
	for _, d := range c.api.Destinations() {
		stored, _ := c.api.Stored(d.ID)
		all[d.ID] = fmt.Sprintf("%+v %+v", d, stored)
	}
	return all
}

// token returns the stored token of a destination; "" if there is none.
func (c cli) token(id string) any {
	stored, _ := c.api.Stored(id)
	return stored.AuthConfig["token"]
}

// writes returns the operations since the last reset, except reads and lists.
func (c cli) writes() []string {
	var all []string
	for _, r := range c.api.Requests() {
		if r.Method != "GET" {
			all = append(all, r.Operation)
		}
	}
	return all
}

// ids returns the IDs of the destinations in state, by address.
func (c cli) ids(t *testing.T) map[string]string {
	t.Helper()
	var stored struct {
		Resources []struct {
			Name      string
			Instances []struct {
				IndexKey   any `json:"index_key"`
				Status     string
				Attributes struct{ ID string }
			}
		}
	}
	if content := c.State(); len(content) > 0 {
		if err := json.Unmarshal(content, &stored); err != nil {
			t.Fatal(err)
		}
	}
	ids := map[string]string{}
	for _, r := range stored.Resources {
		for _, instance := range r.Instances {
			address := r.Name
			if instance.IndexKey != nil {
				address = fmt.Sprintf("%s[%v]", r.Name, instance.IndexKey)
			}
			if instance.Status != "" {
				t.Errorf("%s is %s", address, instance.Status)
			}
			ids[address] = instance.Attributes.ID
		}
	}
	return ids
}
