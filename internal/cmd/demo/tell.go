package main

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
)

// width is the width of the output, in characters.
const width = 97

// teller prints the demo.
type teller struct{ out io.Writer }

// println prints a line.
func (t teller) println(format string, args ...any) {
	_, _ = fmt.Fprintf(t.out, format+"\n", args...) // after a broken pipe, a signal ends the demo
}

// say prints a paragraph.
func (t teller) say(format string, args ...any) {
	line := "  "
	for word := range strings.FieldsSeq(fmt.Sprintf(format, args...)) {
		if len(line)+1+len(word) > width {
			t.println("%s", line)
			line = "  "
		}
		line += " " + word
	}
	t.println("%s", line)
}

// show prints the lines of the CLI's output that match a pattern. It returns an error if a pattern matches no line.
func (t teller) show(r result, patterns ...string) error {
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
			t.println("   | %s", line)
		}
	}
	for i, pattern := range patterns {
		if !matched[i] {
			return fmt.Errorf("the CLI printed nothing like %q:\n%s", pattern, r.output)
		}
	}
	return nil
}

// similarWarnings matches a line that some CLIs print after a repeated warning.
var similarWarnings = regexp.MustCompile(`(?m)^\(and (?:one|\d+) more similar warnings? elsewhere\)$`)

// showFrom prints the CLI's output, beginning with the given text.
func (t teller) showFrom(r result, start string) error {
	_, rest, found := strings.Cut(r.output, start)
	if !found {
		return fmt.Errorf("the CLI did not print %q:\n%s", start, r.output)
	}
	rest = similarWarnings.ReplaceAllString(rest, "")
	for line := range strings.Lines(strings.TrimSpace(start + rest)) {
		t.println("%s", strings.TrimRight("   | "+line, " \n"))
	}
	return nil
}

// claim is a statement of the demo, and whether it is true.
type claim struct {
	holds bool
	text  string
}

func that(holds bool, format string, args ...any) claim {
	return claim{holds, fmt.Sprintf(format, args...)}
}

// check prints claims. It returns an error at the first false claim.
func (t teller) check(claims ...claim) error {
	for _, c := range claims {
		if !c.holds {
			t.println("   FAIL: %s", c.text)
			return errors.New("the demo did not go as described")
		}
		t.println("   ok: %s", c.text)
	}
	return nil
}
