package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/hashicorp/go-version"
)

// Product distinguishes Terraform from OpenTofu.
type Product string

// These are the CLIs with which the provider is tested, by the names of their executables.
const (
	Terraform Product = "terraform"
	OpenTofu  Product = "tofu"
)

// minimum is the first version of both CLIs that supports write-only arguments.
var minimum = version.Must(version.NewVersion("1.11.0"))

// CLI is a Terraform or OpenTofu executable.
type CLI struct {
	Path    string
	Product Product
	Version *version.Version
}

// String returns the CLI's name, version and path, such as "terraform 1.11.4 (/usr/bin/terraform)".
func (c CLI) String() string {
	return fmt.Sprintf("%s %s (%s)", c.Product, c.Version, c.Path)
}

// ErrNone reports that no CLI to test with was found, and explains how to get one.
var ErrNone = errors.New("neither terraform nor tofu >= 1.11 found: install one, or run `make cli` to build one")

// Find returns the CLI to test with. If TF_ACC_TERRAFORM_PATH is set, Find returns the CLI at that path. Otherwise it returns the
// first of terraform on PATH, tofu on PATH, and bin/tofu (built by `make cli`) that is recent enough. If there is none, it returns
// [ErrNone].
func Find() (CLI, error) {
	root, err := Root()
	if err != nil {
		return CLI{}, err
	}
	return choose(
		os.Getenv("TF_ACC_TERRAFORM_PATH"),
		[]string{string(Terraform), string(OpenTofu), filepath.Join(root, "bin", string(OpenTofu))},
		inspect,
	)
}

// choose returns the explicit CLI, or else the first usable candidate. If the explicit CLI is not usable, it returns an error
// instead of a candidate.
func choose(explicit string, candidates []string, inspect func(name string) (CLI, error)) (CLI, error) {
	if explicit != "" {
		tested, err := inspect(explicit)
		if err == nil {
			err = usable(tested)
		}
		if err != nil {
			return CLI{}, fmt.Errorf("TF_ACC_TERRAFORM_PATH: %w", err)
		}
		return tested, nil
	}

	var refused []string
	for _, candidate := range candidates {
		tested, err := inspect(candidate)
		if errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err == nil {
			err = usable(tested)
		}
		if err == nil {
			return tested, nil
		}
		refused = append(refused, err.Error())
	}
	if len(refused) > 0 {
		return CLI{}, fmt.Errorf("%w (%s)", ErrNone, strings.Join(refused, "; "))
	}
	return CLI{}, ErrNone
}

func usable(tested CLI) error {
	if tested.Version.LessThan(minimum) {
		return fmt.Errorf("%s is older than %s", tested, minimum)
	}
	return nil
}

// inspect returns the product and version of an executable, given by its path or its name on PATH. It runs the executable outside
// the checkout, so that no configuration affects it.
func inspect(name string) (CLI, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return CLI{}, err
	}
	if path, err = filepath.Abs(path); err != nil {
		return CLI{}, err
	}

	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, path, "version")
	cmd.Dir = os.TempDir()
	cmd.Env = Environ()
	out, err := cmd.Output()
	if err != nil {
		return CLI{}, fmt.Errorf("%s version: %w", path, err)
	}

	product, number, err := parseVersion(string(out))
	if err != nil {
		return CLI{}, fmt.Errorf("%s version: %w", path, err)
	}
	return CLI{Path: path, Product: product, Version: number}, nil
}

var versionLine = regexp.MustCompile(`(?m)^(Terraform|OpenTofu) v(\S+)$`)

// parseVersion parses the output of the command `version`. It does not use the JSON output, because that does not contain the
// product.
func parseVersion(out string) (Product, *version.Version, error) {
	match := versionLine.FindStringSubmatch(out)
	if match == nil {
		return "", nil, fmt.Errorf("neither Terraform nor OpenTofu: %q", out)
	}
	number, err := version.NewVersion(match[2])
	if err != nil {
		return "", nil, err
	}
	if match[1] == "OpenTofu" {
		return OpenTofu, number, nil
	}
	return Terraform, number, nil
}
