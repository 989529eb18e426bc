package cli

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// BuildProvider builds the provider of this checkout into a directory, under the file name that the CLIs expect.
func BuildProvider(dir string) error {
	root, err := Root()
	if err != nil {
		return err
	}
	if err := noteSources(root); err != nil {
		return err
	}
	file := filepath.Join(dir, "terraform-provider-talonic")
	// Tests do not need the version control stamp, which requires git.
	args := []string{"build", "-buildvcs=false", "-o", file, "."}
	if _, err := exec.LookPath("cp"); err == nil {
		// Unlike "go build", "go run" caches the linked executable, so only the first of several test packages links the provider.
		args = []string{"run", "-buildvcs=false", "-exec", "cp", ".", file}
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, out)
	}
	return nil
}

// noteSources visits all source files of the provider, so that Go does not reuse a test's result after one of them changes. Go
// itself only tracks files that the test visits, not files that only the build reads.
func noteSources(root string) error {
	for _, name := range []string{"go.mod", "go.sum", "main.go"} {
		if _, err := os.Stat(filepath.Join(root, name)); err != nil {
			return err
		}
	}
	return filepath.WalkDir(filepath.Join(root, "internal"), func(_ string, _ fs.DirEntry, err error) error {
		return err
	})
}

// Config returns a CLI configuration with which Terraform and OpenTofu use the provider from a directory, without init, and
// download nothing. The provider address has no host, so each CLI adds the host of its own registry. others are further providers
// in the same directory, such as "mastercard/restapi".
func Config(dir string, others ...string) string {
	overrides := ""
	for _, source := range append([]string{"talonicdev/talonic"}, others...) {
		overrides += fmt.Sprintf("    %q = %q\n", source, dir)
	}
	return "provider_installation {\n  dev_overrides {\n" + overrides + "  }\n}\n"
}
