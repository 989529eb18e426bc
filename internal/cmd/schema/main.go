// Command schema prints the provider's schema as JSON for tfplugindocs. It exports the schema with the CLI that the tests use,
// because tfplugindocs itself would download Terraform. It adds the parts that some CLIs do not export, so that the result does
// not depend on the CLI.
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

// rename prints the schemas with the provider's short name instead of its address, which differs between the CLIs, and adds the
// parts that a CLI may not export.
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
