package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// collect puts everything that a release consists of, but for the signature, into one directory below what GoReleaser built, with
// the notes beside it. What signs and uploads it then needs no code of this repository.
func collect(root, tag, dist string) error {
	changelog, err := os.ReadFile(filepath.Join(root, "CHANGELOG.md"))
	if err != nil {
		return err
	}
	text, err := notes(string(changelog), tag)
	if err != nil {
		return err
	}
	prefix := "terraform-provider-talonic_" + strings.TrimPrefix(tag, "v") + "_"
	files, err := filepath.Glob(filepath.Join(dist, prefix+"*.zip"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("%s has no archive of %s", dist, tag)
	}
	to := filepath.Join(dist, "release")
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	content := map[string]string{
		prefix + "SHA256SUMS":    filepath.Join(dist, prefix+"SHA256SUMS"),
		prefix + "manifest.json": filepath.Join(root, "terraform-registry-manifest.json"),
	}
	for _, file := range files {
		content[filepath.Base(file)] = file
	}
	for name, file := range content {
		data, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(to, name), data, 0o644); err != nil { //nolint:gosec // It is published.
			return err
		}
	}
	return os.WriteFile(filepath.Join(to, "notes.md"), []byte(text+"\n"), 0o644) //nolint:gosec // Likewise.
}
