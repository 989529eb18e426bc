package examples_test

import (
	"cmp"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

const policies = "policies/policy"

// run runs a program in a directory with some more variables, and returns what it prints and how it ends.
func run(t *testing.T, dir string, env []string, name string, args ...string) (output string, code int) {
	t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir = dir
	cmd.Env = slices.Concat(os.Environ(), acctest.NoGC, env)
	out, err := cmd.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
	return string(out), cmd.ProcessState.ExitCode()
}

// TestPoliciesThemselves runs the unit tests of the policies with both programs. They cover every line.
func TestPoliciesThemselves(t *testing.T) {
	t.Parallel()
	opa, conftest := acctest.Tool(t, "opa"), acctest.Tool(t, "conftest")
	w := acctest.NewWorkspace(t, nil)
	w.CopyDir("policies")
	for _, command := range [][]string{
		{opa, "check", "--strict", "policy"},
		{opa, "fmt", "--fail", "--list", "policy"},
		{opa, "test", "policy"},
		{opa, "test", "--coverage", "--threshold", "100", "policy"},
		{conftest, "verify", "--no-color"},
	} {
		if out, code := run(t, w.Dir, nil, command[0], command[1:]...); code != 0 {
			t.Errorf("%q ends with %d:\n%s", command, code, out)
		}
	}
	rules, err := filepath.Glob(filepath.Join(policies, "*.rego"))
	if err != nil || len(rules) == 0 {
		t.Fatal(rules, err)
	}
	for _, name := range rules {
		test := strings.TrimSuffix(name, ".rego") + "_test.rego"
		isPolicy := !strings.HasSuffix(name, "_test.rego") && !slices.Contains([]string{"plan.rego", "settings.rego"}, filepath.Base(name))
		if isPolicy && !slices.Contains(rules, test) {
			t.Errorf("%s has no unit tests", name)
		}
	}
}

// TestPoliciesPage compares the verdict that the page shows with that of a plan, and its table with the policies.
func TestPoliciesPage(t *testing.T) {
	t.Parallel()
	read := func(name string) string {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	page := read("policies/README.md")
	if verdict, _, _ := strings.Cut(read("testdata/policies/replaced.golden"), "\n"); !strings.Contains(page, "\n   "+verdict+"\n") {
		t.Errorf("the page does not show the verdict %q", verdict)
	}
	files, err := filepath.Glob(filepath.Join(policies, "*.rego"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		_, name, ok := strings.Cut(read(file), "\npackage talonic.policies.")
		name, _, _ = strings.Cut(name, "\n")
		if ok && !strings.HasSuffix(name, "_test") && !strings.Contains(page, "`"+name+"`") {
			t.Errorf("the page does not name the policy %q", name)
		}
	}
}

// The configurations that the plans are made of.
const (
	guarded = requiredProviders + `
provider "talonic" {
  default_deletion_policy = "prevent"
}

variable "signing_secret" {
  type      = string
  sensitive = true
  ephemeral = true
}

variable "in_the_plan" {
  type      = string
  sensitive = true
  default   = "sensitive-but-stored"
}

resource "terraform_data" "url" {
  input = "https://known-later.example.com"
}
`
	signedERP = `
resource "talonic_delivery_destination" "erp" {
  name                   = "ERP"
  credentials_wo_version = 1

  webhook {
    url               = "https://erp.example.com/hooks/talonic"
    signing_secret_wo = var.signing_secret
  }
}
`
	archive = `
resource "talonic_delivery_destination" "archive" {
  name                   = "Archive"
  credentials_wo_version = 1

  s3 {
    bucket = "example-archive"
    region = "eu-central-1"

    auth_access_key {
      access_key_id        = "AKIAIOSFODNN7EXAMPLE"
      secret_access_key_wo = var.signing_secret
    }
  }
}
`
	boundERP = signedERP + `
resource "talonic_delivery_binding" "erp" {
  name              = "ERP"
  deliverable_type  = "markdown"
  serializer_format = "json"
  destination_id    = talonic_delivery_destination.erp.id

  signal_filter {
    event_type = "document.extracted"
  }
}
`
)

// replaced is a configuration with some of its text replaced.
func replaced(text string, oldnew ...string) string {
	return strings.NewReplacer(oldnew...).Replace(text)
}

// TestPolicies judges plans that the CLI makes, with conftest and with OPA.
func TestPolicies(t *testing.T) {
	t.Parallel()
	const production, label = `{"review": {"workspace": "production"}}`, `{"review": {"workspace": "production", "labels": ["approved-destroy"]}}`
	deletable := replaced(boundERP, "\n  webhook", "  deletion_policy = \"disable\"\n\n  webhook")
	becomesArchive := replaced(deletable, signedBlock(signedERP), signedBlock(archive))
	for name, c := range map[string]struct {
		before, after string
		review        string
		others        []emulator.Binding // of another state, made after the first apply
		fails         bool
	}{
		"good":            {after: signedERP + archive, review: production},
		"unencrypted":     {after: replaced(signedERP, "https:", "http:") + sheets(`{ url = "http://sheets.example.com" }`), review: production, fails: true},
		"unsigned":        {after: replaced(signedERP, "    signing_secret_wo = var.signing_secret\n", ""), review: production, fails: true},
		"public":          {after: replaced(archive, "region = ", "public_read = true\n region = "), review: production, fails: true},
		"payload_cap":     {after: replaced(signedERP, "webhook {", "payload_cap_bytes = 20000000\n webhook {"), review: production, fails: true},
		"secret_url":      {after: replaced(signedERP, "erp.example.com/hooks/talonic", "hooks.slack.com/services/T00/B00/x81kP0qLm5"), review: production, fails: true},
		"production":      {after: inDevelopment, review: production, fails: true},
		"development":     {after: inDevelopment, review: `{"review": {"workspace": "dev"}}`},
		"replaced":        {before: deletable, after: becomesArchive, review: production, fails: true},
		"replaced_labels": {before: deletable, after: becomesArchive, review: label},
		"deleted":         {before: deletable, review: production, fails: true},
		"deleted_elsewhere": {
			before: replaced(signedERP, "\n  webhook", "  deletion_policy = \"delete\"\n\n  webhook"), after: "\ndata \"talonic_delivery_bindings\" \"all\" {}\n", review: production, fails: true,
			others: []emulator.Binding{{
				Name: "Invoices", SignalFilter: map[string]any{"event_type": "document.extracted"}, DeliverableType: "markdown", SerializerFormat: "json",
			}},
		},
		"abandoned": {before: replaced(deletable, `"disable"`, `"abandon"`), review: production},
		"secrets":   {after: replaced(signedERP, "var.signing_secret", "var.in_the_plan") + replaced(archive, "var.signing_secret", `"literal-secret-value"`), review: production, fails: true},
		"unjudged":  {after: replaced(signedERP, `"https://erp.example.com/hooks/talonic"`, "terraform_data.url.output"), review: production},
		"write_only_url": {
			after:  replaced(signedERP, `url               = "https://erp.example.com/hooks/talonic"`, `url_wo = "https://hooks.slack.com/services/T00/${var.signing_secret}"`),
			review: production,
		},
		"no_review": {after: inDevelopment, review: `{}`, fails: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tools := onPath(filepath.Dir(acctest.Tool(t, "opa")), filepath.Dir(acctest.Tool(t, "conftest")))
			api := emulator.New(emulator.Behavior{RefuseUnknownKeys: true})
			server := httptest.NewServer(api)
			t.Cleanup(server.Close)
			w := acctest.NewWorkspace(t, map[string]string{"main.tf": guarded + cmp.Or(c.before, c.after), "review.json": c.review})
			w.Setenv("TALONIC_BASE_URL", server.URL)
			w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
			w.Setenv("TF_VAR_signing_secret", "whsec-reviewed")
			w.CopyDir("policies")
			if c.before != "" {
				w.Apply()
				for _, binding := range c.others {
					binding.DestinationID = api.Destinations()[0].ID
					api.AddBinding(binding)
				}
				w.Write("main.tf", guarded+c.after)
			}
			w.MustRun("plan", "-out=tfplan")
			w.Write("plan.json", w.MustRun("show", "-json", "tfplan").Stdout)

			out, code := run(t, w.Dir, tools, "sh", "-c", commandOf(t, "conftest test")+" --no-color")
			if code != map[bool]int{true: 1}[c.fails] {
				t.Errorf("conftest ends with %d:\n%s", code, out)
			}
			for _, secret := range []string{"whsec-reviewed", "sensitive-but-stored", "literal-secret-value", "x81kP0qLm5"} {
				if strings.Contains(out, secret) {
					t.Errorf("a verdict repeats %q:\n%s", secret, out)
				}
			}
			acctest.Golden(t, "policies/"+name, out)

			verdicts, code := run(t, w.Dir, tools, "sh", "-c", commandOf(t, "opa eval"))
			if code != map[bool]int{true: 1}[c.fails] {
				t.Errorf("opa ends with %d:\n%s", code, verdicts)
			}
			if got, want := strings.TrimSpace(verdicts), strings.Join(failuresIn(out), "\n"); got != want {
				t.Errorf("opa says:\n%s\nconftest says:\n%s", got, want)
			}
		})
	}
}

// commandOf is the command of the page that begins like this.
func commandOf(t *testing.T, beginning string) string {
	t.Helper()
	page, err := os.ReadFile("policies/README.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(page)) {
		if command := strings.TrimSpace(line); strings.HasPrefix(command, beginning+" ") {
			return command
		}
	}
	t.Fatalf("the page has no command %q", beginning)
	return ""
}

// onPath is an environment in which directories come first on the PATH.
func onPath(dirs ...string) []string {
	list := string(os.PathListSeparator)
	return []string{"PATH=" + strings.Join(dirs, list) + list + os.Getenv("PATH")}
}

// inDevelopment is what only production refuses.
const inDevelopment = `
resource "talonic_delivery_destination" "erp" {
  name            = "ERP"
  deletion_policy = "delete"

  webhook {
    url               = "https://erp.example.com/hooks/talonic"
    signing_secret_wo = var.signing_secret
  }
}
`

// signedBlock is the connector block of a destination.
func signedBlock(resource string) string {
	_, block, _ := strings.Cut(resource, "credentials_wo_version = 1\n")
	return block
}

// sheets is a destination of a type without a block of its own.
func sheets(config string) string {
	return "\nresource \"talonic_delivery_destination\" \"sheets\" {\n  name = \"Sheets\"\n\n  custom {\n    type   = \"google_sheets\"\n    config = jsonencode(" +
		config + ")\n  }\n}\n"
}

// failuresIn returns the messages of failures that conftest prints about a plan, sorted as OPA prints them.
func failuresIn(printed string) []string {
	var messages []string
	for line := range strings.Lines(printed) {
		if message, ok := strings.CutPrefix(strings.TrimSuffix(line, "\n"), "FAIL - plan.json - main - "); ok {
			messages = append(messages, message)
		}
	}
	slices.Sort(messages)
	return messages
}
