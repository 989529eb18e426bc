package main

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A search that looked nowhere would find no secret, either.
func TestSearchLooksEverywhere(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write := func(name string, content []byte) {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("main.tf", []byte("configuration"))
	write("terraform.tfstate", []byte("one"))
	write("terraform.tfstate.backup", []byte("two"))
	write(".terraform/deep/file", []byte("three"))
	write(planFile, zipped(t, "a", "b"))

	found := search{}
	for range 2 {
		if err := found.addFiles(dir); err != nil {
			t.Fatal(err)
		}
	}
	write("terraform.tfstate", []byte("four"))
	if err := found.addFiles(dir); err != nil {
		t.Fatal(err)
	}

	want := map[string][]string{
		placeState:  {"one", "four"},
		placeBackup: {"two"},
		placePlan:   {"content of a", "content of b"},
		placeOther:  {"three"},
	}
	for _, place := range places {
		if got := string(bytes.Join(found[place], []byte(","))); got != strings.Join(want[place], ",") {
			t.Errorf("%s: gathered %q, not %q", place, got, strings.Join(want[place], ","))
		}
	}
}

func zipped(t *testing.T, names ...string) []byte {
	t.Helper()
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	for _, name := range names {
		entry, err := writer.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := entry.Write([]byte("content of " + name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.Bytes()
}
