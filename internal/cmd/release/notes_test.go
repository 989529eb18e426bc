package main

import "testing"

func TestNotes(t *testing.T) {
	t.Parallel()
	const changelog = `# Changelog

## [Unreleased]

### Added

- Not yet.

## [1.1.0] - 2026-11-24

### Added

- A line that
  is wrapped, and
  - one below it.

### Fixed

- Another.

## [1.1.0-rc.1]

- Without a date.

## [1.0.0] - 2026-11-23

## [0.9.0] - 2026-11-22

- The last one.
`
	for tag, want := range map[string]string{
		"v1.1.0": "### Added\n\n- A line that is wrapped, and\n  - one below it.\n\n### Fixed\n\n- Another.",
		"v0.9.0": "- The last one.",
	} {
		if got, err := notes(changelog, tag); err != nil || got != want {
			t.Errorf("%s: got %q, %v", tag, got, err)
		}
	}
	for tag, want := range map[string]string{
		"v1.1.0-rc.1": "CHANGELOG.md: 1.1.0-rc.1 has no date",
		"v1.0.0":      "CHANGELOG.md: nothing is said about 1.0.0",
		"v1.1":        "CHANGELOG.md: there is no heading ## [1.1] - <date>",
	} {
		if got, err := notes(changelog, tag); err == nil || err.Error() != want {
			t.Errorf("%s: got %q, %v", tag, got, err)
		}
	}
}
