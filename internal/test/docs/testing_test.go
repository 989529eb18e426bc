package docs_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

const (
	selfService  = "docs/guides/self-service.md"
	testingGuide = "docs/guides/testing.md"
)

// given holds secrets for the destinations of examples/self_service.
const given = `{"erp_signing_secret":"one","erp_token":"two","archive_secret_access_key":"three",` +
	`"bank_private_key":"-----BEGIN OPENSSH PRIVATE KEY-----\nZXhhbXBsZQ==\n-----END OPENSSH PRIVATE KEY-----\n"}`

// newSelfService returns a copy of examples/self_service, and an API that accepts commands.
func newSelfService(t *testing.T) (*acctest.Workspace, *emulator.Emulator, string) {
	t.Helper()
	api := emulator.New(emulator.Behavior{})
	api.EnableAdmin()
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	w := acctest.NewWorkspace(t, nil)
	w.CopyDir(filepath.Join(root, "examples", "self_service"))
	w.Setenv("TALONIC_BASE_URL", server.URL)
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	w.Setenv("TF_VAR_secrets", given)
	return w, api, server.URL
}

func page(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// The guide shows an entry of the example, and mistakes in the entry cause the errors in the guide.
func TestSelfServiceGuide(t *testing.T) {
	t.Parallel()
	guide, entries := page(t, selfService), page(t, "examples/self_service/destinations.yaml")
	var entry string
	for _, b := range fenced(selfService, guide) {
		if b.language == "yaml" {
			entry = b.text
		}
	}
	if entry == "" || !strings.Contains(entries, entry) {
		t.Errorf("destinations.yaml does not have:\n%s", entry)
	}
	w, _, _ := newSelfService(t)
	w.Write("destinations.yaml", strings.Replace(entry, "token_from:", "token:", 1))
	printed := w.Normalize(w.MustFail("plan").Output())
	if quote := fenced(selfService, sectionOf(t, guide, "## Mistakes"))[0]; !quoted(quote.text, []string{printed}) {
		t.Errorf("%s was not printed:\n%s", quote, printed)
	}
}

// The quotes of the guide are parts of the example, and the programs that it starts exist.
func TestTestingGuideNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	guide := page(t, testingGuide)
	shown := ""
	for _, name := range []string{"main.tf", "tests/mocks.tftest.hcl", "tests/emulator.tftest.hcl"} {
		shown += page(t, "examples/self_service/"+name)
	}
	for _, b := range fenced(testingGuide, guide) {
		if b.language == "hcl" && !strings.Contains(shown, b.text) {
			t.Errorf("%s: examples/self_service does not have:\n%s", b, b.text)
		}
	}
	for _, at := range regexp.MustCompile(`internal/cmd/emulator(/Containerfile)?`).FindAllString(guide, -1) {
		if _, err := os.Stat(filepath.Join(root, filepath.FromSlash(at))); err != nil {
			t.Error(err)
		}
	}
	releaser := page(t, ".goreleaser.yml")
	for _, name := range []string{`name_template: "talonic-emulator_{{ .Version }}_{{ .Os }}_{{ .Arch }}"`, "binary: talonic-emulator\n"} {
		if !strings.Contains(releaser, name) {
			t.Errorf(".goreleaser.yml does not have %s", name)
		}
	}
}

var command = regexp.MustCompile(`^curl -fsS (?:--json '([^']+)'|-X POST) http://127\.0\.0\.1:8787(/\S+)$`)

// The guide's commands to a running emulator have the effects that the guide describes.
func TestTestingGuideChangesTheEmulator(t *testing.T) {
	t.Parallel()
	section := fenced(testingGuide, sectionOf(t, page(t, testingGuide), "## Change the emulator while it runs"))
	w, api, url := newSelfService(t)
	delivered := make(chan string, 8)
	api.StartDeliveries(emulator.Deliveries{OnAttempt: func(a emulator.Attempt) { delivered <- a.Status }})
	t.Cleanup(api.StopDeliveries)
	commands := 0
	for line := range strings.Lines(section[0].text) {
		line = strings.TrimSpace(line)
		switch posted := command.FindStringSubmatch(line); {
		case line == "terraform apply -auto-approve":
			w.Apply()
			for _, d := range api.Destinations() { // The receivers of the example do not exist.
				api.SetDeliveryOutcome(d.ID, &emulator.DeliveryOutcome{HTTPStatus: http.StatusOK})
			}
		case posted != nil:
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+posted[2], strings.NewReader(posted[1]))
			if err != nil {
				t.Fatal(err)
			}
			if posted[1] != "" {
				request.Header.Set("Content-Type", "application/json")
			}
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			response.Body.Close()
			if response.StatusCode >= 300 {
				t.Errorf("%s: %s", line, response.Status)
			}
			commands++
		case line == "TALONIC_API_KEY=tlnc_reader terraform plan":
			w.Setenv("TALONIC_API_KEY", "tlnc_reader")
		case line != "" && !strings.HasPrefix(line, "# "):
			t.Fatalf("a command that is not known here: %s", line)
		}
	}
	if commands != len(emulator.AdminCommands()) {
		t.Errorf("the guide has %d commands, and the emulator %d", commands, len(emulator.AdminCommands()))
	}
	if err := api.WaitForDeliveries(t.Context()); err != nil || len(delivered) == 0 {
		t.Errorf("%d deliveries, %v", len(delivered), err)
	}
	printed := w.Normalize(w.MustRun("plan", "-out=tfplan").Output())
	for _, quote := range section[1:] {
		if !quoted(normalized(quote.text), []string{normalized(printed)}) {
			t.Errorf("%s was not printed:\n%s", quote, printed)
		}
	}
	if r := w.MustFail("apply", "tfplan"); !strings.Contains(r.Output(), "403 Forbidden") {
		t.Errorf("the read-only key writes:\n%s", r)
	}
	var plan struct {
		Checks []struct{ Status string }
	}
	if err := json.Unmarshal([]byte(w.MustRun("show", "-json", "tfplan").Stdout), &plan); err != nil {
		t.Fatal(err)
	}
	fails := 0
	for _, check := range plan.Checks {
		if check.Status == "fail" {
			fails++
		}
	}
	if fails != 1 {
		t.Errorf("of the checks of the plan, %d failed: %+v", fails, plan.Checks)
	}
}

