package faulttest

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/acctest"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// cli is a workspace of the real CLI, and the API that it uses.
type cli struct {
	*acctest.Workspace
	api *emulator.Emulator
}

// newCLI returns a workspace with these settings of the provider and these resources.
func newCLI(t *testing.T, b emulator.Behaviour, settings, resources string) cli {
	t.Helper()
	api := emulator.New(b)
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	t.Cleanup(api.ClearFaults) // before the server waits for what hangs
	return cli{acctest.NewWorkspace(t, map[string]string{"main.tf": fmt.Sprintf(`
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

%s
`, server.URL, emulator.DefaultAPIKey, settings, resources)}), api}
}

// ids are the ids of the destinations in state, by their addresses.
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
