// Package secretscan searches the output, the logs and the files of a CLI run for secrets, which they must not contain.
package secretscan

import (
	"archive/zip"
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// These are the places to search for secrets.
const (
	State    = "state"
	Backup   = "state backup"
	Plan     = "saved plan, unzipped"
	PlanJSON = "saved plan as JSON"
	Stdout   = "standard output"
	Stderr   = "standard error"
	Log      = "logs"
	CrashLog = "crash log"
	Other    = "other files left behind"
)

// Contents holds the contents to search for secrets, by place.
type Contents map[string][][]byte

// Add adds a content to a place. It ignores a content that the place already has, because most commands leave most files
// unchanged.
func (c Contents) Add(place string, content []byte) {
	if !slices.ContainsFunc(c[place], func(earlier []byte) bool { return bytes.Equal(earlier, content) }) {
		c[place] = append(c[place], content)
	}
}

// AddFiles adds every file below the CLI's working directory, except input files, which may contain secrets.
func (c Contents) AddFiles(dir string, input func(name string) bool) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || input(entry.Name()) {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if isZip(content) {
			return c.addZip(content)
		}
		c.Add(placeOf(entry.Name()), content)
		return nil
	})
}

// placeOf returns the place of a file, by its name.
func placeOf(name string) string {
	switch {
	case name == "crash.log":
		return CrashLog
	case strings.HasSuffix(name, ".log"):
		return Log
	case strings.HasSuffix(name, ".tfstate"): // the CLI writes errored.tfstate if it cannot write the state
		return State
	case strings.HasSuffix(name, ".backup"):
		return Backup
	}
	return Other
}

// isZip reports whether a file is a saved plan. Users choose the name of that file, so only its content identifies it.
func isZip(content []byte) bool { return bytes.HasPrefix(content, []byte("PK\x03\x04")) }

// addZip adds the files in a saved plan.
func (c Contents) addZip(archive []byte) error {
	reader, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return err
	}
	for _, entry := range reader.File {
		file, err := entry.Open()
		if err != nil {
			return err
		}
		content, err := io.ReadAll(file)
		if err != nil {
			return err
		}
		c.Add(Plan, content)
	}
	return nil
}
