package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
)

// The places where secrets are looked for, in the order of the report.
const (
	placeState    = "state"
	placeBackup   = "state backup"
	placePlan     = "saved plan, unzipped"
	placePlanJSON = "saved plan as JSON"
	placeOutput   = "output of the CLI"
	placeLog      = "logs (TF_LOG=TRACE)"
	placeOther    = "other files left behind"
)

var places = []string{placeState, placeBackup, placePlan, placePlanJSON, placeOutput, placeLog, placeOther}

// search is what was gathered to look for secrets in, by place.
type search map[string][][]byte

// add gathers a content, unless it is there already: most commands leave most files as they are.
func (s search) add(place string, content []byte) {
	if !slices.ContainsFunc(s[place], func(earlier []byte) bool { return bytes.Equal(earlier, content) }) {
		s[place] = append(s[place], content)
	}
}

// addFiles gathers every file in a directory in which the CLI runs, but for the configuration.
func (s search) addFiles(dir string) error {
	return filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) == ".tf" {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch entry.Name() {
		case "terraform.tfstate":
			s.add(placeState, content)
		case "terraform.tfstate.backup":
			s.add(placeBackup, content)
		case planFile:
			return s.addZip(placePlan, content)
		default:
			s.add(placeOther, content)
		}
		return nil
	})
}

// addZip gathers the entries of a zip archive, which a saved plan is.
func (s search) addZip(place string, archive []byte) error {
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
		s.add(place, content)
	}
	return nil
}

// showSecrets tells where the secrets were looked for, and where they were found.
func (d *demo) showSecrets() error {
	log, err := os.ReadFile(d.log)
	if err != nil {
		return err
	}
	d.search.add(placeLog, log)

	row := func(place string, contents [][]byte) (found int) {
		found = d.secrets.in(contents...)
		fmt.Printf("   %-26s %8d %11d %8d\n", place, len(contents), len(bytes.Join(contents, nil)), found)
		return found
	}
	fmt.Printf("   %-26s %8s %11s %8s\n", "place", "contents", "bytes", "secrets")
	leaks, empty := 0, 0
	for _, place := range places {
		leaks += row(place, d.search[place])
		if len(d.search[place]) == 0 && place != placeOther {
			empty++
		}
	}

	// The same search has to find them where they are.
	var bodies, headers [][]byte
	for _, r := range d.api.Requests() {
		bodies = append(bodies, r.Body)
		headers = append(headers, []byte(r.Header.Get("Authorization")))
	}
	inBodies := row("bodies of the requests", bodies)
	inHeaders := row("Authorization headers", headers)
	once := 0
	for _, secret := range d.secrets.variables {
		if n := len(slices.DeleteFunc(slices.Clone(bodies), func(body []byte) bool { return !holds(body, secret) })); n == 1 {
			once++
		}
	}
	fmt.Println()
	n := len(d.secrets.variables)
	return check(
		that(empty == 0 && leaks == 0, "none of the %d secrets is anywhere but in the requests", n+1),
		that(inBodies == n && once == n, "each of the %d credentials was sent in one request, and in no other", n),
		that(inHeaders == 1, "the API key was sent in a header, and in no body"),
	)
}
