package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// emulatorProject begins the names of the emulator's archives. The registries look for those that begin like the repository.
const emulatorProject = "talonic-emulator"

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
	version := strings.TrimPrefix(tag, "v")
	prefix := project + "_" + version + "_"
	files, err := filepath.Glob(filepath.Join(dist, prefix+"*.zip"))
	if err != nil || len(files) == 0 {
		return fmt.Errorf("%s has no archive of %s", dist, tag)
	}
	emulators, err := filepath.Glob(filepath.Join(dist, emulatorProject+"_"+version+"_*.zip"))
	if err != nil || len(emulators) != len(files) {
		return fmt.Errorf("%s has %d archives of %s, and %d of its emulator", dist, len(files), tag, len(emulators))
	}
	to := filepath.Join(dist, "release")
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	content := map[string]string{
		prefix + "SHA256SUMS":    filepath.Join(dist, prefix+"SHA256SUMS"),
		prefix + "manifest.json": filepath.Join(root, "terraform-registry-manifest.json"),
	}
	for _, file := range slices.Concat(files, emulators) {
		content[filepath.Base(file)] = file
	}
	sums, err := checksums(emulators)
	if err != nil {
		return err
	}
	// Not named SHA256SUMS, so that nobody takes it for those of the provider.
	name := emulatorProject + "_" + version + "_checksums.txt"
	if err := os.WriteFile(filepath.Join(to, name), []byte(sums), 0o644); err != nil { //nolint:gosec // It is published.
		return err
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

// checksums are those of files in the form of sha256sum, by their names without directories.
func checksums(files []string) (string, error) {
	var lines strings.Builder
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&lines, "%x  %s\n", sha256.Sum256(data), filepath.Base(file))
	}
	return lines.String(), nil
}
