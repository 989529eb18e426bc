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

// hosts complete the source: Terraform does it with the first, OpenTofu with the second.
var hosts = []string{"registry.terraform.io", "registry.opentofu.org"}

// installation is the provider, for this machine, in a filesystem mirror:
// https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
type installation struct {
	mirror  string // the mirror's directory
	version string
	packed  bool // a zip file, rather than what is in it
}

// check refuses what is not a version: it becomes part of paths, some of which are removed.
func (i installation) check() error {
	if v, err := version.NewSemver(i.version); err != nil || v.String() != i.version {
		return fmt.Errorf("not a version, such as 1.2.3: %q", i.version)
	}
	return nil
}

// place puts the content of a release's zip file into the mirror, over a former installation of the same version.
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

// paths are the two places at which a CLI finds the version for this machine.
func (i installation) paths(host string) (unpacked, packed string) {
	provider := filepath.Join(i.mirror, host, filepath.FromSlash(source))
	platform := runtime.GOOS + "_" + runtime.GOARCH
	return filepath.Join(provider, i.version, platform), filepath.Join(provider, project+"_"+i.version+"_"+platform+".zip")
}

// build makes what the zip file of a release contains.
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

// requiredProviders is what a configuration says to have this version.
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

// cliConfig is the CLI configuration that takes the provider from the mirror, and every other one from where it was before.
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
