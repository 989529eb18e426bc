package binding_test

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// address is the address of the resource in all test configurations.
const address = "talonic_delivery_binding.test"

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

// Destinations that exist before the test.
const (
	hookID   = "11111111-1111-4111-8111-111111111111"
	bucketID = "22222222-2222-4222-8222-222222222222"
	sheetID  = "33333333-3333-4333-8333-333333333333"
)

// withDestinations starts an API that has destinations.
func withDestinations(t testing.TB, b emulator.Behavior) api {
	t.Helper()
	a := newAPI(t, b)
	a.Add(emulator.Destination{ID: hookID, Name: "hook", Type: "webhook", IsActive: true})
	a.Add(emulator.Destination{ID: bucketID, Name: "bucket", Type: "s3", IsActive: true})
	a.Add(emulator.Destination{ID: sheetID, Name: "sheet", Type: "google_sheets", IsActive: true})
	return a
}

// using returns a configuration that uses the API.
func (a api) using(hcl string) string {
	return fmt.Sprintf("provider \"talonic\" {\n  base_url    = %q\n  api_key     = %q\n  max_retries = 0\n}\n\n%s", a.url, emulator.DefaultAPIKey, hcl)
}

// configuration returns a configuration with one binding that has these arguments.
func (a api) configuration(arguments string) string {
	return a.using("resource \"talonic_delivery_binding\" \"test\" {\n" + arguments + "\n}\n")
}

// workspace returns a workspace of the real CLI that uses the API, with one binding that has these arguments.
func (a api) workspace(t testing.TB, arguments string) *acctest.Workspace {
	t.Helper()
	return a.workspaceOf(t, "resource \"talonic_delivery_binding\" \"test\" {\n"+arguments+"\n}\n")
}

// workspaceOf returns a workspace of the real CLI that uses the API.
func (a api) workspaceOf(t testing.TB, hcl string) *acctest.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider})
	w.Write("main.tf", a.using(hcl))
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

// only returns the only binding in the API.
func (a api) only(t testing.TB) emulator.Binding {
	t.Helper()
	all := a.Bindings()
	if len(all) != 1 {
		t.Fatalf("the API has %d bindings, not 1: %+v", len(all), all)
	}
	return all[0]
}

// edit changes the only binding in the API.
func (a api) edit(t testing.TB, change func(*emulator.Binding)) {
	t.Helper()
	a.EditBinding(a.only(t).ID, change)
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

// requests returns the number of requests since the last call, by "METHOD kind".
func (a api) requests() map[string]int {
	count := map[string]int{}
	for _, r := range a.Requests() {
		count[kindOf(r)]++
	}
	a.ResetRequests()
	return count
}

func kindOf(r emulator.Request) string {
	kind, _, one := strings.Cut(strings.TrimPrefix(r.Path, "/v1/delivery/"), "/")
	if one && kind != "catalog" {
		kind = "one of " + kind
	}
	return r.Method + " " + kind
}

// unwrapped removes the CLI's line breaks.
func unwrapped(text string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(text, "│", " ")), " ")
}

var (
	requestID = regexp.MustCompile(`req_[0-9a-f]{32}`)
	timestamp = regexp.MustCompile(`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`)
)

// withoutVolatile removes what differs between runs.
func withoutVolatile(text string) string {
	return timestamp.ReplaceAllString(requestID.ReplaceAllString(text, "<request ID>"), "<time>")
}
