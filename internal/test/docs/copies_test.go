package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

// mayBeAlike lists files that every kind of object has. The framework's interfaces determine the first two, and the last one contains only
// the fields of a description.
var mayBeAlike = map[string]bool{"resource.go": true, "create.go": true, "data_source.go": true}

// No file of a resource is a copy of a file of the other resource, because common code belongs in the framework packages.
func TestNoFileIsACopy(t *testing.T) {
	t.Parallel()
	destination, binding := codeOf(t, "internal/destination"), codeOf(t, "internal/binding")
	for name, lines := range destination {
		for other, others := range binding {
			if mayBeAlike[name] && name == other {
				continue
			}
			if equal := inCommon(lines, others); 2*equal > max(len(lines), len(others)) {
				t.Errorf("internal/destination/%s and internal/binding/%s have %d of %d lines in common. Move them to internal/framework.",
					name, other, equal, max(len(lines), len(others)))
			}
		}
	}
}

func TestInCommon(t *testing.T) {
	t.Parallel()
	a := code("package destination\n\nimport (\n\t\"context\"\n)\n\n// Read reads.\nfunc (r *Resource) Read() {\n\tr.client.GetDestination(ctx)\n\treturn\n}\n")
	b := code("package binding\n\nfunc (r *Resource) Read() {\n\tr.client.GetBinding(ctx)\n\treturn nil\n}\n")
	if len(a) != 3 || inCommon(a, b) != 2 {
		t.Errorf("%d of %q and %q are equal", inCommon(a, b), a, b)
	}
}

// codeOf returns the code of a package without its tests, by file name.
func codeOf(t *testing.T, dir string) map[string][]string {
	t.Helper()
	root, err := cli.Root()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(root, dir, "*.go"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files in %s: %v", len(files), dir, err)
	}
	all := map[string][]string{}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(file)] = code(string(source))
	}
	return all
}

var (
	head = regexp.MustCompile(`(?s)^.*?\npackage \w+\n(\nimport (\(.*?\n\)|"[^"]*")\n)?`)
	noun = regexp.MustCompile(`(?i)destinations?|bindings?`)
)

// code returns the lines of a file that contain code. It replaces the nouns of both resources with one word.
func code(source string) []string {
	var lines []string
	for line := range strings.Lines(head.ReplaceAllString("\n"+source, "")) {
		line = noun.ReplaceAllString(strings.Join(strings.Fields(line), " "), "noun")
		if len(line) > len("})") && !strings.HasPrefix(line, "//") {
			lines = append(lines, line)
		}
	}
	return lines
}

// inCommon counts the lines that occur in both files.
func inCommon(a, b []string) int {
	count := map[string]int{}
	for _, line := range a {
		count[line]++
	}
	equal := 0
	for _, line := range b {
		if count[line] > 0 {
			count[line]--
			equal++
		}
	}
	return equal
}
