package secretscan_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// encodings are the forms in which a scan must find a secret.
var encodings = map[string]func(string) string{
	"text":   func(s string) string { return s },
	"base64": func(s string) string { return base64.StdEncoding.EncodeToString([]byte(`{"token":"` + s + `"}`)) },
	"URL":    url.QueryEscape,
	"JSON": func(s string) string {
		encoded, _ := json.Marshal(s) // any string can be encoded
		return string(encoded)
	},
	"hex": func(s string) string { return hex.EncodeToString([]byte(s)) },
	"private state": func(s string) string {
		inner := base64.StdEncoding.EncodeToString([]byte(`{"unmanaged":{"token":"` + s + `"}}`))
		return `{"private":"` + base64.StdEncoding.EncodeToString([]byte(`{"config":"`+inner+`"}`)) + `"}`
	},
}

// A leaked secret is found in every place and in every form. Otherwise a scan that finds nothing would prove nothing.
func TestLeaksAreFoundInEveryPlace(t *testing.T) {
	t.Parallel()
	files := map[string]struct {
		place string
		write func(t *testing.T, content string) []byte
	}{
		"terraform.tfstate":                   {secretscan.State, asIs},
		"terraform.tfstate.backup":            {secretscan.Backup, asIs},
		"terraform.tfstate.1700000000.backup": {secretscan.Backup, asIs},
		"errored.tfstate":                     {secretscan.State, asIs},
		"plan.bin":                            {secretscan.Plan, zipped},
		"trace.log":                           {secretscan.Log, asIs},
		"crash.log":                           {secretscan.CrashLog, asIs},
		".terraform/deep/file":                {secretscan.Other, asIs},
		"generated.tf":                        {secretscan.Other, asIs},
	}
	finder := secretscan.NewFinder(map[string]string{"one": awkward, "two": "fakesecret0two"})
	for name, file := range files {
		for form, encode := range encodings {
			t.Run(name+" "+form, func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				path := filepath.Join(dir, filepath.FromSlash(name))
				if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(path, file.write(t, "before "+encode(awkward)+" after"), 0o600); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, "main.tf"), []byte("fakesecret0two"), 0o600); err != nil {
					t.Fatal(err)
				}
				gathered := secretscan.Contents{}
				if err := gathered.AddFiles(dir, func(name string) bool { return name == "main.tf" }); err != nil {
					t.Fatal(err)
				}
				findings := map[string][]secretscan.Finding{}
				for place, contents := range gathered {
					for _, content := range contents {
						findings[place] = append(findings[place], finder.In(content)...)
					}
				}
				if len(findings[file.place]) != 1 || findings[file.place][0].Name != "one" {
					t.Errorf("found %v", findings)
				}
			})
		}
	}
}

// If a file changes, its old content is kept as well. The same content is kept once.
func TestContentsOverTime(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	gathered := secretscan.Contents{}
	for _, content := range []string{"one", "one", "two", "one"} {
		if err := os.WriteFile(filepath.Join(dir, "terraform.tfstate"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := gathered.AddFiles(dir, func(string) bool { return false }); err != nil {
			t.Fatal(err)
		}
	}
	gathered.Add(secretscan.Stdout, []byte("three"))
	if got := string(bytes.Join(gathered[secretscan.State], []byte(" "))); got != "one two" {
		t.Errorf("gathered %q", got)
	}
	if got := string(bytes.Join(gathered[secretscan.Stdout], []byte(" "))); got != "three" {
		t.Errorf("gathered %q", got)
	}
}

// An unreadable plan is an error, and does not count as an empty plan.
func TestDamagedPlan(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "tfplan"), zipped(t, "content")[:40], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (secretscan.Contents{}).AddFiles(dir, func(string) bool { return false }); err == nil {
		t.Error("no error")
	}
}

func asIs(_ *testing.T, content string) []byte { return []byte(content) }

// zipped returns an archive of two files, compressed like a saved plan.
func zipped(t *testing.T, content string) []byte {
	t.Helper()
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	for _, name := range []string{"tfplan", "tfstate"} {
		entry, err := writer.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if name == "tfstate" {
			_, err = entry.Write([]byte(strings.Repeat("padding ", 10) + content))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.Bytes()
}
