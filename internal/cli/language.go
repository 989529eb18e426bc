package cli

import (
	"regexp"

	"github.com/hashicorp/go-version"
)

// additions lists language features that some supported CLIs lack, with the first version that has each feature; nil: no version.
var additions = []struct {
	use             *regexp.Regexp
	terraform, tofu *version.Version
}{
	{regexp.MustCompile(`(?m)^ +identity = `), version.Must(version.NewVersion("1.12.0")), version.Must(version.NewVersion("1.12.0"))},
	{regexp.MustCompile(`(?m)^(action|list) "`), version.Must(version.NewVersion("1.14.0")), nil},
	{regexp.MustCompile(`\bcaller\.`), version.Must(version.NewVersion("1.16.0")), nil},
}

// Knows reports whether the CLI supports the language features that a configuration uses.
func (c CLI) Knows(hcl string) bool {
	for _, addition := range additions {
		since := addition.terraform
		if c.Product == OpenTofu {
			since = addition.tofu
		}
		if addition.use.MatchString(hcl) && (since == nil || c.Version.LessThan(since)) {
			return false
		}
	}
	return true
}
