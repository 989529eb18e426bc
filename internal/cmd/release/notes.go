package main

import (
	"fmt"
	"regexp"
	"strings"
)

var (
	heading = regexp.MustCompile(`(?m)^## \[(.+?)\](?: - (\d{4}-\d{2}-\d{2}))?$`)

	// GitHub renders every line end in release notes as a line break, but the changelog wraps its lines.
	wrap = regexp.MustCompile(`\n +([^\s-])`)
)

// notes returns the section of the changelog for the version with this tag.
func notes(changelog, tag string) (string, error) {
	version := strings.TrimPrefix(tag, "v")
	headings := heading.FindAllStringSubmatchIndex(changelog, -1)
	for n, h := range headings {
		if changelog[h[2]:h[3]] != version {
			continue
		}
		if h[4] < 0 {
			return "", fmt.Errorf("CHANGELOG.md: %s has no date", version)
		}
		end := len(changelog)
		if n+1 < len(headings) {
			end = headings[n+1][0]
		}
		text := strings.TrimSpace(changelog[h[1]:end])
		if text == "" {
			return "", fmt.Errorf("CHANGELOG.md: nothing is said about %s", version)
		}
		return wrap.ReplaceAllString(text, " $1"), nil
	}
	return "", fmt.Errorf("CHANGELOG.md: there is no heading ## [%s] - <date>", version)
}
