package acctest

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

// suite is what the tests of one process share; Main sets it.
var suite struct {
	cli         cli.CLI
	providerDir func() (string, error)
}

// Main runs the acceptance tests of a package: with a CLI that it finds, and in
// an environment that is the same whoever runs them, so that `go test ./...`
// needs no variables and heeds none that a user has set for his own work.
func Main(m *testing.M) {
	code, err := run(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "acceptance tests:", err)
		code = 1
	}
	os.Exit(code)
}

func run(m *testing.M) (int, error) {
	tested, err := cli.Find()
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "talonic-acctest-")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)

	suite.cli = tested
	suite.providerDir = sync.OnceValues(func() (string, error) { return dir, cli.BuildProvider(dir) })

	if err := setEnvironment(tested); err != nil {
		return 0, err
	}
	return m.Run(), nil
}

// setEnvironment prepares the process itself, because terraform-plugin-testing
// has no other way to be told, and passes on what it finds.
func setEnvironment(tested cli.CLI) error {
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if cli.IsForeign(name) {
			if err := os.Unsetenv(name); err != nil {
				return err
			}
		}
	}
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

// TestedCLI returns the CLI that Main found, for tests of what only one product
// or only a newer version can do.
func TestedCLI() cli.CLI {
	return suite.cli
}
