package destination_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/go-version"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// dashboard holds destinations as users create them without Terraform, one of each type.
var dashboard = []string{
	`{"type": "webhook", "config": {"url": "https://hooks.example.com/in", "headers": {"X-Source": "talonic"}, "retries": 3},
	  "auth_config": {"type": "bearer", "token": "token-one", "signing_secret": "whsec_one"}}`,
	`{"type": "webhook", "config": {"url": "http://hooks.example.com/plain/"}, "payload_cap_bytes": 1000000}`,
	`{"type": "sftp", "config": {"host": "sftp.example.com", "username": "talonic", "remote_path": "/in", "port": 2222},
	  "auth_config": {"type": "password", "password": "password-one"}}`,
	`{"type": "s3", "config": {"bucket": "talonic-archive", "region": "eu-central-1", "public_read": false},
	  "auth_config": {"type": "access_key", "access_key_id": "AKIAEXAMPLE", "secret_access_key": "secret-one"}}`,
	`{"type": "azure_blob", "config": {"account_name": "talonicarchive", "container": "incoming", "blob_key_template": "{date}/{event_id}"},
	  "auth_config": {"type": "account_key", "account_key": "a2V5"}}`,
	`{"type": "google_drive", "config": {"folder_id": "folder"}, "auth_config": {"type": "oauth2", "refresh_token": "refresh-one"}}`,
	`{"type": "onedrive", "config": {"drive_id": "drive", "folder_path": "/In"}, "auth_config": {"type": "oauth2", "refresh_token": "refresh-one"}}`,
	`{"type": "google_sheets", "config": {"spreadsheet_id": "sheet", "tabs": ["a", "b"]}, "auth_config": {"type": "oauth2", "refresh_token": "refresh-one"}}`,
}

// populate creates n destinations through the API, and returns their IDs. Every fifth is paused.
func (a api) populate(t *testing.T, n int) []string {
	t.Helper()
	ids := make([]string, n)
	for i := range ids {
		var body map[string]any
		if err := json.Unmarshal([]byte(dashboard[i%len(dashboard)]), &body); err != nil {
			t.Fatal(err)
		}
		body["name"] = fmt.Sprintf("Destination %d", i)
		created := a.call(t, http.MethodPost, "/v1/delivery/destinations", body)
		ids[i] = created["id"].(string)
		if i%5 == 0 {
			a.call(t, http.MethodPut, "/v1/delivery/destinations/"+ids[i], map[string]any{"is_active": false})
		}
	}
	a.ResetRequests()
	return ids
}

// call sends a request to the API as another client would.
func (a api) call(t *testing.T, method, path string, body any) map[string]any {
	t.Helper()
	encoded, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, a.url+path, bytes.NewReader(encoded))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+emulator.DefaultAPIKey)
	request.Header.Set("Content-Type", "application/json")
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode >= http.StatusBadRequest {
		t.Fatalf("%s %s: %s %v\n%s", method, path, response.Status, err, content)
	}
	var answer map[string]any
	if err := json.Unmarshal(content, &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

// whole returns everything that the API stores, credentials included.
func (a api) whole() map[string]string {
	all := map[string]string{}
	for _, d := range a.Destinations() {
		stored, _ := a.Stored(d.ID)
		all[d.ID] = fmt.Sprintf("%+v %+v", d, stored)
	}
	return all
}

// onlyProvider returns a configuration with only the provider block.
func (a api) onlyProvider() string {
	whole := a.configuration("")
	return whole[:strings.Index(whole, "resource ")]
}

// adopt applies the generated configuration, and checks that nothing else changed.
func (a api) adopt(t *testing.T, w *acctest.Workspace, n int, before map[string]string) {
	t.Helper()
	out := w.Apply().Output()
	if want := fmt.Sprintf("%d imported, 0 added, 0 changed, 0 destroyed", n); !strings.Contains(out, want) {
		t.Errorf("the apply does not end with %q:\n%s", want, out)
	}
	w.PlanEmpty()
	if diff := cmp.Diff(before, a.whole()); diff != "" {
		t.Errorf("at the API (-before +after):\n%s", diff)
	}
	if writes := a.writes(); len(writes) > 0 {
		t.Errorf("writes: %s", writes)
	}
}

const many = 60

// Import blocks import half of them by ID and the others by name, with the configuration that the CLI generates.
func TestAdoptByImportBlocks(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{FillDefaults: true})
	ids := a.populate(t, many)
	before := a.whole()
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider + a.onlyProvider()})
	var nested strings.Builder
	for i, id := range ids {
		if i%2 == 1 {
			id = fmt.Sprintf("Destination %d", i)
		}
		fmt.Fprintf(&nested, "import {\n  provider = talonic\n  to = talonic_delivery_destination.d%d\n  id = %q\n}\n", i, id)
	}
	w.Write("import.tf", nested.String())
	w.MustRun("plan", "-generate-config-out=generated.tf")
	// Newer versions of Terraform require the provider argument as long as there is no resource, and all reject it afterwards.
	w.Write("import.tf", strings.ReplaceAll(nested.String(), "  provider = talonic\n", ""))
	a.ResetRequests()
	a.adopt(t, w, many, before)
	if got := a.requests(); got["GET list"] > 4 || got["GET one"] > 2 {
		t.Errorf("an apply and a plan: %v", got)
	}
}

