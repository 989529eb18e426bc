package docs_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

const (
	applyingWhatWasReviewed = "docs/guides/applying-what-was-reviewed.md"
	placeholder             = "placeholder"
)

// otherVariables declares variables in the way that the guide advises against.
const otherVariables = `
variable "with_default" {
  ephemeral = true
  default   = "default-in-clear-text"
}

variable "stored" {
  sensitive = true
  default   = "sensitive-in-clear-text"
}
`

// review has the two jobs of the guide: the first with a read-only key and without secrets, the second with a full key and secrets.
type review struct {
	t               *testing.T
	page            string
	api             *emulator.Emulator
	planning, apply *acctest.Workspace
	printed         []string // by both jobs
}

func newReview(t *testing.T) *review {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, applyingWhatWasReviewed))
	if err != nil {
		t.Fatal(err)
	}
	r := &review{t: t, page: string(content), api: emulator.New(emulator.Behavior{})}
	server := httptest.NewServer(acctest.WithReadKey(r.api))
	t.Cleanup(server.Close)
	hcl := fenced(applyingWhatWasReviewed, sectionOf(t, r.page, "## Prerequisites"))[0].text
	r.planning, r.apply = acctest.NewWorkspace(t, nil), acctest.NewWorkspace(t, nil)
	for w, key := range map[*acctest.Workspace]string{r.planning: acctest.ReadKey, r.apply: emulator.DefaultAPIKey} {
		w.Write("main.tf", hcl)
		w.Write("rest.tf", rest(hcl)+otherVariables)
		w.Setenv("TALONIC_BASE_URL", server.URL)
		w.Setenv("TALONIC_API_KEY", key)
	}
	r.secrets(r.planning, placeholder, placeholder)
	r.secrets(r.apply, "fakeToken01a2b3c4", "whsec_fake01a2b3c4")
	return r
}

func (r *review) secrets(w *acctest.Workspace, token, signingSecret string) {
	w.Setenv("TF_VAR_token", token)
	w.Setenv("TF_VAR_signing_secret", signingSecret)
}

// edit changes the configuration of both jobs.
func (r *review) edit(old, replacement string) {
	r.t.Helper()
	content, err := os.ReadFile(filepath.Join(r.planning.Dir, "main.tf"))
	if err != nil || !strings.Contains(string(content), old) {
		r.t.Fatal(old, err)
	}
	for _, w := range []*acctest.Workspace{r.planning, r.apply} {
		w.Write("main.tf", strings.ReplaceAll(string(content), old, replacement))
	}
}

// plan runs the commands of the section "Plan" in the first job, copies the plan file to the second job, and returns the JSON.
func (r *review) plan() string {
	r.t.Helper()
	commands := commandsOf(sectionOf(r.t, r.page, "## Plan"))
	if len(commands) != 3 {
		r.t.Fatalf("commands: %q", commands)
	}
	r.copy("terraform.tfstate", r.apply, r.planning)
	r.printed = append(r.printed, r.planning.Normalize(r.planning.MustRun(commands[0]...).Output()))
	r.planning.MustRun(commands[1]...)
	r.copy("tfplan", r.planning, r.apply)
	return r.planning.MustRun(commands[2]...).Stdout
}

// copy copies a file if it exists.
func (r *review) copy(name string, from, to *acctest.Workspace) {
	r.t.Helper()
	if content, err := os.ReadFile(filepath.Join(from.Dir, name)); err == nil {
		to.Write(name, string(content))
	}
}

// applyPlan runs the command of the section "Apply" in the second job.
func (r *review) applyPlan() acctest.Result {
	r.t.Helper()
	commands := commandsOf(sectionOf(r.t, r.page, "## Apply"))
	if len(commands) != 1 {
		r.t.Fatalf("commands: %q", commands)
	}
	result := r.apply.Run(commands[0]...)
	r.printed = append(r.printed, r.apply.Normalize(result.Output()))
	return result
}

// carry counts the requests that contain a text.
func (r *review) carry(text string) int {
	n := 0
	for _, request := range r.api.Requests() {
		if strings.Contains(string(request.Body), text) {
			n++
		}
	}
	return n
}

// quotes checks that the CLI has printed the quotes of a section.
func (r *review) quotes(heading string) {
	r.t.Helper()
	printed := make([]string, len(r.printed))
	for i, text := range r.printed {
		printed[i] = normalized(text)
	}
	found := 0
	section := sectionOf(r.t, r.page, heading)
	for _, b := range append(fenced(applyingWhatWasReviewed, section), inLists(section)...) {
		if b.language != "text" {
			continue
		}
		found++
		if !quoted(normalized(b.text), printed) {
			r.t.Errorf("%s: not printed:\n%s\n%s", heading, b.text, strings.Join(r.printed, "\n"))
		}
	}
	if found == 0 {
		r.t.Errorf("%s quotes nothing", heading)
	}
}

