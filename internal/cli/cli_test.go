package cli

import (
	"errors"
	"fmt"
	"os/exec"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
)

func TestChoose(t *testing.T) {
	t.Parallel()

	const bundled = "/checkout/bin/tofu"
	candidates := []string{"terraform", "tofu", bundled}

	tests := map[string]struct {
		explicit  string
		installed map[string]string // name to version; "": the CLI does not run
		want      string
		wantErr   string
		noCLI     bool
	}{
		"terraform first":                 {installed: map[string]string{"terraform": "1.11.4", "tofu": "1.12.6", bundled: "1.12.6"}, want: "terraform"},
		"exactly the minimum":             {installed: map[string]string{"terraform": "1.11.0"}, want: "terraform"},
		"a later major version":           {installed: map[string]string{"terraform": "2.0.0"}, want: "terraform"},
		"a pre-release of a later one":    {installed: map[string]string{"terraform": "1.12.0-beta1"}, want: "terraform"},
		"a pre-release of the minimum":    {installed: map[string]string{"terraform": "1.11.0-rc1"}, wantErr: "terraform 1.11.0-rc1 (terraform) is older than 1.11.0", noCLI: true},
		"terraform too old, tofu not":     {installed: map[string]string{"terraform": "1.5.7", "tofu": "1.11.0"}, want: "tofu"},
		"tofu alone":                      {installed: map[string]string{"tofu": "1.12.6"}, want: "tofu"},
		"the built one last":              {installed: map[string]string{"terraform": "1.10.9", "tofu": "1.9.0", bundled: "1.12.6"}, want: bundled},
		"one that does not run":           {installed: map[string]string{"terraform": "", "tofu": "1.12.6"}, want: "tofu"},
		"nothing":                         {wantErr: "make cli", noCLI: true},
		"all too old":                     {installed: map[string]string{"terraform": "1.5.7", "tofu": "1.10.0"}, wantErr: "tofu 1.10.0 (tofu) is older", noCLI: true},
		"explicit wins":                   {explicit: "/opt/tofu", installed: map[string]string{"terraform": "1.11.4", "/opt/tofu": "1.12.6"}, want: "/opt/tofu"},
		"explicit but missing":            {explicit: "/opt/tofu", installed: map[string]string{"terraform": "1.11.4"}, wantErr: "TF_ACC_TERRAFORM_PATH"},
		"explicit but too old":            {explicit: "/opt/tf", installed: map[string]string{"terraform": "1.11.4", "/opt/tf": "1.10.0"}, wantErr: "older than 1.11.0"},
		"explicit is never built instead": {explicit: "/opt/tf", wantErr: "TF_ACC_TERRAFORM_PATH"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			inspect := func(name string) (CLI, error) {
				number, ok := test.installed[name]
				switch {
				case !ok:
					return CLI{}, fmt.Errorf("%s: %w", name, exec.ErrNotFound)
				case number == "":
					return CLI{}, errors.New("cannot run " + name)
				}
				product := Terraform
				if strings.HasSuffix(name, "tofu") {
					product = OpenTofu
				}
				return CLI{Path: name, Product: product, Version: version.Must(version.NewVersion(number))}, nil
			}
			got, err := choose(test.explicit, candidates, inspect)
			if test.wantErr == "" {
				if err != nil || got.Path != test.want {
					t.Fatalf("got %v, %v; want %s", got.Path, err, test.want)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.wantErr) {
				t.Errorf("error %v does not say %q", err, test.wantErr)
			}
			if errors.Is(err, ErrNone) != test.noCLI {
				t.Errorf("is ErrNoCLI: %v, want %v", !test.noCLI, test.noCLI)
			}
		})
	}
}

func TestParseVersion(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		out     string
		product Product
		version string
	}{
		"terraform":            {"Terraform v1.11.4\non linux_amd64\n", Terraform, "1.11.4"},
		"tofu":                 {"OpenTofu v1.12.6\non linux_amd64\n", OpenTofu, "1.12.6"},
		"development version":  {"Terraform v1.17.0-dev\non linux_amd64\n", Terraform, "1.17.0-dev"},
		"after a warning":      {"\nWarning: Something\n\nTerraform v1.11.4\non linux_amd64\n", Terraform, "1.11.4"},
		"something else":       {"Vault v1.19.0\n", "", ""},
		"nothing":              {"", "", ""},
		"not a version number": {"Terraform vnext\n", "", ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			product, number, err := parseVersion(test.out)
			if test.product == "" {
				if err == nil {
					t.Fatalf("got %s %s, want an error", product, number)
				}
				return
			}
			if err != nil || product != test.product || number.String() != test.version {
				t.Fatalf("got %s %v, %v; want %s %s", product, number, err, test.product, test.version)
			}
		})
	}
}
