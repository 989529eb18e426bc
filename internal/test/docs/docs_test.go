// Package docs_test tests the documentation: its configurations are valid, and its quotes match the output of the CLI.
package docs_test

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// root is the root of the repository.
var root = filepath.Join("..", "..", "..")

// block is a fenced block of a page.
type block struct {
	page     string
	line     int // of the block's first line
	language string
	text     string
}

func (b block) String() string { return fmt.Sprintf("%s:%d", b.page, b.line) }

// blocks returns the blocks of all pages in the given languages.
func blocks(t *testing.T, languages ...string) []block {
	t.Helper()
	tree := os.DirFS(root)
	pages := []string{"README.md"}
	err := fs.WalkDir(tree, "docs", func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".md") {
			pages = append(pages, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var found []block
	for _, page := range pages {
		content, err := fs.ReadFile(tree, page)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, fenced(page, string(content))...)
	}
	found = slices.DeleteFunc(found, func(b block) bool { return !slices.Contains(languages, b.language) })
	if len(found) == 0 {
		t.Fatalf("no page has a block of %v", languages)
	}
	return found
}

// fenced returns the fenced blocks of a page. It removes the indentation of blocks in lists.
func fenced(page, content string) []block {
	var found []block
	var open *block
	indent, number := "", 0
	for line := range strings.Lines(content) {
		number++
		fence, isFence := strings.CutPrefix(strings.TrimLeft(line, " "), "```")
		switch {
		case isFence && open == nil:
			open = &block{page: page, line: number + 1, language: strings.TrimSpace(fence)}
			indent = line[:strings.Index(line, "`")]
		case isFence:
			found = append(found, *open)
			open = nil
		case open != nil:
			open.text += strings.TrimPrefix(line, indent)
		}
	}
	return found
}

func TestFenced(t *testing.T) {
	t.Parallel()
	got := fenced("page", "text\n```terraform\na = 1\n\n```\n```\nplain\n```\n1. a step\n\n   ```text\n   a\n\n     b\n   ```\n")
	want := []block{{"page", 3, "terraform", "a = 1\n\n"}, {"page", 7, "", "plain\n"}, {"page", 12, "text", "a\n\n  b\n"}}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v", got)
	}
}

// TestConfigurations validates the configurations of all pages, after it adds the omitted parts.
func TestConfigurations(t *testing.T) {
	t.Parallel()
	all := acctest.NewWorkspace(t, nil)
	for _, b := range blocks(t, "terraform", "hcl") {
		all.Write(fmt.Sprintf("%s/%d/%s", b.page, b.line, fileFor(b.text)), b.text)
		t.Run(b.String(), func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t, map[string]string{fileFor(b.text): b.text})
			if other := foreign(b.text); other != "" {
				t.Skip("needs another provider, which the tests do not have: ", other)
			}
			if cli := acctest.TestedCLI(t); !cli.Knows(b.text) {
				t.Skip("not for ", cli)
			}
			w.Write("rest.tf", rest(b.text))
			var args []string
			if queries.MatchString(b.text) {
				args = []string{"-query"}
			}
			for _, d := range w.Validate(args...) {
				t.Errorf("%s:%d: %s: %s\n%s", d.Filename, d.Line, d.Severity, d.Summary, d.Detail)
			}
		})
	}
	if r := all.Run("fmt", "-check", "-diff", "-recursive"); r.ExitCode != 0 {
		t.Errorf("not formatted:\n%s", r.Output())
	}
}

// fileFor returns the name of the kind of file that a configuration belongs in.
func fileFor(text string) string {
	if queries.MatchString(text) {
		return "main.tfquery.hcl"
	}
	if tests.MatchString(text) {
		return "main.tftest.hcl"
	}
	return "main.tf"
}

var (
	queries = regexp.MustCompile(`(?m)^list "`)
	tests   = regexp.MustCompile(`(?m)^(mock_provider|run) "`)
)

