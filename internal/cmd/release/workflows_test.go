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

	// permissions matches the top-level permissions of a workflow, up to the next key that is not indented.
	permissions = regexp.MustCompile(`(?m)^permissions:.*\n(?:[ #].*\n|\n)*`)
	granted     = regexp.MustCompile(`(?m)^ +[a-z-]+: (?:write|write-all)\b`)
)

// TestWorkflows checks that workflows run only actions at fixed commits, and have only the permissions that they need.
func TestWorkflows(t *testing.T) {
	t.Parallel()
	names, err := filepath.Glob("../../../.github/workflows/*")
	if err != nil || len(names) == 0 {
		t.Fatalf("workflows: %q, %v", names, err)
	}
	language := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(string(read(t, "../../../go.mod")))[1]
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
			want = []string{"      attestations: write", "      id-token: write", "      contents: write"}
		}
		if got := granted.FindAllString(workflow, -1); strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: may write %q, want %q", name, got, want)
		}
		if filepath.Base(name) != "release.yml" && strings.Contains(workflow, "secrets.") {
			t.Errorf("%s: has a secret", name)
		}
	}
}

// jobStart matches the first line of a job.
var jobStart = regexp.MustCompile(`(?m)^  ([a-z]+):\n`)

// jobs returns the jobs of a workflow by name, without comments.
func jobs(workflow string) map[string]string {
	_, text, _ := strings.Cut(workflow, "\njobs:\n")
	text = regexp.MustCompile(`(?m)^\s*#.*\n`).ReplaceAllString(text, "")
	all := map[string]string{}
	starts := jobStart.FindAllStringSubmatchIndex(text, -1)
	for i, start := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		all[text[start[2]:start[3]]] = text[start[1]:end]
	}
	return all
}

// TestRelease checks that no unreviewed code can read the signing key: the job with the key only signs and uploads, requires an
// approval, and signs only files with an attestation.
func TestRelease(t *testing.T) {
	t.Parallel()
	all := jobs(string(read(t, "../../../.github/workflows/release.yml")))
	if len(all) != 3 {
		t.Fatalf("there are the jobs %v", all)
	}
	for _, name := range []string{"build", "attest"} {
		if job := all[name]; job == "" || strings.Contains(job, "secrets.") || strings.Contains(job, "github.token") || strings.Contains(job, "contents: write") {
			t.Errorf("the job %s has a secret, or may publish:\n%s", name, job)
		}
	}
	if strings.Contains(all["build"], "id-token") || !strings.Contains(all["attest"], "uses: actions/attest-build-provenance@") ||
		!strings.Contains(all["attest"], "needs: build") {
		t.Error("what was built is not attested by a job of its own")
	}
	publish := all["publish"]
	for _, want := range []string{"environment: release\n", "needs: attest\n", "sha256sum --strict --check", "--detach-sign"} {
		if !strings.Contains(publish, want) {
			t.Errorf("the job publish has no %q", want)
		}
	}
	for _, use := range uses.FindAllStringSubmatch(publish, -1) {
		t.Errorf("the job publish uses %s", use[1]) // an action could leave files for the step that has the key
	}
	commands := regexp.MustCompile(`(?m)^ {10}(?:sums=|prerelease=)?[$(]*([A-Za-z0-9-]+)`).FindAllStringSubmatch(publish, -1)
	allowed := map[string]bool{
		"echo": true, "sha256sum": true, "GNUPGHOME": true, "export": true, "gpg": true, "gpgconf": true, "rm": true, "if": true, "fi": true, "gh": true, "prerelease": true,
	}
	for _, command := range commands {
		if !allowed[command[1]] && !regexp.MustCompile(`^(name|path|GPG|GH|TAG)`).MatchString(command[1]) {
			t.Errorf("the job publish runs %q", command[0])
		}
	}
	signing := publish[strings.Index(publish, "name: sign"):strings.Index(publish, "name: upload")]
	if strings.Count(publish, "secrets.") != strings.Count(signing, "secrets.") {
		t.Error("another step than the one that signs has the key")
	}
}
