package docs_test

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// TestAdopting follows each section of the guide in an empty directory, with its files and its commands.
func TestAdopting(t *testing.T) {
	t.Parallel()
	const page = "docs/guides/adopting-existing-destinations.md"
	content, err := os.ReadFile(filepath.Join(root, page))
	if err != nil {
		t.Fatal(err)
	}
	given := fenced(page, sectionOf(t, string(content), "## Prerequisites"))
	followed := 0
	for _, section := range strings.Split(string(content), "\n## ")[1:] {
		title, text, _ := strings.Cut(section, "\n")
		steps := fenced(page, text)
		if len(commands(steps)) == 0 {
			continue
		}
		followed++
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			for _, step := range steps {
				if cli := acctest.TestedCLI(t); !cli.Knows(step.text) {
					t.Skip("not for ", cli)
				}
			}
			follow(t, slices.Concat(given, steps))
		})
	}
	if followed != 3 {
		t.Errorf("%d sections have commands", followed)
	}
}

// follow writes the files and runs the commands. The last command is a plan, which must be empty.
func follow(t *testing.T, steps []block) {
	t.Helper()
	api := emulator.New(emulator.Behavior{FillDefaults: true})
	for name, config := range map[string]map[string]any{
		"Production Webhook": {"url": "https://erp.example.com/hooks/talonic"},
		"Archive":            {"url": "https://archive.example.com/in", "headers": map[string]any{"X-Source": "talonic"}},
	} {
		api.Add(emulator.Destination{Name: name, Type: "webhook", Config: config, HasAuthConfig: true, HasSigningSecret: true, IsActive: true})
	}
	server := httptest.NewServer(api)
	defer server.Close()
	w := acctest.NewWorkspace(t, nil)
	w.Setenv("TALONIC_BASE_URL", server.URL)
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	for _, step := range steps {
		if step.language == "terraform" {
			name, _, _ := strings.Cut(strings.TrimPrefix(step.text, "# "), "\n")
			w.Write(name, withProvider(step.text))
		}
	}
	for _, args := range commands(steps) {
		if args[0] == "apply" {
			for _, step := range steps {
				if strings.HasPrefix(step.text, "# import.tf\n") {
					w.Write("import.tf", step.text)
				}
			}
			args = append(args, "-auto-approve")
		}
		w.MustRun(args...)
	}
	w.PlanEmpty()
	for _, r := range api.Requests() {
		if r.Method != "GET" {
			t.Errorf("it writes: %s %s", r.Method, r.Path)
		}
	}
}

// commands returns the arguments of the commands on the page.
func commands(steps []block) [][]string {
	var all [][]string
	for _, step := range steps {
		if step.language != "console" {
			continue
		}
		for line := range strings.Lines(step.text) {
			if args, ok := strings.CutPrefix(strings.TrimSpace(line), "$ terraform "); ok {
				all = append(all, words(args))
			}
		}
	}
	return all
}

// words splits a command line in which only the last argument may be quoted.
func words(line string) []string {
	bare, quoted, ok := strings.Cut(line, `"`)
	split := strings.Fields(bare)
	if ok {
		split = append(split, strings.TrimSuffix(quoted, `"`))
	}
	return split
}

// withProvider adds the argument that Terraform 1.16 requires according to the page. All other versions accept it, too.
func withProvider(text string) string {
	return strings.ReplaceAll(text, "import {\n", "import {\n  provider = talonic\n")
}
