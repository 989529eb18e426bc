package acctest

import (
	"path/filepath"
	"regexp"
	"strings"
)

// Normalize converts output of a CLI in the workspace to a form that is the same for every supported CLI and machine, for golden files. It does
// not change texts of the provider. In this order, it
//
//   - replaces the pairs of old and new text in oldnew;
//   - removes the warning about development overrides, because only tests have it;
//   - replaces the path of the workspace with <workspace>, and the port of a local server with <port>;
//   - removes counts of repeated warnings, because versions count differently;
//   - replaces OpenTofu and its registry with Terraform's, and removes the sentence below "No changes.", which then wraps differently;
//   - removes leading empty lines, and ends the text with one line break.
func (w *Workspace) Normalize(text string, oldnew ...string) string {
	text = strings.NewReplacer(oldnew...).Replace(text)
	if dir, err := filepath.EvalSymlinks(w.Dir); err == nil {
		text = strings.ReplaceAll(text, dir, "<workspace>")
	}
	return normalize(strings.ReplaceAll(text, w.Dir, "<workspace>"))
}

var (
	overridesWarning = regexp.MustCompile(`(?s)\n*Warning: ` + overridesSummary + `\n.*?published\s+releases\.\n`)
	localPort        = regexp.MustCompile(`(127\.0\.0\.1|localhost):\d+`)
	repeatedWarnings = regexp.MustCompile(`\n\(and (one|\d+) more similar warnings? elsewhere\)\n`)
	noDifferences    = regexp.MustCompile(`\nTerraform\s+has\s+compared\s+your\s+real\s+infrastructure\s[^.]*\.\n`)
)

func normalize(text string) string {
	text = overridesWarning.ReplaceAllString(text, "\n")
	text = localPort.ReplaceAllString(text, "$1:<port>")
	text = repeatedWarnings.ReplaceAllString(text, "")
	text = strings.ReplaceAll(text, "OpenTofu", "Terraform")
	text = strings.ReplaceAll(text, "registry.opentofu.org", "registry.terraform.io")
	text = noDifferences.ReplaceAllString(text, "")
	return strings.Trim(text, "\n") + "\n"
}
