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

// attachable lists the commands that use a provider which the test serves. Otherwise the CLI would launch three provider processes, and spend
// most of its time on the TLS keys of their connections.
var attachable = []string{"apply", "destroy", "import", "plan", "refresh", "show", "validate"}

// noLogs disables the logs of a served provider, because nobody reads its line for each step of each call.
var noLogs = []string{"TF_LOG_SDK=OFF", "TF_LOG_SDK_FRAMEWORK=OFF", "TF_LOG_SDK_PROTO=OFF"}

var anAlias = regexp.MustCompile(`(?m)^\s*alias\s*=`)

// LaunchProviders lets the CLI launch provider processes, as it does for users. It is for tests of processes, logs and connections.
func (w *Workspace) LaunchProviders() { w.launches = true }

// MustLaunch reports whether the CLI has to launch provider processes for a command. A served provider has only one configuration, so it
// cannot serve aliases, and its logs do not reach the CLI.
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

// attach serves the provider for a command, and returns the variable that contains the address of the served provider for the CLI. stop ends
// the provider.
func (w *Workspace) attach(args, env []string) (variable string, stop func()) {
	if w.MustLaunch(args...) {
		return "", func() {}
	}
	w.t.Helper()
	provider := exec.Command(filepath.Join(suite.dir, "terraform-provider-talonic"), "-debug")
	provider.Env, provider.Dir = slices.Concat(env, noLogs, []string{"PLUGIN_UNIX_SOCKET_DIR=" + suite.dir}), w.Dir // a killed provider leaves its socket
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
	w.t.Cleanup(stop) // also if the test ends before the command
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
