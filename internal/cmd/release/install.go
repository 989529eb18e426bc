package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/hashicorp/go-version"
)

const (
	source  = "talonicdev/talonic"
	project = "terraform-provider-talonic"
)

// hosts are the registry hosts with which CLIs complete the provider's source: the first for Terraform, the second for OpenTofu.
var hosts = []string{"registry.terraform.io", "registry.opentofu.org"}

// installation is the provider for this machine in a filesystem mirror:
// https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
type installation struct {
	mirror  string // directory of the mirror
	version string
	packed  bool // install a zip file instead of its content
}

// check returns an error if the version is invalid, because the version becomes part of paths, some of which are removed.
func (i installation) check() error {
	if v, err := version.NewSemver(i.version); err != nil || v.String() != i.version {
		return fmt.Errorf("not a version, such as 1.2.3: %q", i.version)
	}
	return nil
}

// place copies the content of a release's zip file to the mirror, and replaces an earlier installation of the same version.
func (i installation) place(content string) error {
	for _, host := range hosts {
		unpacked, packed := i.paths(host)
		for _, former := range []string{unpacked, packed} {
			if err := os.RemoveAll(former); err != nil {
				return err
			}
		}
		if !i.packed {
			if err := os.CopyFS(unpacked, os.DirFS(content)); err != nil {
				return err
			}
			continue
		}
		file, err := zipped(content)
		if err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Dir(packed), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(packed, file, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// paths returns the two paths at which a CLI searches for the version for this machine.
func (i installation) paths(host string) (unpacked, packed string) {
	provider := filepath.Join(i.mirror, host, filepath.FromSlash(source))
	platform := runtime.GOOS + "_" + runtime.GOARCH
	return filepath.Join(provider, i.version, platform), filepath.Join(provider, project+"_"+i.version+"_"+platform+".zip")
}

// build creates the content of a release's zip file.
func build(root, version, content string) error {
	name := project + "_v" + version
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	cmd := exec.Command("go", "build", "-buildvcs=false", "-ldflags=-s -w -X main.version="+version,
		"-o", filepath.Join(content, name), ".")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, out)
	}
	license, err := os.ReadFile(filepath.Join(root, "LICENSE"))
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(content, "LICENSE"), license, 0o644)
}

func zipped(dir string) ([]byte, error) {
	var file bytes.Buffer
	z := zip.NewWriter(&file)
	if err := z.AddFS(os.DirFS(dir)); err != nil {
		return nil, err
	}
	err := z.Close()
	return file.Bytes(), err
}

// requiredProviders returns the required_providers block that selects this version.
func (i installation) requiredProviders() string {
	return fmt.Sprintf(`terraform {
  required_providers {
    talonic = {
      source  = %q
      version = %q
    }
  }
}
`, source, i.version)
}

// cliConfig returns a CLI configuration that takes this provider from the mirror, and all other providers from their default
// sources.
func (i installation) cliConfig() string {
	return fmt.Sprintf(`provider_installation {
  filesystem_mirror {
    path    = %q
    include = [%[2]q]
  }
  direct {
    exclude = [%[2]q]
  }
}
`, i.mirror, source)
}
