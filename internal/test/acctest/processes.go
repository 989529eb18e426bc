package acctest

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var countProcesses bool

func init() {
	if testing.Testing() {
		flag.BoolVar(&countProcesses, "processes", false, "print how many CLI processes each test ran")
	}
}

// testVariable contains the name of the test that runs a counted CLI. terraform-plugin-testing does not pass the variable to the CLI.
const testVariable = "ACCTEST_TEST"

// countingCLI writes a script that records each run and then runs the CLI. The script also counts the processes of terraform-plugin-testing.
func countingCLI(dir, path string) (script, notes string, err error) {
	script, notes = filepath.Join(dir, filepath.Base(path)), filepath.Join(dir, "processes")
	text := fmt.Sprintf("#!/bin/sh\necho \"${%s:-(resource.Test)} $1\" >> '%s'\nexec '%s' \"$@\"\n", testVariable, notes, path)
	return script, notes, os.WriteFile(script, []byte(text), 0o700)
}

// processesIn returns a table of the processes that countingCLI recorded: their number for each test and each command. Processes of subtests
// count for the top-level test.
func processesIn(notes string) string {
	tests, commands := map[string]int{}, map[string]int{}
	lines := strings.Split(strings.TrimSpace(notes), "\n")
	for _, line := range lines {
		test, command, _ := strings.Cut(line, " ")
		test, _, _ = strings.Cut(test, "/")
		tests[test]++
		commands[command]++
	}
	var table strings.Builder
	for _, counts := range []map[string]int{tests, commands} {
		names := slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
			if counts[a] != counts[b] {
				return counts[b] - counts[a]
			}
			return strings.Compare(a, b)
		})
		for _, name := range names {
			fmt.Fprintf(&table, "%5d %s\n", counts[name], name)
		}
		table.WriteByte('\n')
	}
	fmt.Fprintf(&table, "%5d CLI processes\n", len(lines))
	return table.String()
}
