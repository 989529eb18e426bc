package acctest

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

// Workspace is a directory in which a test runs the real CLI, to check output that terraform-plugin-testing does not expose: the text of a
// plan, the diagnostics of a validation, the bytes of a state file. It uses the provider's binary, so the test process shares only the API
// server with it.
type Workspace struct {
	Dir string

	t        testing.TB
	env      map[string]string
	launches bool
}

// NewWorkspace returns a workspace with the given files, by name. The workspace is removed at the end of the test. Tests with workspaces may
// run in parallel.
func NewWorkspace(t testing.TB, files map[string]string) *Workspace {
	t.Helper()
	NeedCLI(t)
	// Go reuses a test result only if the variables that the test itself read are unchanged. Main reads this variable before the test starts.
	_ = os.Getenv("TF_ACC_TERRAFORM_PATH")
	providerDir, err := suite.providerDir()
	if err != nil {
		t.Fatal(err)
	}

	// This file is outside the workspace, because tests may read every file in the workspace.
	config := filepath.Join(t.TempDir(), "cli.tfrc")
	if err := os.WriteFile(config, []byte(cli.Config(providerDir)), 0o600); err != nil {
		t.Fatal(err)
	}

	w := &Workspace{
		Dir: t.TempDir(),
		t:   t,
		env: map[string]string{
			"TF_CLI_CONFIG_FILE": config,
			"TF_CLI_ARGS":        "-no-color",
			"TF_IN_AUTOMATION":   "1",
			"TF_INPUT":           "0",
			testVariable:         t.Name(),
		},
	}
	for name, content := range files {
		w.Write(name, content)
	}
	return w
}

// Setenv sets a variable only for the CLI and the provider in this workspace, so that tests can run in parallel.
func (w *Workspace) Setenv(key, value string) {
	w.env[key] = value
}

// Unsetenv removes a variable that Setenv has set.
func (w *Workspace) Unsetenv(key string) { delete(w.env, key) }

// StandIn makes the provider's binary available under the names of other providers, such as "mastercard/restapi". CLIs need the provider of
// every resource in a state, even of a moved resource, but request only its schema.
func (w *Workspace) StandIn(sources ...string) {
	w.t.Helper()
	dir, err := suite.providerDir()
	if err != nil {
		w.t.Fatal(err)
	}
	for _, source := range sources {
		_, name, _ := strings.Cut(source, "/")
		err := os.Symlink("terraform-provider-talonic", filepath.Join(dir, "terraform-provider-"+name))
		if err != nil && !errors.Is(err, fs.ErrExist) {
			w.t.Fatal(err)
		}
	}
	w.configure(cli.Config(dir, sources...))
}

// TakeProviders configures the CLI to launch a different build of this provider, and other providers, from a directory.
func (w *Workspace) TakeProviders(dir string, others ...string) {
	w.t.Helper()
	w.LaunchProviders()
	w.configure(cli.Config(dir, others...))
}

// configure replaces the configuration of the CLI.
func (w *Workspace) configure(content string) {
	w.t.Helper()
	if err := os.WriteFile(w.env["TF_CLI_CONFIG_FILE"], []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// Write writes a file in the workspace, and creates its directories.
func (w *Workspace) Write(name, content string) {
	w.t.Helper()
	path := filepath.Join(w.Dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// CopyDir copies a directory, such as an example, into the workspace. It skips hidden files and states, which manual runs may have left.
func (w *Workspace) CopyDir(src string) {
	w.t.Helper()
	tree := os.DirFS(src)
	err := fs.WalkDir(tree, ".", func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil || path == ".":
			return err
		case strings.HasPrefix(entry.Name(), ".") && entry.IsDir():
			return fs.SkipDir
		case strings.HasPrefix(entry.Name(), "."), strings.Contains(entry.Name(), ".tfstate"), entry.IsDir():
			return nil
		}
		content, err := fs.ReadFile(tree, path)
		if err == nil {
			w.Write(path, string(content))
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
}

// State returns the bytes of the state file; nil if the file does not exist.
func (w *Workspace) State() []byte {
	w.t.Helper()
	state, err := os.ReadFile(filepath.Join(w.Dir, "terraform.tfstate"))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		w.t.Fatal(err)
	}
	return state
}

// Result holds the output and the exit code of a command.
type Result struct {
	Args     []string
	Stdout   string
	Stderr   string
	ExitCode int
}

// Output returns the whole output of the command: a plan and its warnings, then errors.
func (r Result) Output() string {
	return r.Stdout + r.Stderr
}

// String returns the whole run in the form for messages of failing tests.
func (r Result) String() string {
	return fmt.Sprintf("$ %s %s\n%s\nexit code %d",
		suite.cli.Product, strings.Join(r.Args, " "), r.Output(), r.ExitCode)
}

// Run runs the CLI. The caller checks the exit code. The test fails only if the CLI cannot run at all.
func (w *Workspace) Run(args ...string) Result {
	w.t.Helper()
	return w.Start(args...).Wait()
}

// MustRun runs the CLI and fails the test unless it succeeds.
func (w *Workspace) MustRun(args ...string) Result {
	w.t.Helper()
	return w.expect(w.Run(args...), 0)
}

// MustFail runs the CLI and fails the test unless it reports errors.
func (w *Workspace) MustFail(args ...string) Result {
	w.t.Helper()
	return w.expect(w.Run(args...), 1)
}

// Exit codes of `plan -detailed-exitcode`.
const (
	planEmpty   = 0
	planChanges = 2
)

// Plan runs `plan`, and fails the test if the plan is empty.
func (w *Workspace) Plan(args ...string) Result {
	w.t.Helper()
	return w.expect(w.plan(args), planChanges)
}

// PlanEmpty runs `plan`, and fails the test unless the plan is empty.
func (w *Workspace) PlanEmpty(args ...string) Result {
	w.t.Helper()
	return w.expect(w.plan(args), planEmpty)
}

func (w *Workspace) plan(args []string) Result {
	w.t.Helper()
	return w.Run(append([]string{"plan", "-detailed-exitcode"}, args...)...)
}

// Apply runs `apply` without approval, and fails the test unless the apply succeeds.
func (w *Workspace) Apply(args ...string) Result {
	w.t.Helper()
	return w.MustRun(append([]string{"apply", "-auto-approve"}, args...)...)
}

// Destroy runs `destroy` without approval, and fails the test unless the destroy succeeds.
func (w *Workspace) Destroy(args ...string) Result {
	w.t.Helper()
	return w.MustRun(append([]string{"destroy", "-auto-approve"}, args...)...)
}

func (w *Workspace) expect(r Result, code int) Result {
	w.t.Helper()
	if r.ExitCode != code {
		w.t.Fatalf("%s, not %d", r, code)
	}
	return r
}
