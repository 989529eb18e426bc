package acctest_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

const requiredProviders = `terraform {
  required_providers {
    talonic = { source = "talonicdev/talonic" }
  }
}
`

// The resource is a built-in one of the CLI, so the test does not depend on the provider's resources. The CLI starts the provider because the
// configuration requires it.
const configuration = requiredProviders + `
variable "input" {
  type    = string
  default = "a"
}

resource "terraform_data" "one" {
  input = var.input
}
`

func TestWorkspace(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": configuration})

	if state := w.State(); state != nil {
		t.Errorf("state before the first apply: %s", state)
	}
	acctest.Golden(t, "plan", w.Normalize(w.Plan().Output(), "terraform_data", "a_resource"))
	w.Apply()
	if plan := w.Normalize(w.PlanEmpty().Output()); !strings.HasSuffix(plan, "\nNo changes. Your infrastructure matches the configuration.\n") {
		t.Errorf("the empty plan says:\n%s", plan)
	}
	if state := string(w.State()); !strings.Contains(state, `"terraform_data"`) {
		t.Errorf("the resource is not in the state:\n%s", state)
	}

	w.Setenv("TF_VAR_input", "b")
	w.Plan()
	w.Destroy()
	if state := string(w.State()); strings.Contains(state, `"terraform_data"`) {
		t.Errorf("the resource is still in the state:\n%s", state)
	}
}

// The test reads the provider's schema, so the CLI must have found and started the provider.
func TestWorkspaceUsesProvider(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": requiredProviders})

	schema := w.MustRun("providers", "schema", "-json").Stdout
	if !strings.Contains(schema, `/talonicdev/talonic":{"provider":{`) {
		t.Errorf("no schema of the provider:\n%.500s", schema)
	}
}

// A served provider and a launched one leave no files behind.
func TestWorkspaceLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, launches := range map[string]bool{"served": false, "launched": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.NewWorkspace(t, map[string]string{"main.tf": configuration})
			if launches {
				w.LaunchProviders()
			}
			dir := t.TempDir()
			w.Setenv("TMPDIR", dir)
			w.Plan()
			if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
				t.Errorf("left behind: %v, %v", left, err)
			}
		})
	}
}

// Tests that need provider processes of the CLI must not use a served provider.
func TestMustLaunch(t *testing.T) {
	t.Parallel()
	const provider = "provider \"talonic\" {\n"
	for name, c := range map[string]struct {
		args   []string
		main   string
		change func(w *acctest.Workspace)
		want   bool
	}{
		"a plan":                {args: []string{"plan", "-json"}, main: provider + "}\n"},
		"a saved plan":          {args: []string{"show", "-json", "tfplan"}, main: provider + "}\n"},
		"the name of an object": {args: []string{"apply"}, main: "locals { alias_ = 1 }\n"},
		"asked for":             {args: []string{"plan"}, change: (*acctest.Workspace).LaunchProviders, want: true},
		"an alias":              {args: []string{"plan"}, main: provider + "  alias  = \"two\"\n}\n", want: true},
		"logs":                  {args: []string{"plan"}, change: func(w *acctest.Workspace) { w.Setenv("TF_LOG", "TRACE") }, want: true},
		"no provider":           {args: []string{"version"}, want: true},
		"tests of its own":      {args: []string{"test"}, want: true},
	} {
		w := acctest.NewWorkspace(t, map[string]string{"main.tf": c.main})
		if c.change != nil {
			c.change(w)
		}
		if got := w.MustLaunch(c.args...); got != c.want {
			t.Errorf("%s: launched: %t", name, got)
		}
	}
}

// The interrupt arrives during an operation that would take a minute.
func TestWorkspaceInterrupt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there are no signals on Windows")
	}
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": `
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command = "touch started && exec sleep 60"
  }
}
`})
	command := w.Start("apply", "-auto-approve")
	started := filepath.Join(w.Dir, "started")
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(started); err == nil {
			break
		}
	}
	command.Interrupt()
	if result := command.Wait(); result.ExitCode != 1 || !strings.Contains(result.Output(), "nterrupt") {
		t.Errorf("%s", result)
	}
}

func TestWorkspaceValidate(t *testing.T) {
	t.Parallel()
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": configuration})

	if diagnostics := w.Validate(); len(diagnostics) != 0 {
		t.Errorf("diagnostics of a valid configuration: %+v", diagnostics)
	}

	w.Write("main.tf", configuration+"\noutput \"two\" {\n  value = terraform_data.two.output\n}\n")
	diagnostics := w.Validate()
	if len(diagnostics) != 1 {
		t.Fatalf("got %+v, want one diagnostic", diagnostics)
	}
	got := diagnostics[0]
	if got.Severity != "error" || got.Summary != "Reference to undeclared resource" || got.Detail == "" ||
		got.Filename != "main.tf" || got.Line != 17 || got.Code != "  value = terraform_data.two.output" {
		t.Errorf("got %+v", got)
	}
	w.MustFail("plan")
}

func TestWorkspaceCopyDir(t *testing.T) {
	t.Parallel()
	src := t.TempDir()
	for _, name := range []string{"main.tf", "module/main.tf", ".terraform/x.tf", "terraform.tfstate", ".terraform.lock.hcl"} {
		path := filepath.Join(src, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("# "+name+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}

	w := acctest.NewWorkspace(t, nil)
	w.CopyDir(src)

	var got []string
	err := filepath.WalkDir(w.Dir, func(path string, entry os.DirEntry, err error) error {
		if err == nil && !entry.IsDir() {
			got = append(got, strings.TrimPrefix(filepath.ToSlash(path), filepath.ToSlash(w.Dir)+"/"))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Join(got, " ") != "main.tf module/main.tf" {
		t.Errorf("copied %q", got)
	}
}
