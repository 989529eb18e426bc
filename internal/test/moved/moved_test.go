// Package moved tests moved blocks with states that other providers have written.
package moved

import (
	"encoding/base64"
	"encoding/json"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// sources lists the providers of the recorded states.
var sources = []string{"mastercard/restapi", "magodo/restful", "devops-rob/terracurl"}

// The secrets in the recorded states, and their new values.
var (
	oldSecrets = map[string]string{"old token": "fakeTokenOfGenericProviders", "old signing secret": "whsec_fakeSecretOfGenericProviders"}
	newSecrets = map[string]string{"new token": "fakeTokenAfterTheMove", "new signing secret": "whsec_fakeSecretAfterTheMove"}
)

// objects holds the objects in the API.
type objects struct {
	Destinations []emulator.Destination
	Bindings     []emulator.Binding
}

// workspace is a workspace with a recorded state, and the API with its objects.
type workspace struct {
	*acctest.Workspace
	t         *testing.T
	api       *emulator.Emulator
	resources []address
}

// address is the address of a resource in the recorded state.
type address struct{ Type, Name string }

func (a address) String() string { return a.Type + "." + a.Name }

// isBinding reports whether the resource is a binding. All others are destinations.
func (a address) isBinding() bool { return a.Name == "binding" }

// target returns the address after the move.
func (a address) target() string {
	kind := "destination"
	if a.isBinding() {
		kind = "binding"
	}
	return "talonic_delivery_" + kind + "." + a.Type + "_" + a.Name
}

func newWorkspace(t *testing.T, dir string) *workspace {
	t.Helper()
	w := &workspace{Workspace: acctest.NewWorkspace(t, nil), t: t, api: emulator.New(emulator.Behavior{})}
	server := httptest.NewServer(w.api)
	t.Cleanup(server.Close)
	w.Setenv("TALONIC_BASE_URL", server.URL)
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	w.StandIn(sources...)
	var had objects
	if err := json.Unmarshal(read(t, dir, "objects.json"), &had); err != nil {
		t.Fatal(err)
	}
	for _, d := range had.Destinations {
		w.api.AddWith(d, emulator.Credentials{
			AuthConfig:    map[string]any{"type": "bearer", "token": oldSecrets["old token"]},
			SigningSecret: oldSecrets["old signing secret"],
		})
	}
	for _, b := range had.Bindings {
		w.api.AddBinding(b)
	}
	var state struct{ Resources []address }
	raw := read(t, dir, "terraform.tfstate")
	if err := json.Unmarshal(raw, &state); err != nil {
		t.Fatal(err)
	}
	w.resources = state.Resources
	w.writeState(string(raw))
	return w
}

// writeState writes a state for the registry of the tested CLI.
func (w *workspace) writeState(state string) {
	w.t.Helper()
	if acctest.TestedCLI(w.t).Product == cli.OpenTofu {
		state = strings.ReplaceAll(state, "registry.terraform.io", "registry.opentofu.org")
	}
	w.Write("terraform.tfstate", state)
}

func read(t *testing.T, dir, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

const head = `
terraform {
  required_providers {
    talonic = {
      source = "talonicdev/talonic"
    }
  }
}

provider "talonic" {}
`

const binding = `
  name              = "Extracted"
  destination_id    = talonic_delivery_destination.restapi_object_destination.id
  deliverable_type  = "pipeline.capture"
  serializer_format = "json"

  signal_filter {
    event_type = "document.extracted"
  }
`

// destination returns the block of the recorded destinations with additional arguments.
func destination(arguments string) string {
	return `
  name = "Production Webhook"

  webhook {
    url     = "https://erp.example.com/hooks/talonic"
    headers = { "X-Source" = "talonic" }
` + arguments + `
  }
`
}

var credentials = fmt.Sprintf(`
    signing_secret_wo = %q

    auth_bearer {
      token_wo = %q
    }
`, newSecrets["new signing secret"], newSecrets["new token"])

// configuration returns all resources as configured after the move, and a moved block for each.
func (w *workspace) configuration(arguments string) (resources, moves string) {
	for _, a := range w.resources {
		kind, name, _ := strings.Cut(a.target(), ".")
		body := destination(arguments)
		if a.isBinding() {
			body = binding
		}
		resources += fmt.Sprintf("\nresource %q %q {%s}\n", kind, name, body)
		moves += moveOf(a.String(), a.target())
	}
	return head + resources, moves
}

func moveOf(from, to string) string {
	return fmt.Sprintf("\nmoved {\n  from = %s\n  to   = %s\n}\n", from, to)
}

// writes returns the requests that wrote something since the last call.
func (w *workspace) writes() []string {
	var writes []string
	for _, r := range w.api.Requests() {
		if r.Method != http.MethodGet {
			writes = append(writes, r.Method+" "+r.Path)
		}
	}
	w.api.ResetRequests()
	slices.Sort(writes)
	return writes
}

// has fails the test unless every destination has these credentials.
func (w *workspace) has(token, signingSecret string) {
	w.t.Helper()
	for _, d := range w.api.Destinations() {
		if got, _ := w.api.Stored(d.ID); got.AuthConfig["token"] != token || got.SigningSecret != signingSecret {
			w.t.Errorf("the API has other credentials for %s: %v", d.ID, got)
		}
	}
}

// search fails the test if output or files contain an old secret. It skips backups of the old states, which contain the secrets.
func (w *workspace) search(r acctest.Result, beforeApply bool) {
	w.t.Helper()
	contents := secretscan.Contents{}
	contents.Add(secretscan.Stdout, []byte(r.Stdout))
	contents.Add(secretscan.Stderr, []byte(r.Stderr))
	err := contents.AddFiles(w.Dir, func(name string) bool {
		return strings.HasSuffix(name, ".backup") || beforeApply && name == "terraform.tfstate"
	})
	if err != nil {
		w.t.Fatal(err)
	}
	finder := secretscan.NewFinder(oldSecrets)
	for place, all := range contents {
		for _, content := range all {
			for _, finding := range finder.In(content) {
				w.t.Errorf("%v: the %s is in %s", r.Args, finding.Name, place)
			}
		}
	}
}

// change is the planned change of one resource.
type change struct {
	Address         string
	PreviousAddress string `json:"previous_address"`
	Change          struct {
		Actions       []string
		Before, After map[string]any
		Unknown       map[string]any `json:"after_unknown"`
	}
}

// changed returns the names of the changed attributes, sorted.
func (c change) changed() []string {
	var names []string
	for name, before := range c.Change.Before {
		if c.Change.Unknown[name] == true || !cmp.Equal(before, c.Change.After[name]) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// changes returns the changes in a plan, by address.
func (w *workspace) changes(plan string) map[string]change {
	w.t.Helper()
	var shown struct {
		Changes []change `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(w.MustRun("show", "-json", plan).Stdout), &shown); err != nil {
		w.t.Fatal(err)
	}
	all := map[string]change{}
	for _, c := range shown.Changes {
		all[c.Address] = c
	}
	return all
}

var recorded = []string{"current", "earlier"}

// A plan with moved blocks updates only the credentials, which differ. The provider sends them once.
func TestMovedWithCredentials(t *testing.T) {
	t.Parallel()
	for _, dir := range recorded {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, dir)
			w.Setenv("TF_LOG_PROVIDER", "TRACE")
			resources, moves := w.configuration(credentials)
			w.Write("main.tf", resources+moves)
			plan := w.Plan("-out=tfplan")
			w.search(plan, true)
			var puts []string
			changes := w.changes("tfplan")
			for _, a := range w.resources {
				c := changes[a.target()]
				want, names := []string{"update"}, []string{"credentials_updated_at", "updated_at", "webhook"}
				if a.isBinding() {
					want, names = []string{"no-op"}, nil
				}
				if !slices.Equal(c.Change.Actions, want) || !slices.Equal(c.changed(), names) || c.PreviousAddress != a.String() {
					t.Errorf("%s: %v of %v from %q", a.target(), c.Change.Actions, c.changed(), c.PreviousAddress)
				}
			}
			if len(changes) != len(w.resources) {
				t.Errorf("the plan changes %v", slices.Sorted(maps.Keys(changes)))
			}
			for _, d := range w.api.Destinations() {
				puts = append(puts, "PUT /v1/delivery/destinations/"+d.ID)
			}
			slices.Sort(puts)
			if writes := w.writes(); writes != nil {
				t.Errorf("the plan writes: %v", writes)
			}
			w.search(w.MustRun("apply", "tfplan"), false)
			if diff := cmp.Diff(puts, w.writes()); diff != "" {
				t.Errorf("writes (-want +got):\n%s", diff)
			}
			w.has(newSecrets["new token"], newSecrets["new signing secret"])
			w.PlanEmpty()

			// The configuration no longer needs the moved blocks and the other providers.
			w.Write("main.tf", resources)
			w.StandIn()
			w.PlanEmpty()
		})
	}
}

// Without credentials, only the state changes.
func TestMovedWithoutCredentials(t *testing.T) {
	t.Parallel()
	for _, dir := range recorded {
		t.Run(dir, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, dir)
			// Private state of other providers may have any form.
			private := base64.StdEncoding.EncodeToString([]byte(`{"schema_version":1}]`))
			w.writeState(strings.ReplaceAll(string(w.State()), `"private": "bnVsbA=="`, `"private": "`+private+`"`))
			resources, moves := w.configuration("")
			w.Write("main.tf", resources+moves)
			w.search(w.MustRun("plan", "-out=tfplan"), true)
			for at, c := range w.changes("tfplan") {
				if !slices.Equal(c.Change.Actions, []string{"no-op"}) {
					t.Errorf("%s: %v of %v", at, c.Change.Actions, c.changed())
				}
			}
			w.search(w.MustRun("apply", "tfplan"), false)
			if writes := w.writes(); writes != nil {
				t.Errorf("writes: %v", writes)
			}
			w.has(oldSecrets["old token"], oldSecrets["old signing secret"])
			w.PlanEmpty()
		})
	}
}

// If an object cannot be moved, the error contains the reason, and nothing changes.
func TestNotMoved(t *testing.T) {
	t.Parallel()
	const hook, routing = "talonic_delivery_destination.test", "talonic_delivery_binding.test"
	for name, c := range map[string]struct {
		from, to string
		state    func(string) string
		args     []string
		outside  func(*emulator.Emulator)
		says     string
	}{
		"a binding to a destination": {from: "restapi_object.binding", to: hook, says: "manages one of the delivery bindings, not a delivery destination"},
		"a destination to a binding": {from: "restful_resource.destination", to: routing, says: "manages one of the delivery destinations, not a delivery binding"},
		"an id that is no UUID": {from: "restapi_object.destination", to: hook, says: "contains no ID of a delivery destination",
			state: func(s string) string {
				return strings.Replace(s, `"id_attribute": null`, `"id_attribute": null, "id": 1`, 2)
			}},
		"another API": {from: "restapi_object.destination", to: hook, says: "Supported resources: restapi_object (Mastercard/restapi), restful_resource",
			state: func(s string) string { return strings.ReplaceAll(s, `"path": "/v1/delivery/`, `"path": "/v2/things/`) }},
		"another resource": {from: "terraform_data.test", to: hook, says: "a terraform_data of the provider terraform.io/builtin/terraform",
			state: func(s string) string {
				return strings.Replace(s, `"resources": [`, `"resources": [{"mode": "managed", "type": "terraform_data", "name": "test",
          "provider": "provider[\"terraform.io/builtin/terraform\"]", "instances": [{"schema_version": 0, "attributes": {
          "id": "a1b2c3d4-e5f6-7890-abcd-ef1234567890", "input": {"value": "fakeTokenOfGenericProviders", "type": "string"}, "output": null, "triggers_replace": null}}]},`, 1)
			}},
		"a destination without refresh":            {from: "restapi_object.destination", to: hook, args: []string{"-refresh=false"}, says: "plan again without it"},
		"a binding without refresh":                {from: "restapi_object.binding", to: routing, args: []string{"-refresh=false"}, says: "plan again without it"},
		"destroying a destination without refresh": {from: "restapi_object.destination", to: hook, args: []string{"-refresh=false", "-destroy"}, says: "plan again without it"},
		"destroying a binding without refresh":     {from: "restapi_object.binding", to: routing, args: []string{"-refresh=false", "-destroy"}, says: "plan again without it"},
		"an object that is gone": {from: "restapi_object.destination", to: hook, says: "Check the ID, and check that the API key belongs to the right organization",
			outside: func(e *emulator.Emulator) {
				for _, d := range e.Destinations() {
					e.Remove(d.ID)
				}
			}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, "current")
			w.StandIn(append(slices.Clone(sources), "hashicorp/null")...)
			if c.state != nil {
				w.writeState(c.state(string(w.State())))
			}
			if c.outside != nil {
				c.outside(w.api)
			}
			before := string(w.State())
			body := destination(credentials)
			if c.to == routing {
				body = strings.Replace(binding, "talonic_delivery_destination.restapi_object_destination.id", `"`+w.api.Bindings()[0].DestinationID+`"`, 1)
			}
			kind, id, _ := strings.Cut(c.to, ".")
			configuration := head + fmt.Sprintf("resource %q %q {%s}\n", kind, id, body) + moveOf(c.from, c.to)
			for _, a := range w.resources { // the other resources stay
				if a.String() != c.from {
					configuration += fmt.Sprintf("removed {\n  from = %s\n  lifecycle {\n    destroy = false\n  }\n}\n", a)
				}
			}
			w.Write("main.tf", configuration)
			r := w.MustFail(append([]string{"plan"}, c.args...)...)
			if out := strings.Join(strings.Fields(strings.ReplaceAll(r.Stderr, "│", " ")), " "); !strings.Contains(out, c.says) {
				t.Errorf("it does not say %q: %s", c.says, r)
			}
			w.search(r, true)
			if writes := w.writes(); writes != nil || string(w.State()) != before {
				t.Errorf("it changes something: %v", writes)
			}
		})
	}
}

var (
	record    = flag.String("record", "", "the directory of testdata whose state is to be recorded")
	providers = flag.String("providers", "", "the directory of the providers' binaries")
)

// TestRecord records a state as described in testdata/README.md.
func TestRecord(t *testing.T) {
	if *record == "" {
		t.Skip("without -record")
	}
	api := emulator.New(emulator.Behavior{})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": string(read(t, *record, "main.tf"))})
	w.Setenv("TF_VAR_url", server.URL)
	w.TakeProviders(*providers, sources...)
	w.Apply()
	w.MustRun("apply", "-refresh-only", "-auto-approve")
	had, err := json.MarshalIndent(objects{api.Destinations(), api.Bindings()}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string][]byte{"objects.json": append(had, '\n'), "terraform.tfstate": w.State()} {
		if err := os.WriteFile(filepath.Join("testdata", *record, name), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
