// Command cli prints the path of the CLI to test with. Where there is none, it
// builds OpenTofu from source first, and says so.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func main() {
	cli, err := find()
	if err != nil {
		fmt.Fprintln(os.Stderr, "cli:", err)
		os.Exit(1)
	}
	fmt.Fprintln(os.Stderr, "Testing with", cli)
	fmt.Println(cli.Path)
}

func find() (acctest.CLI, error) {
	root, err := acctest.Root()
	if err != nil {
		return acctest.CLI{}, err
	}
	built := filepath.Join(root, "bin", "tofu")

	cli, err := acctest.FindCLI()
	switch {
	case errors.Is(err, acctest.ErrNoCLI):
		fmt.Fprintln(os.Stderr, "Neither terraform nor tofu >= 1.11 on PATH: building OpenTofu from source, once, a few minutes.")
	case err != nil || cli.Path != built:
		return cli, err
	}
	// Also when it is there already: make knows whether it is up to date.
	cmd := exec.Command("make", "--silent", "-C", root, "bin/tofu")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return acctest.CLI{}, fmt.Errorf("building OpenTofu: %w", err)
	}
	return acctest.FindCLI()
}
