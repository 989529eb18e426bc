package acctest

import (
	"path/filepath"
	"regexp"
	"strings"
)

// Normalise makes what a CLI printed in the workspace fit for a golden file that
// holds for every supported CLI, on every machine. Nothing of the provider's own
// words is touched. In order:
//
//   - the pairs of old and new text that the caller gives are replaced;
//   - the warning about development overrides is cut, since only tests see it;
//   - the workspace's path becomes <workspace>, a local server's port <port>;
//   - counts of repeated warnings are cut: each version counts them differently;
//   - OpenTofu is called Terraform, its registry likewise, and the sentence that thereby wraps
//     differently, below "No changes.", is cut;
//   - it begins without an empty line and ends with one line break.
func (w *Workspace) Normalise(text string, oldnew ...string) string {
	text = strings.NewReplacer(oldnew...).Replace(text)
	if dir, err := filepath.EvalSymlinks(w.Dir); err == nil {
		text = strings.ReplaceAll(text, dir, "<workspace>")
	}
	return normalise(strings.ReplaceAll(text, w.Dir, "<workspace>"))
}

var (
	overridesWarning = regexp.MustCompile(`(?s)\n*Warning: ` + overridesSummary + `\n.*?published\s+releases\.\n`)
	localPort        = regexp.MustCompile(`(127\.0\.0\.1|localhost):\d+`)
	repeatedWarnings = regexp.MustCompile(`\n\(and (one|\d+) more similar warnings? elsewhere\)\n`)
	noDifferences    = regexp.MustCompile(`\nTerraform\s+has\s+compared\s+your\s+real\s+infrastructure\s[^.]*\.\n`)
)

func normalise(text string) string {
	text = overridesWarning.ReplaceAllString(text, "\n")
	text = localPort.ReplaceAllString(text, "$1:<port>")
	text = repeatedWarnings.ReplaceAllString(text, "")
	text = strings.ReplaceAll(text, "OpenTofu", "Terraform")
	text = strings.ReplaceAll(text, "registry.opentofu.org", "registry.terraform.io")
	text = noDifferences.ReplaceAllString(text, "")
	return strings.Trim(text, "\n") + "\n"
}
