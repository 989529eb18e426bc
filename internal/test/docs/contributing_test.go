package docs_test

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// TestAddingAConnector follows the steps of CONTRIBUTING.md in a copy of the repository, and runs the tests that cover every connector.
func TestAddingAConnector(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t)
	content, err := os.ReadFile(filepath.Join(root, "CONTRIBUTING.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, steps, _ := strings.Cut(string(content), "\n## Adding a connector\n")
	steps, _, ok := strings.Cut(steps, "\n## ")
	if !ok {
		t.Fatal("there is no such section")
	}
	dir := copyOf(t, root)
	taken := 0
	for _, step := range stepsOf(steps) {
		step.take(t, dir)
		taken++
	}
	if taken != 6 {
		t.Errorf("%d steps were taken", taken)
	}
	for _, args := range [][]string{
		{"vet", "./internal/destination/...", "./internal/emulator", "./internal/test/secrets"},
		{"test", "-vet=off", "./internal/destination", "./internal/destination/connector", "-run", "^Test(Schema|WriteOnly|Validators|Connector|Defaults)"},
		{"test", "-vet=off", "./internal/test/secrets", "-run", "^TestEveryWriteOnlyArgumentHasASample$"},
		{"test", "-vet=off", "./examples", "-run", "^TestComplete$/^webdav$", "-v"},
	} {
		cmd := exec.Command("go", args...) // The first command vets the code.
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil || strings.Contains(string(out), "no tests to run") {
			t.Errorf("go %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
}

// sameDir returns an empty directory that is the same in each run of a checkout, because Go reuses its build cache only for the same
// directory. If another run uses the directory, or did not remove it, sameDir returns a new directory.
func sameDir(t *testing.T, root string) string {
	t.Helper()
	checkout, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	dir := filepath.Join(cache, fmt.Sprintf("talonic-adding-a-connector-%x", sha256.Sum256([]byte(checkout))))
	if os.MkdirAll(cache, 0o700) != nil || os.Mkdir(dir, 0o700) != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// copyOf copies the files that the provider and its tests need.
func copyOf(t *testing.T, root string) string {
	t.Helper()
	dir := sameDir(t, root)
	for _, name := range []string{"go.mod", "go.sum", "main.go", "gc_and_logs.go", "internal", "examples"} {
		err := filepath.WalkDir(filepath.Join(root, name), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !entry.Type().IsRegular() {
				return err
			}
			content, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			relative, err := filepath.Rel(root, path)
			if err != nil {
				return err
			}
			write(t, filepath.Join(dir, relative), string(content))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

// step is a change of a file: a new file, or added lines.
type step struct{ file, language, text string }

var (
	fileName     = regexp.MustCompile("`([a-z0-9_/]+/[a-z0-9_]+\\.(?:go|tf))`")
	indentedStep = regexp.MustCompile("(?ms)^   ```(\\w+)\n(.*?)^   ```$")
)

// stepsOf returns the blocks of a text, each with the last file name before the block.
func stepsOf(text string) []step {
	var found []step
	for _, at := range indentedStep.FindAllStringSubmatchIndex(text, -1) {
		names := fileName.FindAllStringSubmatch(text[:at[0]], -1)
		var content strings.Builder
		for line := range strings.Lines(text[at[4]:at[5]]) {
			content.WriteString(strings.TrimPrefix(line, "   "))
		}
		found = append(found, step{names[len(names)-1][1], text[at[2]:at[3]], content.String()})
	}
	return found
}

func (s step) take(t *testing.T, dir string) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(s.file))
	if s.language != "diff" {
		write(t, path, s.text)
		return
	}
	var before, after strings.Builder
	for line := range strings.Lines(s.text) {
		if !strings.HasPrefix(line, "+") {
			before.WriteString(line[1:])
		}
		after.WriteString(line[1:])
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Count(string(content), before.String()) != 1 {
		t.Fatalf("%s does not have once:\n%s", s.file, before.String())
	}
	write(t, path, strings.Replace(string(content), before.String(), after.String(), 1))
}