// The import command imports by ID and by name, into a configuration that users wrote.
func TestAdoptByCommand(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	ids := a.populate(t, 3)
	before := a.whole()
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider + a.onlyProvider(), "main.tf": `
resource "talonic_delivery_destination" "webhook" {
  name = "Destination 1"
  payload_cap_bytes = 1000000
  webhook {
    url = "http://hooks.example.com/plain/"
  }
}

resource "talonic_delivery_destination" "sftp" {
  name = "Destination 2"
  sftp {
    host        = "sftp.example.com"
    port        = 2222
    username    = "talonic"
    remote_path = "/in"
  }
}
`})
	w.MustRun("import", "talonic_delivery_destination.webhook", ids[1])
	w.MustRun("import", "talonic_delivery_destination.sftp", "Destination 2")
	w.PlanEmpty()
	if diff := cmp.Diff(before, a.whole()); diff != "" {
		t.Errorf("at the API (-before +after):\n%s", diff)
	}
}

func TestImportByNameFails(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	one, two := a.Add(emulator.Destination{Name: "twice", Type: "webhook"}), a.Add(emulator.Destination{Name: "twice", Type: "s3"})
	w := a.workspace(t, hook(""))
	for given, want := range map[string][]string{
		"twice":   {`Delivery destination "twice": `, "terraform import <address> " + one, "terraform import <address> " + two},
		"Twice":   {`Delivery destination "Twice": `, `Did you mean "twice"?`},
		"unheard": {`Delivery destination "unheard": `, "2 destinations"},
	} {
		out := unwrapped(w.MustFail("import", address, given).Output())
		for _, text := range want {
			if !strings.Contains(out, text) {
				t.Errorf("%s: not in the output: %s\n%s", given, text, out)
			}
		}
	}
}

// since skips the test unless the CLI is Terraform of at least that version.
func since(t *testing.T, minimum string) {
	t.Helper()
	if tested := acctest.TestedCLI(t); tested.Product != cli.Terraform || tested.Version.LessThan(version.Must(version.NewVersion(minimum))) {
		t.Skipf("%s does not have it", tested)
	}
}

func TestAdoptByQuery(t *testing.T) {
	t.Parallel()
	since(t, "1.14")
	a := newAPI(t, emulator.Behavior{FillDefaults: true})
	a.populate(t, many)
	before := a.whole()
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider + a.onlyProvider(), "all.tfquery.hcl": `
list "talonic_delivery_destination" "all" {
  provider = talonic
}
`})
	w.MustRun("query", "-generate-config-out=generated.tf")
	a.adopt(t, w, many, before)
}

func TestQueryFilters(t *testing.T) {
	t.Parallel()
	since(t, "1.14")
	a := newAPI(t, emulator.Behavior{})
	a.populate(t, many)
	query := func(arguments string) int {
		w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider + a.onlyProvider(), "all.tfquery.hcl": `
list "talonic_delivery_destination" "all" {
  provider = talonic
` + arguments + `
}
`})
		out := w.MustRun("query").Output()
		return strings.Count(out, "list.talonic_delivery_destination.all")
	}
	for arguments, want := range map[string]int{
		"":                              many,
		"config {\n type = \"sftp\"\n}": 8,
		"config {\n name_prefix = \"Destination 1\"\n}": 11,
		"config {\n is_active = false\n}":               12,
		"limit = 5":                                     5,
	} {
		if got := query(arguments); got != want {
			t.Errorf("%s: %d destinations, want %d", arguments, got, want)
		}
	}
}

// A mask that an import finds is not sent to the API, neither from the configuration nor, with ignore_changes, from the state.
func TestImportOfMaskedHeaders(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{RedactHeaders: true})
	id := a.Add(emulator.Destination{Name: "hook", Type: "webhook", Config: map[string]any{
		"url": "https://a.example/one", "headers": map[string]any{"X-Author": "Jane"},
	}})
	arguments := func(url, author, more string) string {
		return fmt.Sprintf("name = \"hook\"\nwebhook {\n  url = %q\n  headers = { X-Author = %q }\n}\n%s", url, author, more)
	}
	w := a.workspace(t, arguments("https://a.example/one", "Jane", ""))
	w.MustRun("import", address, id)
	for name, c := range map[string]struct {
		arguments string
		want      []string
	}{
		"from the configuration": {arguments("https://a.example/two", "***", ""), []string{"Header value is masked", "X-Author"}},
		"from the state": {
			arguments("https://a.example/two", "Jane", "lifecycle {\n  ignore_changes = [webhook[0].headers]\n}\n"),
			[]string{"Cannot update delivery destination", "config.headers", "Nothing was changed", "ignore_changes"},
		},
	} {
		w.Write("main.tf", a.configuration(c.arguments))
		r := w.MustFail("apply", "-auto-approve")
		for _, want := range c.want {
			says(t, r, want, true)
		}
		if writes := a.writes(); len(writes) > 0 {
			t.Errorf("%s: %v", name, writes)
		}
	}
	w.Write("main.tf", a.configuration(arguments("https://a.example/two", "Jane", "")))
	w.Apply()
	w.PlanEmpty()
	want := map[string]any{"url": "https://a.example/two", "headers": map[string]any{"X-Author": "Jane"}}
	if diff := cmp.Diff(want, a.only(t).Config); diff != "" {
		t.Errorf("config (-want +got):\n%s", diff)
	}
}
