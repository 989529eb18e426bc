package acctest

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

var building sync.Mutex

// Tool returns the path of a tool of the repository, such as "opa". Make builds the tool on first use, which can take minutes, and after its
// version changes. Under -short, Tool skips the test.
func Tool(t testing.TB, name string) string {
	t.Helper()
	NeedCLI(t)
	root, err := cli.Root()
	if err != nil {
		t.Fatal(err)
	}
	// Go reuses a test result only if the files that the test itself read are unchanged.
	pins, err := filepath.Glob(filepath.Join(root, "tools", "*", "go.mod"))
	if err != nil {
		t.Fatal(err)
	}
	for _, pin := range pins {
		if _, err := os.Stat(pin); err != nil {
			t.Fatal(err)
		}
	}
	building.Lock() // Make builds some tools together.
	defer building.Unlock()
	cmd := exec.Command("make", "--no-print-directory", "bin/"+name)
	cmd.Dir = root
	// The flags of a make process that runs the tests must not affect this make process.
	cmd.Env = slices.DeleteFunc(os.Environ(), func(entry string) bool {
		return strings.HasPrefix(entry, "MAKE") || strings.HasPrefix(entry, "MFLAGS=")
	})
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("building %s: %v\n%s", name, err, out)
	}
	return filepath.Join(root, "bin", name)
}