// inLists returns the fenced blocks in the lists of a text.
func inLists(text string) []block {
	var found []block
	for _, match := range indentedStep.FindAllStringSubmatch(text, -1) {
		found = append(found, block{language: match[1], text: strings.ReplaceAll("\n"+match[2], "\n   ", "\n")[1:]})
	}
	return found
}

// TestApplyingWhatWasReviewed follows the guide in its two jobs: from the first apply to a rotation.
func TestApplyingWhatWasReviewed(t *testing.T) {
	t.Parallel()
	r := newReview(t)
	checkPlanJSON(t, r.plan())
	if result := r.applyPlan(); result.ExitCode != 0 {
		t.Fatal(result)
	}
	r.quotes("## Plan")
	r.quotes("## Apply")

	r.plan()
	r.secrets(r.apply, "fakeToken-not-to-be-sent", "whsec_fake-not-to-be-sent")
	r.applyPlan()

	r.edit("credentials_wo_version = 1", "credentials_wo_version = 2")
	r.plan()
	r.secrets(r.apply, "fakeToken05d6e7f8", "whsec_fake05d6e7f8")
	if result := r.applyPlan(); result.ExitCode != 0 {
		t.Fatal(result)
	}
	r.quotes("## Rotating a secret")

	for text, want := range map[string]int{"fakeToken01a2b3c4": 1, "whsec_fake01a2b3c4": 1, "fakeToken05d6e7f8": 1, "whsec_fake05d6e7f8": 1, "not-to-be-sent": 0, placeholder: 0} {
		if got := r.carry(text); got != want {
			t.Errorf("%d requests carry %q, want %d", got, text, want)
		}
	}
	finder := secretscan.NewFinder(map[string]string{
		"first token": "fakeToken01a2b3c4", "second token": "fakeToken05d6e7f8", "first signing secret": "whsec_fake01a2b3c4", "second signing secret": "whsec_fake05d6e7f8",
	})
	contents := secretscan.Contents{}
	for _, w := range []*acctest.Workspace{r.planning, r.apply} {
		if err := contents.AddFiles(w.Dir, func(name string) bool { return strings.HasSuffix(name, ".tf") }); err != nil {
			t.Fatal(err)
		}
	}
	for place, texts := range contents {
		for _, text := range texts {
			for _, found := range finder.In(text) {
				t.Errorf("%s: %v", place, found)
			}
		}
	}
	if len(contents[secretscan.Plan]) == 0 {
		t.Error("no saved plan was searched")
	}
}

// TestApplyingWhatWasNotReviewed gives the second job files or values that differ from the guide.
func TestApplyingWhatWasNotReviewed(t *testing.T) {
	t.Parallel()
	_, table, _ := strings.Cut(newReview(t).page, "\n## Errors of the apply\n")
	for name, c := range map[string]struct {
		happens func(*review)
		title   string
	}{
		"placeholder": {func(r *review) { r.secrets(r.apply, placeholder, placeholder) }, "Invalid value for variable"},
		"empty":       {func(r *review) { r.secrets(r.apply, "", "whsec_fake01a2b3c4") }, "Empty argument"},
		"not set":     {func(r *review) { r.apply.Unsetenv("TF_VAR_token") }, "No value for required variable"},
		"tried before": {func(r *review) {
			r.secrets(r.apply, placeholder, placeholder)
			r.applyPlan()
			r.secrets(r.apply, "fakeToken01a2b3c4", "whsec_fake01a2b3c4")
		}, "Saved plan is stale"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReview(t)
			r.plan()
			c.happens(r)
			if result := r.applyPlan(); result.ExitCode != 1 || !strings.Contains(result.Output(), c.title) {
				t.Errorf("%s, want %q", result, c.title)
			}
			for _, request := range r.api.Requests() {
				if request.Method != http.MethodGet {
					t.Errorf("%s %s was sent", request.Method, request.Path)
				}
			}
			if !strings.Contains(table, "`"+c.title+"`") {
				t.Errorf("the guide does not name %q", c.title)
			}
		})
	}
}

// TestApplyingACheckout shows that an apply uses the configuration in the plan file, not the configuration in its directory.
func TestApplyingACheckout(t *testing.T) {
	t.Parallel()
	r := newReview(t)
	r.plan()
	r.apply.Write("main.tf", strings.ReplaceAll(fenced(applyingWhatWasReviewed, sectionOf(t, r.page, "## Prerequisites"))[0].text, "erp.example.com", "other.example.com"))
	if result := r.applyPlan(); result.ExitCode != 0 {
		t.Fatal(result)
	}
	if url := r.api.Destinations()[0].Config["url"]; url != "https://erp.example.com/hooks/talonic" {
		t.Errorf("the destination has the URL %v", url)
	}
}

