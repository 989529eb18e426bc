package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

// What the documents for contributors say about the code is there: every package and file, and every name that is said to be in one.
func TestDocumentsNameWhatIsThere(t *testing.T) {
	t.Parallel()
	root, err := cli.Root()
	if err != nil {
		t.Fatal(err)
	}
	var (
		path  = regexp.MustCompile("`(internal/[\\w/.-]+)`")
		names = regexp.MustCompile("((?:`[\\w.]+`(?:, | and )?)+)\\s+in\\s+`(internal/[\\w/.-]+\\.go)`")
		name  = regexp.MustCompile("`(?:\\w+\\.)?(\\w+)`")
	)
	found := 0
	for _, document := range []string{"DESIGN.md"} {
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