var (
	providerOfBlock     = regexp.MustCompile(`(?m)^(?:(?:resource|data|ephemeral) "| +from = )([a-z0-9]+)_`)
	declaredVariable    = regexp.MustCompile(`(?m)^variable "(\w+)"`)
	usedVariable        = regexp.MustCompile(`\bvar\.(\w+)`)
	declaredDestination = regexp.MustCompile(`(?m)^resource "talonic_delivery_destination" "(\w+)"`)
	usedDestination     = regexp.MustCompile(`\btalonic_delivery_destination\.(\w+)`)
	declaredBinding     = regexp.MustCompile(`(?m)^resource "talonic_delivery_binding" "(\w+)"`)
	usedBinding         = regexp.MustCompile(`\btalonic_delivery_binding\.(\w+)`)
	declaredProbe       = regexp.MustCompile(`(?m)^ *data "talonic_delivery_destination_test" "(\w+)"`)
	usedProbe           = regexp.MustCompile(`\bdata\.talonic_delivery_destination_test\.(\w+)`)
)

// foreign returns the other provider that a configuration needs; empty if it needs none.
func foreign(hcl string) string {
	for _, match := range providerOfBlock.FindAllStringSubmatch(hcl, -1) {
		if provider := match[1]; provider != "talonic" && provider != "terraform" {
			return provider
		}
	}
	return ""
}

// rest returns the parts that a configuration omits: the source of the provider, and the variables, destinations, bindings and tests of
// destinations that the configuration refers to.
func rest(hcl string) string {
	var missing bytes.Buffer
	if !strings.Contains(hcl, "required_providers") {
		missing.WriteString("terraform {\n  required_providers {\n    talonic = { source = \"talonicdev/talonic\" }\n  }\n}\n")
	}
	for _, name := range undeclared(hcl, usedVariable, declaredVariable) {
		fmt.Fprintf(&missing, "variable %q {\n  type      = string\n  ephemeral = true\n}\n", name)
	}
	for _, name := range undeclared(hcl, usedDestination, declaredDestination) {
		fmt.Fprintf(&missing, "resource \"talonic_delivery_destination\" %q {\n  name = \"a\"\n  webhook {\n    url = \"https://a.example.com\"\n  }\n}\n", name)
	}
	for _, name := range undeclared(hcl, usedBinding, declaredBinding) {
		fmt.Fprintf(&missing, "resource \"talonic_delivery_binding\" %q {\n  name = \"a\"\n  signal_filter {\n    event_type = \"document.extracted\"\n  }\n"+
			"  deliverable_type = \"markdown\"\n  serializer_format = \"json\"\n  destination_id = \"7d2f3c1e-0000-4000-8000-000000000000\"\n}\n", name)
	}
	for _, name := range undeclared(hcl, usedProbe, declaredProbe) {
		fmt.Fprintf(&missing, "data \"talonic_delivery_destination_test\" %q {\n  destination_id = \"a\"\n}\n", name)
	}
	return missing.String()
}

// undeclared returns the names that a configuration uses but does not declare.
func undeclared(hcl string, used, declared *regexp.Regexp) []string {
	var names []string
	for _, match := range used.FindAllStringSubmatch(hcl, -1) {
		names = append(names, match[1])
	}
	slices.Sort(names)
	return slices.DeleteFunc(slices.Compact(names), func(name string) bool {
		return slices.ContainsFunc(declared.FindAllStringSubmatch(hcl, -1), func(match []string) bool { return match[1] == name })
	})
}

func TestRest(t *testing.T) {
	t.Parallel()
	got := rest("variable \"a\" {}\noutput \"x\" {\n  value = [var.a, var.b, var.b, talonic_delivery_destination.erp.id]\n}\n")
	for _, want := range []string{"required_providers", `variable "b"`, `"talonic_delivery_destination" "erp"`} {
		if strings.Count(got, want) != 1 {
			t.Errorf("%q is not in it once:\n%s", want, got)
		}
	}
	if strings.Contains(got, `variable "a"`) {
		t.Errorf("a is declared twice:\n%s", got)
	}
}

func TestForeign(t *testing.T) {
	t.Parallel()
	for hcl, want := range map[string]string{
		"variable \"vault\" {}\nephemeral \"vault_kv_secret_v2\" \"a\" {}\n":                         "vault",
		"resource \"terraform_data\" \"a\" {}\nresource \"aws_s3_bucket\" \"a\" {}\n":                "aws",
		"resource \"talonic_delivery_destination\" \"a\" {}\nresource \"terraform_data\" \"a\" {}\n": "",
		"data \"talonic_delivery_connectors\" \"all\" {}\n":                                          "",
		"removed {\n  from = restapi_object.erp\n}\n":                                                "restapi",
	} {
		if got := foreign(hcl); got != want {
			t.Errorf("%q: %q", hcl, got)
		}
	}
}
