// Package examples_test runs the examples as their readers would, so that what
// the documentation shows works.
package examples_test

import (
	"bytes"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// requiredProviders makes a snippet a configuration of its own.
const requiredProviders = `terraform {
  required_providers {
    talonic = { source = "talonicdev/talonic" }
  }
}
`

// forms are the values of variables for which any text will not do.
var forms = map[string]string{
	"account_key": "c29tZS1rZXktb2YtYS1zdG9yYWdlLWFjY291bnQtdGhhdC1pcy02NC1ieXRlcy1sb25nLWluLWJhc2U2NC4uLg==",
	"webhook_url": "https://hooks.slack.com/services/T0FAKE/B0FAKE/fake0fake0fake0fake0",
	"private_key": "-----BEGIN OPENSSH PRIVATE KEY-----\nbm8ga2V5IGF0IGFsbA==\n-----END OPENSSH PRIVATE KEY-----\n",
}

// TestComplete applies every directory that says which providers it needs.
func TestComplete(t *testing.T) {
	t.Parallel()
	for dir, hcl := range examples(t) {
		if isComplete(hcl) && len(applied(hcl)) > 0 && dir != selfService {
			t.Run(dir, func(t *testing.T) {
				t.Parallel()
				testComplete(t, dir, hcl)
			})
		}
	}
}

func testComplete(t *testing.T, dir, hcl string) {
	api := emulator.New(emulator.Behavior{RefuseUnknownKeys: true})
	server := httptest.NewServer(whereAllAnswer(api))
	t.Cleanup(server.Close)

	w := acctest.NewWorkspace(t, nil)
	w.CopyDir(dir)
	w.Setenv("TALONIC_BASE_URL", server.URL)
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	var secrets []string
	for _, v := range variables(hcl) {
		if v.hasDefault {
			continue
		}
		value := "value-of-" + v.name + "-" + strings.ReplaceAll(dir, "_", "-")
		if form, ok := forms[v.name]; ok {
			value = form
		}
		w.Setenv("TF_VAR_"+v.name, value)
		if v.ephemeral {
			lines := strings.Split(value, "\n")
			secrets = append(secrets, lines[len(lines)/3]) // a line break has another form in a request
		}
	}

	if output := w.Apply().Output(); strings.Contains(w.Normalize(output), "Warning:") {
		t.Errorf("apply warns:\n%s", output)
	}
	w.PlanEmpty()
	if got, want := len(api.Destinations())+len(api.Bindings()), len(applied(hcl)); got != want {
		t.Errorf("%d destinations and bindings were made of %d resources", got, want)
	}
	for _, secret := range secrets {
		if bytes.Contains(w.State(), []byte(secret)) {
			t.Errorf("the state holds the secret %q", secret)
		}
		if n := requestsWith(api, secret); n != 1 {
			t.Errorf("the secret %q was sent in %d requests, not in one", secret, n)
		}
	}

	w.Destroy()
	if left := len(api.Destinations()) + len(api.Bindings()); left > 0 {
		t.Errorf("destroy left %d destinations and bindings", left)
	}
}

// whereAllAnswer is an API for which every destination can be reached: the receivers of the examples are nowhere.
func whereAllAnswer(api *emulator.Emulator) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, d := range api.Destinations() {
			api.SetTestOutcome(d.ID, emulator.TestOutcome{Success: true, DurationMs: 12, Message: "Destination is reachable."})
		}
		api.ServeHTTP(w, r)
	})
}

// TestSnippets validates the parts of configurations that the documentation
// includes. Files named import-*.tf show different ways to import the same resource, so each is validated without the others.
func TestSnippets(t *testing.T) {
	t.Parallel()
	for dir, hcl := range examples(t) {
		if isComplete(hcl) && len(applied(hcl)) > 0 {
			continue
		}
		files, err := filepath.Glob(filepath.Join(dir, "*.tf"))
		if err != nil {
			t.Fatal(err)
		}
		imports := slices.DeleteFunc(slices.Clone(files), func(name string) bool { return !isImport(name) })
		files = slices.DeleteFunc(files, isImport)
		if len(imports) == 0 {
			imports = []string{""}
		}
		for _, one := range imports {
			t.Run(filepath.Join(dir, filepath.Base(one)), func(t *testing.T) {
				t.Parallel()
				validate(t, files, one)
			})
		}
	}
}

func isImport(name string) bool { return strings.HasPrefix(filepath.Base(name), "import-") }

// validate validates files together, and with them one more if there is one.
func validate(t *testing.T, files []string, more string) {
	t.Helper()
	if more != "" {
		files = append(slices.Clone(files), more)
	}
	w := acctest.NewWorkspace(t, nil)
	all := ""
	for _, name := range files {
		hcl, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(filepath.Base(name), string(hcl))
		all += string(hcl)
	}
	if cli := acctest.TestedCLI(t); !cli.Knows(all) {
		t.Skip("not for ", cli)
	}
	if !isComplete(all) {
		w.Write("required_providers.tf", requiredProviders)
	}
	for _, d := range w.Validate() {
		t.Errorf("%s:%d: %s: %s\n%s", d.Filename, d.Line, d.Severity, d.Summary, d.Detail)
	}
}

// examples finds the directories with a configuration in them, and reads it.
func examples(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(os.DirFS("."), ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir // left by a run by hand
		case path.Ext(name) != ".tf":
			return nil
		}
		hcl, err := os.ReadFile(filepath.FromSlash(name))
		found[path.Dir(name)] += string(hcl)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(found) == 0 {
		t.Fatal("there are no examples")
	}
	return found
}

func isComplete(hcl string) bool { return strings.Contains(hcl, "required_providers") }

var resourceHeader = regexp.MustCompile(`(?m)^resource "talonic_delivery_(destination|binding)" `)

// applied are the destinations and bindings that a configuration makes.
func applied(hcl string) []string { return resourceHeader.FindAllString(hcl, -1) }

type variable struct {
	name                  string
	hasDefault, ephemeral bool
}

// variableBlock matches a variable block as `fmt` lays it out.
var variableBlock = regexp.MustCompile(`(?ms)^variable "([^"]+)" \{\n(.*?)^\}`)

// variables are those that a configuration declares.
func variables(hcl string) []variable {
	has := func(body, argument string) bool {
		return regexp.MustCompile(`(?m)^  ` + argument + ` *=`).MatchString(body)
	}
	var found []variable
	for _, block := range variableBlock.FindAllStringSubmatch(hcl, -1) {
		found = append(found, variable{block[1], has(block[2], "default"), has(block[2], "ephemeral")})
	}
	return found
}

// requestsWith counts the requests whose body holds a text.
func requestsWith(api *emulator.Emulator, text string) int {
	n := 0
	for _, r := range api.Requests() {
		if bytes.Contains(r.Body, []byte(text)) {
			n++
		}
	}
	return n
}

// TestVariables shows that the test reads what the examples declare: a variable
// that it missed would be a secret that it does not look for.
func TestVariables(t *testing.T) {
	t.Parallel()
	hcl := `variable "a" {
  type      = string
  ephemeral = true
}

variable "b" {
  default = "x"
}
`
	want := []variable{{name: "a", ephemeral: true}, {name: "b", hasDefault: true}}
	if got := variables(hcl); !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	for dir, hcl := range examples(t) {
		if got, want := len(variables(hcl)), strings.Count(hcl, "variable \""); got != want {
			t.Errorf("%s: %d of %d variables found", dir, got, want)
		}
	}
}
