package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
)

var distDir = flag.String("dist", "", "check what GoReleaser has built in this directory")

var platforms = []string{
	"darwin_amd64", "darwin_arm64", "freebsd_amd64", "freebsd_arm64",
	"linux_amd64", "linux_arm64", "windows_amd64", "windows_arm64",
}

// dist is the output of GoReleaser.
type dist struct {
	dir     string
	root    string // root of the repository
	Version string
	Commit  string
}

// TestDist checks the output of `make snapshot`.
func TestDist(t *testing.T) {
	if *distDir == "" {
		t.Skip("without -dist there is nothing to check")
	}
	d := dist{dir: *distDir}
	var err error
	if d.root, err = cli.Root(); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(read(t, filepath.Join(d.dir, "metadata.json")), &d); err != nil {
		t.Fatal(err)
	}
	if head := d.git(t, "rev-parse", "HEAD"); d.Commit != head {
		t.Fatalf("built from commit %s, not from %s", d.Commit, head)
	}
	t.Run("checksums", d.testChecksums)
	t.Run("archives", d.testArchives)
	t.Run("serves", d.testServes)
	t.Run("emulates", d.testEmulates)
	t.Run("again", d.testAgain)
}

func (d dist) file(suffix string) string {
	return "terraform-provider-talonic_" + d.Version + "_" + suffix
}

// binary returns the file name that CLIs require for the executable of a platform.
func (d dist) binary(platform string) string {
	name := "terraform-provider-talonic_v" + d.Version
	if strings.HasPrefix(platform, "windows_") {
		name += ".exe"
	}
	return name
}

