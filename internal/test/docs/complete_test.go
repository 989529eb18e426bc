package docs_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// The guide "Undocumented API behavior" names every emulator switch, because each switch reverses an assumption.
func TestGuideNamesEverySwitch(t *testing.T) {
	t.Parallel()
	guide := guideText(t, "undocumented-api-behavior.md")
	for _, s := range emulator.Switches() {
		if !strings.Contains(guide, "`"+s.Name+"`") {
			t.Errorf("the guide has no row for the switch %s", s.Name)
		}
	}
}

// The guide "Troubleshooting" contains every title of a warning, and every title of an error about an input.
func TestGuideHasEveryTitle(t *testing.T) {
	t.Parallel()
	guide := guideText(t, "troubleshooting.md")
	titles := 0
	for file, pattern := range map[string]*regexp.Regexp{
		"framework/apidiag/testdata/warnings.golden": regexp.MustCompile(`(?m)^([A-Z].+)$`),
		"test/faults/testdata/inputs.golden":         regexp.MustCompile(`(?m)^[A-Z] ([A-Z].+)$`),
	} {
		content, err := os.ReadFile(filepath.Join(root, "internal", file))
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range pattern.FindAllStringSubmatch(string(content), -1) {
			if strings.HasPrefix(match[1], "What comes of inputs") {
				continue // the first line of the golden file itself
			}
			titles++
			if title := strings.ReplaceAll(match[1], "NOUN", "destination"); !strings.Contains(guide, "`"+title+"`") {
				t.Errorf("the guide has no row for %q", title)
			}
		}
	}
	if titles < 40 {
		t.Errorf("only %d titles were looked for", titles)
	}
}

func guideText(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, "docs", "guides", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
