package upgrades

import (
	"encoding/json"
	"flag"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// behavior makes the API store most arguments in another form than they were sent, so that private state contains records of these forms.
var behavior = emulator.Behavior{FillDefaults: true, TrimURLSlash: true, LowerCaseHeaderNames: true}

// objects holds the objects in the API.
type objects struct {
	Destinations []emulator.Destination
	Bindings     []emulator.Binding
}

// workspace returns a workspace with a configuration, and the API that it uses.
func workspace(t *testing.T, configuration string) (*acctest.Workspace, *emulator.Emulator) {
	t.Helper()
	api := emulator.New(behavior)
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": configuration})
	w.Setenv("TALONIC_BASE_URL", server.URL)
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	return w, api
}

func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// recorded returns the directories of the recorded states.
func recorded(t *testing.T) []string {
	t.Helper()
	states, err := filepath.Glob("testdata/*/terraform.tfstate")
	if err != nil || len(states) == 0 {
		t.Fatalf("%d recorded states: %v", len(states), err)
	}
	var dirs []string
	for _, state := range states {
		dirs = append(dirs, filepath.ToSlash(filepath.Dir(state)))
	}
	return dirs
}

// restore restores a recorded state into a workspace, and the recorded objects into the API.
func restore(t *testing.T, dir string) (*acctest.Workspace, *emulator.Emulator) {
	t.Helper()
	w, api := workspace(t, read(t, dir+"/main.tf"))
	var had objects
	if err := json.Unmarshal([]byte(read(t, dir+"/objects.json")), &had); err != nil {
		t.Fatal(err)
	}
	for _, d := range had.Destinations {
		api.Add(d)
	}
	for _, b := range had.Bindings {
		api.AddBinding(b)
	}
	state := read(t, dir+"/terraform.tfstate")
	if acctest.TestedCLI(t).Product == cli.OpenTofu {
		state = strings.ReplaceAll(state, "registry.terraform.io", "registry.opentofu.org")
	}
	w.Write("terraform.tfstate", state)
	return w, api
}

// A state of an earlier version has an empty plan without drift, needs as many requests as a state of this version, and can be destroyed.
func TestRecordedStates(t *testing.T) {
	t.Parallel()
	for _, dir := range recorded(t) {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			w, api := restore(t, dir)
			w.PlanEmpty("-refresh=false")
			expectRequests(t, api, "a plan without refresh", map[string]int{})
			r := w.PlanEmpty("-out=tfplan")
			expectRequests(t, api, "a plan", map[string]int{"GET destinations": 1, "GET bindings": 1})
			if strings.Contains(r.Output(), "Warning: ") && !strings.Contains(r.Output(), "Provider development overrides") {
				t.Errorf("the plan warns:\n%s", r)
			}
			if strings.Contains(w.MustRun("show", "-json", "tfplan").Stdout, `"resource_drift"`) {
				t.Errorf("the plan has drift:\n%s", r)
			}
			w.Apply()
			w.PlanEmpty()
			for _, request := range api.Requests() {
				if request.Method != "GET" {
					t.Errorf("%s %s", request.Method, request.Path)
				}
			}
			w.Destroy()
			if left := len(api.Destinations()) + len(api.Bindings()); left > 0 {
				t.Errorf("%d objects are left", left)
			}
		})
	}
}

// Recorded states contain a destination for every connector of their version, every kind of credentials, and bindings.
func TestRecordedStatesAreComplete(t *testing.T) {
	t.Parallel()
	for _, dir := range recorded(t) {
		var had objects
		if err := json.Unmarshal([]byte(read(t, dir+"/objects.json")), &had); err != nil {
			t.Fatal(err)
		}
		types := map[string]bool{}
		for _, d := range had.Destinations {
			types[d.Type] = true
		}
		if len(had.Destinations) != 11 || len(types) != 7 || len(had.Bindings) != 2 {
			t.Errorf("%s has %d destinations of %d types and %d bindings", dir, len(had.Destinations), len(types), len(had.Bindings))
		}
	}
}

// expectRequests checks the requests since the last call. On a busy machine, lists may be read again.
func expectRequests(t *testing.T, api *emulator.Emulator, what string, want map[string]int) {
	t.Helper()
	all := api.Requests()
	api.ResetRequests()
	got := map[string]int{}
	for _, r := range all {
		got[kindOf(r)]++
	}
	again := acctest.Rereads(all, kindOf)
	got = acctest.WithoutRereads(want, got, again)
	for _, kind := range []string{"destinations", "bindings"} {
		if one := "GET one of " + kind; got[one] <= 1+again["GET "+kind] {
			delete(got, one)
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("requests of %s (-want +got):\n%s", what, diff)
	}
}

// kindOf returns the kind of a request, such as "GET bindings" or "GET one of bindings".
func kindOf(r emulator.Request) string {
	kind, _, one := strings.Cut(strings.TrimPrefix(r.Path, "/v1/delivery/"), "/")
	if one {
		kind = "one of " + kind
	}
	return r.Method + " " + kind
}

var (
	record = flag.String("record", "", "the name of a version whose state is to be recorded")
	binary = flag.String("provider", "", "the directory with the binary of that version")
)

// TestRecord records a state as described in testdata/README.md.
func TestRecord(t *testing.T) {
	if *record == "" {
		t.Skip("without -record")
	}
	configuration := read(t, "testdata/main.tf")
	w, api := workspace(t, configuration)
	w.TakeProviders(*binary)
	w.Apply()
	for _, d := range api.Destinations() {
		if d.Name == "Unmanaged keys" {
			api.Edit(d.ID, func(d *emulator.Destination) { d.Config["queue"] = "dashboard" })
		}
	}
	w.Apply("-refresh-only")
	w.PlanEmpty()
	had, err := json.MarshalIndent(objects{api.Destinations(), api.Bindings()}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join("testdata", *record)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{
		"main.tf": []byte(configuration), "objects.json": append(had, '\n'), "terraform.tfstate": w.State(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
