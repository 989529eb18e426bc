package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	uses   = regexp.MustCompile(`(?m)^\s*(?:- )?uses:\s*(.*)$`)
	pinned = regexp.MustCompile(`^([\w.-]+/[\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$`)

	// The top level of a workflow, up to the next key that is not indented.
	permissions = regexp.MustCompile(`(?m)^permissions:.*\n(?:[ #].*\n|\n)*`)
	granted     = regexp.MustCompile(`(?m)^ +[a-z-]+: (?:write|write-all)\b`)
)

// TestWorkflows keeps the workflows from running what nobody has looked at, and from being allowed more than they need.
func TestWorkflows(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../../.github/workflows/*")
	if err != nil || len(names) == 0 {
		t.Fatalf("workflows: %q, %v", names, err)
	}
	language := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(read(t, "../../go.mod")))[1]
	pins := map[string]string{}
	for _, name := range names {
		workflow := string(read(t, name))
		for _, use := range uses.FindAllStringSubmatch(workflow, -1) {
			pin := pinned.FindStringSubmatch(use[1])
			if pin == nil {
				t.Errorf("%s: %q is not pinned as action@commit # v1.2.3", name, use[1])
				continue
			}
			if other, ok := pins[pin[1]]; ok && other != pin[0] {
				t.Errorf("%s: both %s and %s", name, other, pin[0])
			}
			pins[pin[1]] = pin[0]
		}
		if got, want := permissions.FindString(workflow), "permissions:\n  contents: read\n\n"; got != want {
			t.Errorf("%s: at the top there is %q, not %q", name, got, want)
		}
		if !strings.Contains(workflow, "  GO_VERSION: \""+language+".x\" ") {
			t.Errorf("%s: does not run Go %s, as go.mod has it", name, language)
		}
		checkouts, forgetful := strings.Count(workflow, "uses: actions/checkout@"), strings.Count(workflow, "persist-credentials: false")
		if checkouts != forgetful {
			t.Errorf("%s: %d checkouts, of which %d do not keep the credentials", name, checkouts, forgetful)
		}

		var want []string
		if filepath.Base(name) == "release.yml" {
			want = []string{"      contents: write"}
		}
		if got := granted.FindAllString(workflow, -1); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: may write %q, want %q", name, got, want)
		}
	}
}
