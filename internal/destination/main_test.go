package destination_test

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// address is the address of the resource in all test configurations.
const address = "talonic_delivery_destination.test"

// api is the emulated API of one test.
type api struct {
	*emulator.Emulator
	url string
}

func newAPI(t testing.TB, b emulator.Behavior) api {
	t.Helper()
	e := emulator.New(b)
	server := httptest.NewServer(e)
	t.Cleanup(server.Close)
	return api{e, server.URL}
}

// configuration returns a configuration that uses the API, with one destination that has these arguments.
func (a api) configuration(arguments string) string {
	return fmt.Sprintf(`
provider "talonic" {
  base_url = %q
  api_key  = %q
}

resource "talonic_delivery_destination" "test" {
%s
}
`, a.url, emulator.DefaultAPIKey, arguments)
}

// workspace returns a workspace of the real CLI that uses the API, with one destination that has these arguments.
func (a api) workspace(t testing.TB, arguments string) *acctest.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider})
	w.Write("main.tf", a.configuration(arguments))
	return w
}

const requiredProvider = `
terraform {
  required_providers {
    talonic = {
      source = "talonicdev/talonic"
    }
  }
}
`

// only returns the only destination in the API.
func (a api) only(t *testing.T) emulator.Destination {
	t.Helper()
	all := a.Destinations()
	if len(all) != 1 {
		t.Fatalf("the API has %d destinations, not 1: %+v", len(all), all)
	}
	return all[0]
}

// writes returns the requests that change something, as "METHOD status".
func (a api) writes() []string {
	var writes []string
	for _, r := range a.Requests() {
		if r.Method != "GET" {
			writes = append(writes, fmt.Sprintf("%s %d", r.Method, r.Status))
		}
	}
	return writes
}
