package main

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// say prints a paragraph.
func say(format string, args ...any) {
	const width = 97
	line := "  "
	for word := range strings.FieldsSeq(fmt.Sprintf(format, args...)) {
		if len(line)+1+len(word) > width {
			fmt.Println(line)
			line = "  "
		}
		line += " " + word
	}
	fmt.Println(line)
}

// show prints those lines of what the CLI printed that matter. Each pattern has to match at least one.
func show(r result, patterns ...string) error {
	matched := make([]bool, len(patterns))
	for line := range strings.Lines(r.output) {
		line = strings.TrimRight(line, "\n")
		matches := false
		for i, pattern := range patterns {
			if regexp.MustCompile(pattern).MatchString(line) {
				matches, matched[i] = true, true
			}
		}
		if matches {
			fmt.Println("   |", line)
		}
	}
	for i, pattern := range patterns {
		if !matched[i] {
			return fmt.Errorf("the CLI printed nothing like %q:\n%s", pattern, r.output)
		}
	}
	return nil
}

// showFrom prints what the CLI printed from a text on.
func showFrom(r result, start string) error {
	_, rest, found := strings.Cut(r.output, start)
	if !found {
		return fmt.Errorf("the CLI did not print %q:\n%s", start, r.output)
	}
	for line := range strings.Lines(strings.TrimSpace(start + rest)) {
		fmt.Println(strings.TrimRight("   | "+line, " \n"))
	}
	return nil
}

// claim is something that the demo says, and whether it is so.
type claim struct {
	holds bool
	text  string
}

func that(holds bool, format string, args ...any) claim {
	return claim{holds, fmt.Sprintf(format, args...)}
}

// check prints the claims that hold, and fails at one that does not.
func check(claims ...claim) error {
	for _, c := range claims {
		if !c.holds {
			fmt.Println("   NOT SO:", c.text)
			return errors.New("not as described")
		}
		fmt.Println("   ok:", c.text)
	}
	return nil
}
