package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// emulatorProject is the prefix of the emulator's archives. It differs from the name of the repository, which is the prefix of the
// archives that registries use.
const emulatorProject = "talonic-emulator"

// collect copies all files of a release, except the signature, to one directory below GoReleaser's output, with the release notes
// beside that directory. The job that signs and uploads them then needs no code from this repository.
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
	// The name does not contain SHA256SUMS, so that it is not mistaken for the provider's checksums.
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

// checksums returns the checksums of files in the format of sha256sum, with file names without directories.
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
