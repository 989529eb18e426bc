// Package secretscan looks for secrets where none may be: in everything that a run of the CLI prints, logs and leaves behind.
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

// The places where secrets are looked for.
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

// Contents are what was gathered to look for secrets in, by place.
type Contents map[string][][]byte

// Add gathers a content, unless it is there already: most commands leave most files as they are.
func (c Contents) Add(place string, content []byte) {
	if !slices.ContainsFunc(c[place], func(earlier []byte) bool { return bytes.Equal(earlier, content) }) {
		c[place] = append(c[place], content)
	}
}

// AddFiles gathers every file in a directory in which the CLI runs, but for those that were put there: they may hold secrets.
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

// placeOf tells by the name of a file what it is.
func placeOf(name string) string {
	switch {
	case name == "crash.log":
		return CrashLog
	case strings.HasSuffix(name, ".log"):
		return Log
	case strings.HasSuffix(name, ".tfstate"): // the CLI writes errored.tfstate where it cannot write the state itself
		return State
	case strings.HasSuffix(name, ".backup"):
		return Backup
	}
	return Other
}

// isZip recognises a saved plan: its name is the user's choice.
func isZip(content []byte) bool { return bytes.HasPrefix(content, []byte("PK\x03\x04")) }

// addZip gathers what a saved plan holds.
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
