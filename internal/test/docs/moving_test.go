package docs_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// TestImportingInstead follows the section about import. terraform_data replaces the generic provider, because its state contains the same
// data. The test creates the destination over HTTP with the data of the guide.
func TestImportingInstead(t *testing.T) {
	t.Parallel()
	page := readMovingGuide(t)
	for name, forget := range map[string]func(m *moved){
		"removed block": func(m *moved) { m.write("moving.tf", page.files["moving.tf"]) },
		"state rm":      func(m *moved) { m.MustRun("state", "rm", "terraform_data.erp") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := newMoved(t, page)
			m.remove("before.tf")
			forget(m)
			m.write("destinations.tf", page.files["destinations.tf"])
			m.takeOver(page)
			m.addCredentials(page.files["credentials.tf"])
		})
	}
}

const movingFromGeneric = "docs/guides/moving-from-a-generic-rest-provider.md"

// movingGuide holds the files and commands of the guide.
type movingGuide struct {
	data     string            // an expression
	files    map[string]string // by the names in the first lines of the files
	commands [][]string        // in the section about import
	plan     string            // expected output of the first plan of that section

	moves      [][]string // commands in the section about moved blocks
	movedPlan  string     // expected summary of the first plan of that section
	movedQuote string     // expected output of that plan about the resource
}

func readMovingGuide(t *testing.T) movingGuide {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, movingFromGeneric))
	if err != nil {
		t.Fatal(err)
	}
	moving, importing, ok := strings.Cut(string(content), "\n## Importing instead\n")
	if !ok {
		t.Fatal("there is no section on import")
	}
	steps := fenced(movingFromGeneric, string(content))
	guide := movingGuide{files: map[string]string{}, commands: commandsOf(importing), moves: commandsOf(moving)}
	for _, step := range steps {
		if step.language == "text" {
			guide.movedQuote = step.text
		}
		if name, _, ok := strings.Cut(strings.TrimPrefix(step.text, "# "), "\n"); ok && step.language == "terraform" {
			guide.files[name] = step.text
		}
	}
	data := regexp.MustCompile(`(?s)\n  data = (jsonencode\(.*\))\n}`).FindStringSubmatch(guide.files["before.tf"])
	if data == nil {
		t.Fatal("there is no data in before.tf")
	}
	plan := regexp.MustCompile("`(1 to import, [^`]*)`").FindStringSubmatch(string(content))
	if plan == nil {
		t.Fatal("the guide does not say what the plan has to say")
	}
	movedPlan := regexp.MustCompile("`(0 to add, [^`]*)`").FindStringSubmatch(moving)
	if movedPlan == nil || guide.movedQuote == "" {
		t.Fatal("the guide does not say what the plan has to say after a move")
	}
	guide.data, guide.plan, guide.movedPlan = data[1], plan[1], movedPlan[1]
	return guide
}

// moved is a workspace in which the test follows the guide.
type moved struct {
	*acctest.Workspace
	t   *testing.T
	api *emulator.Emulator
	id  string
}

// The secrets in the old state, and their new values.
var (
	oldSecrets = map[string]string{"token": "fakeOldToken1a2b3c4d", "signing_secret": "whsec_fakeOld5e6f7a8b"}
	newSecrets = map[string]string{"token": "fakeNewToken9c8d7e6f", "signing_secret": "whsec_fakeNew5a4b3c2d"}
)

// newMoved returns a workspace with a destination, and a state that contains the data of the create.
func newMoved(t *testing.T, guide movingGuide) *moved {
	t.Helper()
	api := emulator.New(emulator.Behavior{FillDefaults: true, RefuseUnknownKeys: true})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	m := &moved{Workspace: acctest.NewWorkspace(t, nil), t: t, api: api}
	m.Setenv("TALONIC_BASE_URL", server.URL)
	m.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	m.give(oldSecrets)
	m.write("before.tf", `
variable "token" {
  sensitive = true
}

variable "signing_secret" {
  sensitive = true
}

resource "terraform_data" "erp" {
  input = `+guide.data+`
}

output "data" {
  value     = terraform_data.erp.output
  sensitive = true
}
`)
	m.Apply()
	if m.inState(oldSecrets) != len(oldSecrets) {
		t.Error("the old state does not hold the secrets, so that there is nothing to take out")
	}
	m.id = post(t, server.URL, m.MustRun("output", "-raw", "data").Stdout)
	api.ResetRequests()
	return m
}

