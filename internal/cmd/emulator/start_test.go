package main

import (
	"archive/zip"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

const module = "github.com/talonicdev/terraform-provider-talonic"

var root = filepath.Join("..", "..", "..")

// TestGoRun runs the command from another module with go run. An internal package cannot be imported there, but can be run.
func TestGoRun(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("-short: it builds the command in an empty module cache")
	}
	proxy, work := t.TempDir(), t.TempDir()
	versions := filepath.Join(proxy, filepath.FromSlash(module), "@v")
	if err := os.MkdirAll(versions, 0o700); err != nil {
		t.Fatal(err)
	}
	mod := read(t, "go.mod")
	write(t, filepath.Join(versions, "list"), "v0.0.1\n")
	write(t, filepath.Join(versions, "v0.0.1.info"), `{"Version":"v0.0.1","Time":"2026-11-24T08:15:30Z"}`)
	write(t, filepath.Join(versions, "v0.0.1.mod"), mod)
	archive, err := os.Create(filepath.Join(versions, "v0.0.1.zip"))
	if err != nil {
		t.Fatal(err)
	}
	z := zip.NewWriter(archive)
	for _, name := range append(sources(t), "go.mod", "go.sum", "LICENSE") {
		entry, err := z.Create(module + "@v0.0.1/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(entry, read(t, name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}

	cache, err := exec.Command("go", "env", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", module+"/internal/cmd/emulator@v0.0.1", "-help")
	cmd.Dir = work
	// Without -trimpath, Go cannot reuse packages that it compiled in a different directory.
	cmd.Env = append(os.Environ(), "GOFLAGS=-modcacherw -trimpath", "GOWORK=off", "GOSUMDB=off", "GOMODCACHE="+filepath.Join(work, "cache"),
		"GOPROXY=file://"+filepath.ToSlash(proxy)+",file://"+filepath.ToSlash(strings.TrimSpace(string(cache)))+"/cache/download")
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "Serves an emulation of the Talonic delivery API") {
		t.Errorf("%v\n%s", err, out)
	}
}

// sources returns the source files of the command, by their paths in the repository.
func sources(t *testing.T) []string {
	t.Helper()
	var found []string
	for _, dir := range []string{"internal/emulator", "internal/cmd/emulator"} {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(dir), "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatal(dir, err)
		}
		for _, file := range files {
			if !strings.HasSuffix(file, "_test.go") {
				found = append(found, dir+"/"+filepath.Base(file))
			}
		}
	}
	return found
}

// TestContainerfile checks, without building an image, that the build has all files that it needs and the Go version of go.mod,
// and that the command accepts the arguments in the Containerfile.
func TestContainerfile(t *testing.T) {
	t.Parallel()
	file := read(t, "internal/cmd/emulator/Containerfile")
	language := regexp.MustCompile(`(?m)^go (\d+\.\d+)`).FindStringSubmatch(read(t, "go.mod"))[1]
	if !strings.Contains(file, "\nFROM golang:"+language+" AS build\n") {
		t.Errorf("it does not build with Go %s", language)
	}
	work := t.TempDir()
	for _, line := range regexp.MustCompile(`(?m)^COPY ([^-].*)$`).FindAllStringSubmatch(file, -1) {
		names := strings.Fields(line[1])
		for _, name := range names[:len(names)-1] {
			copied(t, name, filepath.Join(work, filepath.FromSlash(name)))
		}
	}
	build := regexp.MustCompile(`(?m)^RUN CGO_ENABLED=0 (go build .*) -o /talonic-emulator (.*)$`).FindStringSubmatch(file)
	if build == nil {
		t.Fatal("it does not build the command")
	}
	binary := filepath.Join(work, "talonic-emulator")
	words := append(strings.Fields(build[1]), "-o", binary, build[2])
	cmd := exec.Command(words[0], words[1:]...)
	cmd.Dir = work
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOWORK=off", "GOFLAGS=-mod=readonly")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}

	var args []string
	if err := json.Unmarshal([]byte(regexp.MustCompile(`(?m)^CMD (.*)$`).FindStringSubmatch(file)[1]), &args); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(binary, append(args, "-help")...).CombinedOutput(); err != nil {
		t.Errorf("%v: %v\n%s", args, err, out)
	}
	if !strings.Contains(file, `ENTRYPOINT ["/talonic-emulator"]`) || !strings.Contains(strings.Join(args, " "), "-addr 0.0.0.0:8787") {
		t.Errorf("it does not serve on the port that it exposes: %q", args)
	}
}

// copied copies a file or a directory of the repository.
func copied(t *testing.T, name, to string) {
	t.Helper()
	from := filepath.Join(root, filepath.FromSlash(name))
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		if err := os.CopyFS(to, os.DirFS(from)); err != nil {
			t.Fatal(err)
		}
		return
	}
	write(t, to, read(t, name))
}

// read reads a file of the repository.
func read(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func write(t *testing.T, name, content string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