// TestTestingGuideLimits checks the guide's statements about mocks and tests, and which of them apply only to OpenTofu.
func TestTestingGuideLimits(t *testing.T) {
	t.Parallel()
	const (
		destination = "resource \"talonic_delivery_destination\" \"this\" {\n  for_each = toset([\"erp\"])\n  name = \"ERP\"\n  is_active = true\n" +
			"  webhook {\n    url = \"https://erp.example.com\"\n  }\n}\n"
		run    = "run \"one\" {\n  assert {\n    condition = talonic_delivery_destination.this[\"erp\"].type == \"webhook\"\n    error_message = \"another type\"\n  }\n}\n"
		plan   = "run \"one\" {\n  command = plan\n  assert {\n    condition = talonic_delivery_destination.this[\"erp\"].type == \"webhook\"\n    error_message = \"another type\"\n  }\n}\n"
		values = "  values = {\n    id = \"a\"\n  }\n}\n"
	)
	isTofu := acctest.TestedCLI(t).Product == cli.OpenTofu
	mock := func(more, defaults string) string {
		return "mock_provider \"talonic\" {\n" + more + "  mock_resource \"talonic_delivery_destination\" {\n    defaults = {\n" + defaults + "    }\n  }\n}\n"
	}
	const webhook = "      type = \"webhook\"\n"
	ephemeral := "variable \"given\" {\n  default   = \"a\"\n  ephemeral = true\n}\n"
	oldest := ""
	if acctest.TestedCLI(t).Version.Segments()[1] == 11 {
		oldest = "The ephemeral input variable \"given\" was not set during the plan"
	}
	for name, c := range map[string]struct {
		config, test    string
		terraform, tofu string // the error, or empty
	}{
		"ephemeral variable left out": {ephemeral + destination, mock("", webhook) + run, oldest, ""},
		"ephemeral variable set":      {ephemeral + destination, mock("", webhook) + "variables {\n  given = \"a\"\n}\n" + run, "", ""},
		"without defaults":            {destination, "mock_provider \"talonic\" {}\n" + run, "another type", "another type"},
		"with defaults":               {destination, mock("", webhook) + run, "", ""},
		"override, no defaults":       {destination, mock("", webhook) + "override_resource {\n  target = talonic_delivery_destination.this\n" + values + run, "another type", "another type"},
		"override of one":             {destination, mock("", webhook) + "override_resource {\n  target = talonic_delivery_destination.this[\"erp\"]\n" + values, "", "Resource instance address with keys is not allowed"},
		"default and argument":        {destination, mock("", webhook+"      is_active = false\n") + run, "", "Invalid mock/override field"},
		"unknown while planning":      {destination, mock("", webhook) + plan, "Unknown condition value", ""},
		"override_during":             {destination, mock("  override_during = plan\n", webhook) + plan, "", "Unsupported argument"},
		"moved from what is there": {
			destination + "moved {\n  from = talonic_delivery_destination.this[\"erp\"]\n  to = talonic_delivery_destination.this[\"other\"]\n}\n",
			mock("", webhook) + run, "Moved object still exists", "Moved object still exists",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t, map[string]string{"main.tf": c.config, "rest.tf": rest(c.config), "main.tftest.hcl": c.test})
			want := c.terraform
			if isTofu {
				want = c.tofu
			}
			if want == "" {
				w.MustRun("test")
			} else if r := w.MustFail("test"); !strings.Contains(r.Output(), want) {
				t.Errorf("it does not say %q:\n%s", want, r)
			}
		})
	}
}
