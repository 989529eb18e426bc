package main

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/cli"
	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }

// TestInstall installs the provider, and checks that init uses the installation instead of a registry.
func TestInstall(t *testing.T) {
	t.Parallel()
	acctest.NeedCLI(t)
	root, err := cli.Root()
	if err != nil {
		t.Fatal(err)
	}
	content := t.TempDir()
	if err := build(root, "1.2.3", content); err != nil {
		t.Fatal(err)
	}
	want := []string{hash(t, os.DirFS(content))}

	for name, test := range map[string]struct{ packed, usual bool }{
		"unpacked":                   {},
		"packed":                     {packed: true},
		"where the CLIs always look": {usual: true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := offline(t)
			i := installation{mirror: filepath.Join(t.TempDir(), "mirror"), version: "1.2.3", packed: test.packed}
			if test.usual {
				home := t.TempDir()
				i.mirror = defaultMirror(home)
				w.Setenv("HOME", home)
				w.Setenv("APPDATA", home)
				useConfig(t, w, "")
			} else {
				useConfig(t, w, i.cliConfig())
			}
			// Install the other layout first, like a user who tries both.
			for _, packed := range []bool{!test.packed, test.packed} {
				i.packed = packed
				if err := i.place(content); err != nil {
					t.Fatal(err)
				}
			}
			w.Write("main.tf", i.requiredProviders())
			w.MustRun("init")
			if got := lockedHashes(t, w); !slices.Equal(got, want) {
				t.Errorf("locked %q, want %q", got, want)
			}
			checkAnswer(t, w, "1.2.3")
		})
	}
}

func TestInstallRefusesVersion(t *testing.T) {
	t.Parallel()
	for _, version := range []string{"", "1", "v1.2.3", "../../1.2.3", "latest"} {
		if err := (installation{version: version}).check(); err == nil || !strings.HasPrefix(err.Error(), "not a version") {
			t.Errorf("%q: %v", version, err)
		}
	}
}

// offline returns a workspace whose CLI can reach only this machine.
func offline(t *testing.T) *acctest.Workspace {
	t.Helper()
	w := acctest.NewWorkspace(t, nil)
	w.LaunchProviders()
	w.Setenv("HTTP_PROXY", "http://127.0.0.1:9")
	w.Setenv("HTTPS_PROXY", "http://127.0.0.1:9")
	return w
}

// useConfig sets the CLI configuration, in place of the development override, which needs no init.
func useConfig(t *testing.T, w *acctest.Workspace, cliConfig string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "cli.tfrc")
	if err := os.WriteFile(name, []byte(cliConfig), 0o600); err != nil {
		t.Fatal(err)
	}
	w.Setenv("TF_CLI_CONFIG_FILE", name)
}

// host returns the registry host with which the tested CLI completes the source.
func host(t *testing.T) string {
	t.Helper()
	if acctest.TestedCLI(t).Product == cli.OpenTofu {
		return hosts[1]
	}
	return hosts[0]
}

// checkAnswer makes the installed provider send a request, and checks the version in that request.
func checkAnswer(t *testing.T, w *acctest.Workspace, version string) {
	t.Helper()
	api, url := newAPI(t)
	w.Setenv("TALONIC_BASE_URL", url)
	w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	w.Write("connectors.tf", `data "talonic_delivery_connectors" "all" {}`)
	w.Apply()

	requests := api.Requests()
	if len(requests) == 0 {
		t.Fatal("nothing was asked")
	}
	if agent := requests[0].Header.Get("User-Agent"); agent != "terraform-provider-talonic/"+version {
		t.Errorf("User-Agent: %q", agent)
	}
}

// lockedHashes returns the hashes in the lock file, sorted.
func lockedHashes(t *testing.T, w *acctest.Workspace) []string {
	t.Helper()
	lock, err := os.ReadFile(filepath.Join(w.Dir, ".terraform.lock.hcl"))
	if err != nil {
		t.Fatal(err)
	}
	hashes := regexp.MustCompile(`\b(h1|zh):[^"]+`).FindAllString(string(lock), -1)
	slices.Sort(hashes)
	return hashes
}

// hash returns the hash in a lock file for the content of a zip file, packed or not, as defined in
// https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1.
func hash(t *testing.T, content fs.FS) string {
	t.Helper()
	sum := sha256.New()
	entries, err := fs.ReadDir(content, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		file, err := fs.ReadFile(content, entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(sum, "%x  %s\n", sha256.Sum256(file), entry.Name())
	}
	return "h1:" + base64.StdEncoding.EncodeToString(sum.Sum(nil))
}

func openZip(t *testing.T, name string) *zip.ReadCloser {
	t.Helper()
	z, err := zip.OpenReader(name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = z.Close() })
	return z
}