// post creates a destination as a generic provider does, and returns its ID.
func post(t *testing.T, url, body string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/v1/delivery/destinations", strings.NewReader(body))
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
	var created struct{ ID string }
	if err := json.NewDecoder(response.Body).Decode(&created); err != nil || response.StatusCode != http.StatusCreated {
		t.Fatal(response.Status, err)
	}
	return created.ID
}

// takeOver runs the commands of the guide. The first plan must match the guide, and the last plan must be empty. No command may write to the
// API.
func (m *moved) takeOver(guide movingGuide) {
	m.t.Helper()
	var plans []string
	for _, args := range guide.commands {
		switch args[0] {
		case "init": // would look for a release in a registry
		case "apply":
			m.MustRun(append(args, "-auto-approve")...)
		case "plan":
			plans = append(plans, m.MustRun(args...).Stdout)
		default:
			m.t.Errorf("the guide has the reader run %q, which is not tried", args)
		}
	}
	if len(plans) != 2 || !strings.Contains(plans[0], "Plan: "+guide.plan) {
		m.t.Errorf("the guide has the reader plan twice, and expect %q at first:\n%s", guide.plan, strings.Join(plans, "\n"))
	}
	m.PlanEmpty()
	if slices.ContainsFunc(m.api.Requests(), func(r emulator.Request) bool { return r.Method != http.MethodGet }) {
		m.t.Error("something was written")
	}
	if m.inState(oldSecrets) > 0 {
		m.t.Error("the state still holds the old secrets")
	}
	if got, _ := m.api.Stored(m.id); got.AuthConfig["token"] != oldSecrets["token"] || got.SigningSecret != oldSecrets["signing_secret"] {
		m.t.Errorf("the API has other credentials than before: %v", got)
	}
}

// addCredentials removes the blocks that are no longer needed, and adds new secrets.
func (m *moved) addCredentials(hcl string) {
	m.t.Helper()
	m.remove("moving.tf")
	m.write("destinations.tf", hcl)
	m.write("rest.tf", rest(hcl))
	m.give(newSecrets)
	m.Apply()
	m.PlanEmpty()
	if got, _ := m.api.Stored(m.id); got.AuthConfig["token"] != newSecrets["token"] || got.SigningSecret != newSecrets["signing_secret"] {
		m.t.Errorf("the API does not have the new credentials: %v", got)
	}
	if m.inState(newSecrets) > 0 {
		m.t.Error("the state holds the new secrets")
	}
	writes := slices.DeleteFunc(m.api.Requests(), func(r emulator.Request) bool { return r.Method == http.MethodGet })
	if len(writes) != 1 || writes[0].Method != http.MethodPut {
		m.t.Errorf("%d requests wrote something, not one", len(writes))
	}
	if all := m.api.Destinations(); len(all) != 1 || all[0].ID != m.id {
		m.t.Errorf("the API has other destinations than before: %v", all)
	}
}

// write writes a file of the guide with the real address and ID in place of the placeholders.
func (m *moved) write(name, hcl string) {
	m.t.Helper()
	m.Write(name, strings.NewReplacer("restapi_object.", "terraform_data.", "a1b2c3d4-e5f6-7890-abcd-ef1234567890", m.id).Replace(hcl))
}

func (m *moved) remove(name string) {
	m.t.Helper()
	if err := os.RemoveAll(filepath.Join(m.Dir, name)); err != nil {
		m.t.Fatal(err)
	}
}

func (m *moved) give(secrets map[string]string) {
	for name, value := range secrets {
		m.Setenv("TF_VAR_"+name, value)
	}
}

// inState returns the number of secrets that the state contains.
func (m *moved) inState(secrets map[string]string) int {
	m.t.Helper()
	state, found := m.State(), 0
	for _, value := range secrets {
		if bytes.Contains(state, []byte(value)) {
			found++
		}
	}
	return found
}
