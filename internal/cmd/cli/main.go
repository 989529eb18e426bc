// Command cli prints the path of the CLI to test with. If there is none, it first builds OpenTofu from source, and reports that on
// standard error.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

func main() {
	tested, err := find()
	if err != nil {
		fmt.Fprintln(os.Stderr, "cli:", err)
		os.Exit(1)
	}
	fmt.Fprintln(os.Stderr, "Testing with", tested)
	fmt.Println(tested.Path)
}

func find() (cli.CLI, error) {
	root, err := cli.Root()
	if err != nil {
		return cli.CLI{}, err
	}
	built := filepath.Join(root, "bin", "tofu")

	tested, err := cli.Find()
	switch {
	case errors.Is(err, cli.ErrNone):
		fmt.Fprintln(os.Stderr, "Neither terraform nor tofu >= 1.11 on PATH: building OpenTofu from source, once, a few minutes.")
	case err != nil || tested.Path != built:
		return tested, err
	}
	// Run make even if the executable exists, because make determines whether it is up to date.
	cmd := exec.Command("make", "--silent", "-C", root, "bin/tofu")
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		return cli.CLI{}, fmt.Errorf("building OpenTofu: %w", err)
	}
	return cli.Find()
}
