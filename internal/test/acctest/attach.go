package acctest

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

// attachable are the commands that run with a provider that serves them all along. A CLI would launch three, and spend most of its
// time on the keys of their connections.
var attachable = []string{"apply", "destroy", "import", "plan", "refresh", "show", "validate"}

// noLogs keeps a provider that is served from formatting a line for each step of each call, which nobody reads.
var noLogs = []string{"TF_LOG_SDK=OFF", "TF_LOG_SDK_FRAMEWORK=OFF", "TF_LOG_SDK_PROTO=OFF"}

var anAlias = regexp.MustCompile(`(?m)^\s*alias\s*=`)

// LaunchProviders lets the CLI launch providers itself, as it does for users: for tests of processes, logs and connections.
func (w *Workspace) LaunchProviders() { w.launches = true }

// MustLaunch reports whether a provider that is served cannot take the place of those that the CLI launches. It has one
// configuration, so it cannot serve those with an alias, and its logs do not reach the CLI.
func (w *Workspace) MustLaunch(args ...string) bool {
	if w.launches || w.env["TF_LOG"]+w.env["TF_LOG_PROVIDER"] != "" || len(args) == 0 || !slices.Contains(attachable, args[0]) {
		return true
	}
	files, err := filepath.Glob(filepath.Join(w.Dir, "*.tf"))
	if err != nil {
		w.t.Fatal(err)
	}
	return slices.ContainsFunc(files, func(name string) bool {
		content, err := os.ReadFile(name)
		return err != nil || anAlias.Match(content)
	})
}

// attach serves the provider for a command, and returns the variable that tells the CLI how to reach it. Stop ends the provider.
func (w *Workspace) attach(args, env []string) (variable string, stop func()) {
	if w.MustLaunch(args...) {
		return "", func() {}
	}
	w.t.Helper()
	provider := exec.Command(filepath.Join(suite.dir, "terraform-provider-talonic"), "-debug")
	provider.Env, provider.Dir = slices.Concat(env, noLogs), w.Dir
	printed, err := provider.StdoutPipe()
	if err != nil {
		w.t.Fatal(err)
	}
	if err := provider.Start(); err != nil {
		w.t.Fatal(err)
	}
	stop = func() {
		_ = provider.Process.Kill()
		_ = provider.Wait() // it was killed
	}
	w.t.Cleanup(stop) // also if the test ends before the command does
	for lines := bufio.NewScanner(printed); lines.Scan(); {
		if _, value, ok := strings.Cut(lines.Text(), "TF_REATTACH_PROVIDERS='"); ok {
			value = strings.TrimSuffix(value, "'")
			if suite.cli.Product == cli.OpenTofu {
				value = strings.ReplaceAll(value, "registry.terraform.io", "registry.opentofu.org")
			}
			return "TF_REATTACH_PROVIDERS=" + value, stop
		}
	}
	stop()
	w.t.Fatal("the provider did not say how to attach to it")
	return "", stop
}