// TestApplyingHashTracked shows the behavior of hash-tracked credentials: every plan shows that the credentials may be sent, and the apply
// decides.
func TestApplyingHashTracked(t *testing.T) {
	t.Parallel()
	const hashTracked = "## Hash-tracked credentials"
	r := newReview(t)
	r.edit("credentials_wo_version = 1 # increment to rotate", "")
	r.plan()
	r.applyPlan()
	r.printed = nil
	r.plan()
	r.quotes(hashTracked)
	if result := r.applyPlan(); result.ExitCode != 0 || r.carry("fakeToken01a2b3c4") != 1 {
		t.Errorf("unchanged, but sent %d times: %s", r.carry("fakeToken01a2b3c4"), result)
	}
	r.printed = nil
	r.plan()
	r.quotes(hashTracked)
	r.secrets(r.apply, "fakeToken05d6e7f8", "whsec_fake05d6e7f8")
	if result := r.applyPlan(); result.ExitCode != 0 || r.carry("fakeToken05d6e7f8") != 1 {
		t.Errorf("changed, but sent %d times: %s", r.carry("fakeToken05d6e7f8"), result)
	}
	if r.carry(placeholder) != 0 {
		t.Error("the placeholder was sent")
	}
}

// TestPlaceholders shows the output of plans with placeholders where a secret must have a certain form.
func TestPlaceholders(t *testing.T) {
	t.Parallel()
	r := newReview(t)
	for text, want := range map[string]string{
		`azure_blob {
 account_name = "example"
 container = "deliveries"
 auth_account_key {
 account_key_wo = var.token
 }
}`: "Secret has an unexpected form",
		`custom {
 type = "google_sheets"
 auth_config_wo = var.token
}`: "Not a JSON object",
		`custom {
 type = "google_sheets"
 auth_config_wo = var.token == "placeholder" ? "{}" : var.token
}`: "",
	} {
		r.planning.Write("main.tf", variables+destination("Production Webhook", pinned+text+"\n"))
		r.planning.Write("rest.tf", rest(""))
		output := r.planning.Normalize(r.planning.Run("plan").Output())
		if planned := strings.Contains(output, "Plan: 1 to add"); planned != (want != "Not a JSON object") || !strings.Contains(output, want) ||
			want == "" && strings.Contains(output, "Warning:") {
			t.Errorf("%s\nwant %q:\n%s", text, want, output)
		}
		if want != "" && !strings.Contains(r.page, "`"+want+"`") {
			t.Errorf("the guide does not name %q", want)
		}
	}
}

// checkPlanJSON checks the guide's statements about the JSON of a plan.
func checkPlanJSON(t *testing.T, text string) {
	t.Helper()
	if strings.Contains(strings.ReplaceAll(text, `!= \"placeholder\"`, ""), `"`+placeholder+`"`) {
		t.Error("the plan holds the placeholder")
	}
	var tree any
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		t.Fatal(err)
	}
	if value, _ := at(tree, "variables.token.value"); value != nil {
		t.Errorf("the plan holds the token %v", value)
	}
	for path, want := range map[string]any{
		"variables.with_default.value":                                                               "default-in-clear-text",
		"variables.stored.value":                                                                     "sensitive-in-clear-text",
		"resource_changes.0.change.after.has_auth_config":                                            true,
		"resource_changes.0.change.after.has_signing_secret":                                         true,
		"resource_changes.0.change.after_unknown.credentials_updated_at":                             true,
		"resource_changes.0.change.after.webhook.0.signing_secret_wo":                                nil,
		"resource_changes.0.change.after.webhook.0.auth_bearer.0.token_wo":                           nil,
		"resource_changes.0.change.after_sensitive.webhook.0.signing_secret_wo":                      true,
		"resource_changes.0.change.after_sensitive.webhook.0.auth_bearer.0.token_wo":                 true,
		"configuration.root_module.resources.0.expressions.webhook.0.signing_secret_wo.references.0": "var.signing_secret",
	} {
		if got, ok := at(tree, path); !ok || got != want {
			t.Errorf("%s is %v (there: %v), want %v", path, got, ok, want)
		}
	}
}

// at returns the value at a path of a JSON document.
func at(value any, path string) (any, bool) {
	for key := range strings.SplitSeq(path, ".") {
		switch v := value.(type) {
		case map[string]any:
			inner, ok := v[key]
			if !ok {
				return nil, false
			}
			value = inner
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(v) {
				return nil, false
			}
			value = v[i]
		default:
			return nil, false
		}
	}
	return value, true
}
