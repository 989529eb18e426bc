package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Every package, file and declared name in the documents for contributors exists in the code.
func TestDocumentsNameWhatIsThere(t *testing.T) {
	t.Parallel()
	var (
		path  = regexp.MustCompile("`(internal/[\\w/.-]+)`")
		names = regexp.MustCompile("((?:`[\\w.]+`(?:, | and )?)+)\\s+in\\s+`(internal/[\\w/.-]+\\.go)`")
		name  = regexp.MustCompile("`(?:\\w+\\.)?(\\w+)`")
	)
	found := 0
	for _, document := range []string{"DESIGN.md", "CONTRIBUTING.md"} {
		content, err := os.ReadFile(filepath.Join(root, document))
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range path.FindAllStringSubmatch(string(content), -1) {
			if _, err := os.Stat(filepath.Join(root, match[1])); err != nil && !strings.Contains(match[1], "webdav") {
				t.Errorf("%s: there is no %s", document, match[1])
			}
		}
		for _, match := range names.FindAllStringSubmatch(string(content), -1) {
			source, err := os.ReadFile(filepath.Join(root, match[2]))
			if err != nil {
				continue // reported above
			}
			for _, one := range name.FindAllStringSubmatch(match[1], -1) {
				declared := regexp.MustCompile(`(?m)^(func (\([^)]*\) )?|type |var |const |\t)` + one[1] + `\b`)
				if found++; !declared.Match(source) {
					t.Errorf("%s: %s has no %s", document, match[2], one[1])
				}
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d names were looked for", found)
	}
}

// The table in CONTRIBUTING.md lists every package once, and nothing else.
func TestTableOfPackages(t *testing.T) {
	t.Parallel()
	content, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(content), "\n## Packages\n")
	table, _, _ = strings.Cut(table, "\n## ")
	rows := map[string]int{}
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) < 3 || !strings.HasPrefix(cells[1], " `") {
			continue
		}
		for name := range strings.SplitSeq(cells[1], ",") {
			rows[strings.Trim(name, " `")]++
		}
	}
	there := map[string]int{}
	err = filepath.WalkDir(filepath.Join(root, "internal"), func(file string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".go" {
			return err
		}
		name, err := filepath.Rel(filepath.Join(root, "internal"), filepath.Dir(file))
		name = filepath.ToSlash(name)
		for _, group := range []string{"cmd", "framework"} { // one row covers all packages of these groups
			if strings.HasPrefix(name, group+"/") {
				name = group + "/*"
			}
		}
		there[name] = 1
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(there, rows); diff != "" {
		t.Errorf("packages (-there +in the table):\n%s", diff)
	}
}

// TestAnchorsInComments checks that comments in the code refer to headings of DESIGN.md that exist.
func TestAnchorsInComments(t *testing.T) {
	t.Parallel()
	design, err := os.ReadFile(filepath.Join(root, "DESIGN.md"))
	if err != nil {
		t.Fatal(err)
	}
	var (
		anchors   = anchorsOf(string(design))
		reference = regexp.MustCompile(`// (?:.* )?DESIGN\.md#([\w-]+)`)
		found     = 0
	)
	err = filepath.WalkDir(filepath.Join(root, "internal"), func(file string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".go" {
			return err
		}
		source, err := os.ReadFile(file)
		for _, match := range reference.FindAllStringSubmatch(string(source), -1) {
			if found++; !slices.Contains(anchors, match[1]) {
				t.Errorf("%s: DESIGN.md has no heading for #%s", file, match[1])
			}
		}
		return err
	})
	if err != nil || found < 5 {
		t.Errorf("%d references: %v", found, err)
	}
}
