// Command schema prints the provider's schema as JSON, in the form that
// tfplugindocs reads: exported by whichever CLI the tests use, where tfplugindocs
// would insist on Terraform and download one. What some CLIs do not export is
// added, so that the result is the same.
package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

const configuration = `terraform {
  required_providers {
    talonic = { source = "talonicdev/talonic" }
  }
}
`

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "schema:", err)
		os.Exit(1)
	}
}

func run() error {
	tested, err := cli.Find()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "talonic-schema-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)

	config := filepath.Join(dir, "cli.tfrc")
	if err := os.WriteFile(config, []byte(cli.Config(dir)), 0o600); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte(configuration), 0o600); err != nil {
		return err
	}
	if err := cli.BuildProvider(dir); err != nil {
		return err
	}

	cmd := exec.Command(tested.Path, "providers", "schema", "-json")
	cmd.Dir = dir
	cmd.Env = cli.Environ("TF_CLI_CONFIG_FILE=" + config)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%s: %w", tested, err)
	}
	return rename(out)
}

// rename prints the schemas with the provider under its short name instead of
// the address, which differs between the CLIs, and with what a CLI may lack.
func rename(out []byte) error {
	var schemas struct {
		FormatVersion string                                `json:"format_version"`
		Providers     map[string]map[string]json.RawMessage `json:"provider_schemas"`
	}
	if err := json.Unmarshal(out, &schemas); err != nil {
		return err
	}
	added, err := additions()
	if err != nil {
		return err
	}
	renamed := make(map[string]map[string]json.RawMessage)
	for _, provider := range schemas.Providers {
		maps.Copy(provider, added)
		renamed["talonic"] = provider
	}
	schemas.Providers = renamed
	return json.NewEncoder(os.Stdout).Encode(schemas)
}