// TestManifest checks that the manifest for the registry has the protocol version from main.go.
func TestManifest(t *testing.T) {
	t.Parallel()
	var compact bytes.Buffer
	if err := json.Compact(&compact, read(t, "../../../terraform-registry-manifest.json")); err != nil {
		t.Fatal(err)
	}
	if got, want := compact.String(), `{"version":1,"metadata":{"protocol_versions":["6.0"]}}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// testChecksums compares the checksums with the files: the archives of all platforms, and the manifest in the root of the
// repository.
func (d dist) testChecksums(t *testing.T) {
	manifest := d.file("manifest.json")
	var want []string
	for _, platform := range platforms {
		want = append(want, checksum(t, filepath.Join(d.dir, d.file(platform+".zip")), d.file(platform+".zip")))
	}
	want = append(want, checksum(t, filepath.Join(d.root, "terraform-registry-manifest.json"), manifest))

	got := strings.Split(strings.TrimSuffix(string(read(t, filepath.Join(d.dir, d.file("SHA256SUMS")))), "\n"), "\n")
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}

	zips, err := filepath.Glob(filepath.Join(d.dir, "*.zip"))
	if err != nil || len(zips) != 2*len(platforms) {
		t.Errorf("zip files: %q, %v", zips, err)
	}
}

func checksum(t *testing.T, path, name string) string {
	t.Helper()
	return fmt.Sprintf("%x  %s", sha256.Sum256(read(t, path)), name)
}

// testArchives checks the contents of the zip files, and the build information of every executable.
func (d dist) testArchives(t *testing.T) {
	seconds, err := strconv.ParseInt(d.git(t, "show", "--no-patch", "--format=%ct", d.Commit), 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	committed := time.Unix(seconds, 0)

	for _, platform := range platforms {
		t.Run(platform, func(t *testing.T) {
			d.checkArchive(t, d.file(platform+".zip"), d.binary(platform), "", platform, committed)
		})
		t.Run("emulator "+platform, func(t *testing.T) {
			d.checkArchive(t, d.emulator(platform), emulatorBinary(platform), "/internal/cmd/emulator", platform, committed)
		})
	}
}

// emulator returns the name of the emulator's archive for a platform.
func (d dist) emulator(platform string) string {
	return emulatorProject + "_" + d.Version + "_" + platform + ".zip"
}

func emulatorBinary(platform string) string {
	if strings.HasPrefix(platform, "windows_") {
		return emulatorProject + ".exe"
	}
	return emulatorProject
}

func (d dist) checkArchive(t *testing.T, archive, binary, pkg, platform string, committed time.Time) {
	t.Helper()
	content := openZip(t, filepath.Join(d.dir, archive))
	modes := map[string]fs.FileMode{}
	for _, file := range content.File {
		modes[file.Name] = file.Mode()
		if !file.Modified.Equal(committed) {
			t.Errorf("%s is of %s, not of the commit's %s", file.Name, file.Modified, committed)
		}
	}
	if len(content.File) != 2 || modes[binary] != 0o755 || modes["LICENSE"] != 0o644 {
		t.Fatalf("contains %v", modes)
	}
	d.checkBinary(t, content, binary, pkg, platform)
}

// testEmulates runs the emulator that was built for this machine, and compares its help with that of the source.
func (d dist) testEmulates(t *testing.T) {
	platform := runtime.GOOS + "_" + runtime.GOARCH
	binary, err := fs.ReadFile(openZip(t, filepath.Join(d.dir, d.emulator(platform))), emulatorBinary(platform))
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), emulatorBinary(platform))
	if err := os.WriteFile(name, binary, 0o700); err != nil {
		t.Fatal(err)
	}
	got, err := exec.Command(name, "-help").CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, got)
	}
	source := exec.Command("go", "run", "./internal/cmd/emulator", "-help")
	source.Dir = d.root
	want, err := source.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, want)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("got\n%s\nwant, as from source,\n%s", got, want)
	}
}

// checkBinary checks the build information of an executable. pkg is its package, relative to the root of the module.
func (d dist) checkBinary(t *testing.T, content *zip.ReadCloser, name, pkg, platform string) {
	t.Helper()
	binary, err := fs.ReadFile(content, name)
	if err != nil {
		t.Fatal(err)
	}
	info, err := buildinfo.Read(bytes.NewReader(binary))
	if err != nil {
		t.Fatal(err)
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	got := settings["GOOS"] + "_" + settings["GOARCH"]
	if got != platform || settings["CGO_ENABLED"] != "0" || settings["-trimpath"] != "true" {
		t.Errorf("built with %v", settings)
	}
	if info.Path != "github.com/talonicdev/terraform-provider-talonic"+pkg {
		t.Errorf("built from %s", info.Path)
	}
	if pkg == "" && !bytes.Contains(binary, []byte(d.Version)) {
		t.Errorf("does not know that it is version %s", d.Version)
	}
	if bytes.Contains(binary, []byte(filepath.Join(d.root, "internal"))) {
		t.Errorf("tells where it was built: %s", d.root)
	}
}

// testServes serves the release like a registry, locks its hashes for all platforms, and runs the provider on this machine.
func (d dist) testServes(t *testing.T) {
	i := installation{mirror: t.TempDir(), version: d.Version}
	provider := filepath.Join(i.mirror, host(t), "talonicdev", "talonic")
	if err := os.MkdirAll(provider, 0o700); err != nil {
		t.Fatal(err)
	}
	lock := []string{"providers", "lock", "-fs-mirror=" + i.mirror}
	var want []string
	for _, platform := range platforms {
		name := d.file(platform + ".zip")
		if err := os.WriteFile(filepath.Join(provider, name), read(t, filepath.Join(d.dir, name)), 0o600); err != nil {
			t.Fatal(err)
		}
		lock = append(lock, "-platform="+platform)
		want = append(want, hash(t, openZip(t, filepath.Join(d.dir, name))))
	}
	slices.Sort(want)

	w := offline(t)
	useConfig(t, w, i.cliConfig())
	w.Write("main.tf", i.requiredProviders())
	w.MustRun(lock...)
	if got := lockedHashes(t, w); !slices.Equal(got, want) {
		t.Errorf("locked\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	w.MustRun("init", "-lockfile=readonly")
	checkAnswer(t, w, d.Version)
}

// testAgain builds the same commit in a different directory, with different parallelism and in a different environment, and checks
// that the output is identical.
func (d dist) testAgain(t *testing.T) {
	if d.git(t, "status", "--porcelain") != "" {
		t.Skip("the checkout differs from its commit")
	}
	clone := filepath.Join(t.TempDir(), "elsewhere")
	d.git(t, "clone", "--quiet", d.root, clone)
	cmd := exec.Command("sh", "-c", `umask 077 && exec "$0" "$@"`,
		filepath.Join(d.root, "bin", "goreleaser"), "release", "--snapshot", "--clean", "--parallelism=1")
	cmd.Dir = clone
	cmd.Env = append(os.Environ(), "TZ=Pacific/Kiritimati", "LC_ALL=C")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}

	first := read(t, filepath.Join(d.dir, d.file("SHA256SUMS")))
	second := read(t, filepath.Join(clone, "dist", d.file("SHA256SUMS")))
	if !bytes.Equal(first, second) {
		t.Errorf("first\n%s\nsecond\n%s", first, second)
	}
	for _, platform := range platforms {
		name := d.emulator(platform)
		if !bytes.Equal(read(t, filepath.Join(d.dir, name)), read(t, filepath.Join(clone, "dist", name))) {
			t.Errorf("%s has other bytes", name)
		}
	}
}

func (d dist) git(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = d.root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("git %s: %v", strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out))
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return content
}
