package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// notRun lists lines in sh blocks of the README that TestREADME does not run, with the reason.
var notRun = map[string]string{
	"git clone https://github.com/talonicdev/terraform-provider-talonic.git": "there is no network; the test copies the checkout instead",
	"cd terraform-provider-talonic":                                          "the shell starts in the copy",
	"make demo":                                                              "it takes a minute; .ci/run runs the same demo, to record it",
}

// inPlaceOf lists lines with the commands that the test runs instead.
var inPlaceOf = map[string]string{
	"mkdir ../first-destination": `cd "$USAGE"`, // the directory beside the copy is not the test's
	"cd ../first-destination":    `cd "$USAGE"`,
	// This runs in the background and on a free port. The README describes -admin for the commands at its end.
	"make emulator    # make emulator ARGS=-help lists its switches": `
make emulator ARGS='-admin -addr 127.0.0.1:0' > emulator.log 2>&1 &
trap "kill -- -$!" EXIT
for _ in {1..600}; do grep -q '^export TALONIC_API_KEY=' emulator.log && break; sleep 0.2; done
exports=$(grep '^export ' emulator.log) || { cat emulator.log; exit 1; }`,
	"export TALONIC_BASE_URL=http://127.0.0.1:8787": `eval "$exports"`, // with the free port
}

// TestREADME runs the sh blocks of the README line by line, in one shell in a copy of the repository, without a network. Where the README
// continues with a configuration, the test plans that configuration.
func TestREADME(t *testing.T) {
	t.Parallel()
	tested := acctest.TestedCLI(t)
	if runtime.GOOS == "windows" {
		t.Skip("the blocks are for a POSIX shell")
	}
	dir, readme := copyOf(t, root), page(t, "README.md")
	for _, name := range []string{"GNUmakefile", "LICENSE"} {
		write(t, filepath.Join(dir, name), page(t, name))
	}

	usage := t.TempDir()
	script := "set -euo pipefail -m\ncurl() { command curl --fail --silent --show-error \"$@\"; echo; }\n"
	found := map[string]bool{}
	for _, b := range fenced("README.md", readme) {
		switch b.language {
		case "terraform":
			write(t, filepath.Join(usage, "main.tf"), b.text)
		case "sh":
			for line := range strings.Lines(b.text) {
				given := strings.TrimSpace(line)
				instead, replaced := inPlaceOf[given]
				if _, skipped := notRun[given]; skipped || replaced {
					found[given] = true
					line = instead + "\n"
				}
				script += line
			}
			if strings.Contains(b.text, "TF_CLI_CONFIG_FILE") {
				script += `(cd "$USAGE" && "$CLI" plan -no-color -input=false -var signing_secret=example)` + "\n"
			}
		}
	}
	for _, lines := range []map[string]string{notRun, inPlaceOf} {
		for line := range lines {
			if !found[line] {
				t.Errorf("the README does not have the line %q any more", line)
			}
		}
	}
	if !strings.Contains(page(t, ".ci/run"), "\nmake recording\n") {
		t.Error(".ci/run does not run the demo")
	}
	if !strings.Contains(page(t, "internal/cmd/emulator/main.go"), `"127.0.0.1:8787"`) {
		t.Error("the emulator has another default address than the README")
	}
	if !strings.Contains(readme, "\nexport TALONIC_API_KEY="+emulator.DefaultAPIKey+"\n") {
		t.Error("the emulator has another default key than the README")
	}

	caches, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	places := strings.Fields(string(caches))
	home := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
	cmd.Dir = dir
	cmd.Env = cli.Environ("CLI="+tested.Path, "USAGE="+usage, "HOME="+home, "GOCACHE="+places[0], "GOMODCACHE="+places[1], "GOPROXY=off")
	said, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s\n\nThe script:\n%s", err, said, script)
	}
	for _, want := range []string{
		"Installed in " + filepath.Join(home, ".terraform.d", "plugins"), // make install
		"Plan: 1 to add, 0 to change, 0 to destroy.",                     // with the development override
		`{"items":[],"total":0}`,                                         // the lists of deliveries and dead letters
	} {
		if !strings.Contains(string(said), want) {
			t.Errorf("%q is not printed:\n%s", want, said)
		}
	}
	if _, err := os.Stat(filepath.Join(dir, "bin", "terraform-provider-talonic")); err != nil {
		t.Errorf("make build: %v", err)
	}
}
