package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// A release consists of the archives, their checksums, the manifest and the notes, and of no other files from the build.
func TestCollect(t *testing.T) {
	t.Parallel()
	root, dist := t.TempDir(), t.TempDir()
	write := func(dir, name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(root, "CHANGELOG.md", "# Changelog\n\n## [1.2.0] - 2026-11-24\n\n- It works.\n")
	write(root, "terraform-registry-manifest.json", "{}")
	if err := collect(root, "v1.2.0", dist); err == nil {
		t.Error("a release without archives is no error")
	}
	const (
		prefix   = "terraform-provider-talonic_1.2.0_"
		emulator = "talonic-emulator_1.2.0_"
	)
	write(dist, prefix+"linux_amd64.zip", "provider")
	if err := collect(root, "v1.2.0", dist); err == nil {
		t.Error("a release without the emulator is no error")
	}
	for _, name := range []string{prefix + "linux_amd64.zip", emulator + "linux_amd64.zip", "talonic-emulator_1.1.0_linux_amd64.zip", prefix + "SHA256SUMS", "metadata.json", "terraform-provider-talonic_1.1.0_linux_amd64.zip"} {
		write(dist, name, name)
	}
	if err := collect(root, "v1.2.0", dist); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(dist, "release"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	if want := []string{"notes.md", emulator + "checksums.txt", emulator + "linux_amd64.zip", prefix + "SHA256SUMS", prefix + "linux_amd64.zip", prefix + "manifest.json"}; !slices.Equal(got, want) {
		t.Errorf("collected %q, want %q", got, want)
	}
	if text := string(read(t, filepath.Join(dist, "release", "notes.md"))); text != "- It works.\n" {
		t.Errorf("the notes are %q", text)
	}
	if got, want := string(read(t, filepath.Join(dist, "release", emulator+"checksums.txt"))), checksum(t, filepath.Join(dist, emulator+"linux_amd64.zip"), emulator+"linux_amd64.zip")+"\n"; got != want {
		t.Errorf("the checksums are %q, not %q", got, want)
	}
	if err := collect(root, "v9.9.9", dist); err == nil {
		t.Error("a tag without notes is no error")
	}
}
