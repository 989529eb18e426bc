package acctest

import (
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

// suite holds values that the tests of one process share. Main sets them.
var suite struct {
	cli         cli.CLI
	dir         string // removed at the end
	providerDir func() (string, error)
}

// Main runs the acceptance tests of a package with a CLI that it finds. The environment is the same for everyone, so that `go test ./...`
// needs no variables, and ignores variables that a user has set for other work.
func Main(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "acceptance tests:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (int, error) {
	debug.SetGCPercent(400) // The process uses little memory, so by default the collector would take a quarter of the time.
	flag.Parse()
	if err := clearEnvironment(); err != nil {
		return 0, err
	}
	if testing.Short() {
		return m.Run(), nil // NeedCLI skips the tests that need a CLI.
	}
	tested, err := cli.Find()
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "talonic-acctest-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)

	if countProcesses {
		script, notes, err := countingCLI(dir, tested.Path)
		if err != nil {
			return 0, err
		}
		tested.Path = script
		defer func() {
			noted, _ := os.ReadFile(notes) // no file means no processes
			fmt.Print(processesIn(string(noted)))
		}()
	}
	suite.cli, suite.dir = tested, dir
	suite.providerDir = sync.OnceValues(func() (string, error) { return dir, cli.BuildProvider(dir) })

	if err := setEnvironment(tested); err != nil {
		return 0, err
	}
	return m.Run(), nil
}

// clearEnvironment removes variables that a user has set for other work, and prevents providers in this process from writing files.
func clearEnvironment() error {
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if cli.IsForeign(name) {
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
	return os.Setenv("TALONIC_CLAIMS_DIR", "")
}

// setEnvironment configures terraform-plugin-testing, which reads only environment variables, for the tested CLI.
func setEnvironment(tested cli.CLI) error {
	env := map[string]string{
		"CHECKPOINT_DISABLE":    "1",
		"TF_ACC":                "1",
		"TF_ACC_TERRAFORM_PATH": tested.Path,
		"TF_CLI_CONFIG_FILE":    os.DevNull,
	}
	if tested.Product == cli.OpenTofu {
		env["TF_ACC_PROVIDER_HOST"] = "registry.opentofu.org"
	}
	for name, value := range env {
		if err := os.Setenv(name, value); err != nil {
			return err
		}
	}
	return nil
}

// TestedCLI returns the CLI that Main found, for tests of features that only one product or only newer versions have.
func TestedCLI(t testing.TB) cli.CLI {
	t.Helper()
	NeedCLI(t)
	return suite.cli
}

// Test runs a test case of terraform-plugin-testing.
func Test(t *testing.T, c resource.TestCase) {
	t.Helper()
	NeedCLI(t)
	resource.UnitTest(t, c)
}

// NeedCLI skips a test under -short, and fails it in a package without Main.
func NeedCLI(t testing.TB) {
	t.Helper()
	if testing.Short() {
		t.Skip("-short: it runs a CLI")
	}
	if suite.providerDir == nil {
		t.Fatal("the package needs a TestMain that calls acctest.Main")
	}
}
