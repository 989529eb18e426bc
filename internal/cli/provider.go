package cli

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
)

// BuildProvider builds the provider of this checkout into a directory, under
// the name that the CLIs look for.
func BuildProvider(dir string) error {
	root, err := Root()
	if err != nil {
		return err
	}
	if err := noteSources(root); err != nil {
		return err
	}
	file := filepath.Join(dir, "terraform-provider-talonic")
	// Version control stamps would need a working git, and tests have no use for them.
	args := []string{"build", "-buildvcs=false", "-o", file, "."}
	if _, err := exec.LookPath("cp"); err == nil {
		// Unlike "go build", "go run" keeps what it links in Go's cache. So only the first of several packages links the provider.
		args = []string{"run", "-buildvcs=false", "-exec", "cp", ".", file}
	}
	cmd := exec.Command("go", args...)
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, out)
	}
	return nil
}

// noteSources looks at what the provider is built from. Go reuses the result of
// a test as long as the files are the same that the test itself has looked at;
// it would not know of those that only the build reads.
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

// Config is a CLI configuration with which Terraform and OpenTofu take the
// provider from a directory, without init, and nothing from anywhere else. The
// address has no host, so each CLI completes it with its own registry's. Others
// are further providers in the same directory, such as "mastercard/restapi".
func Config(dir string, others ...string) string {
	overrides := ""
	for _, source := range append([]string{"talonicdev/talonic"}, others...) {
		overrides += fmt.Sprintf("    %q = %q\n", source, dir)
	}
	return "provider_installation {\n  dev_overrides {\n" + overrides + "  }\n}\n"
}
