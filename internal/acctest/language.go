package acctest

import (
	"regexp"

	"github.com/hashicorp/go-version"
)

// additions are parts of the language that only Terraform has, and the versions that brought them.
var additions = []struct {
	use   *regexp.Regexp
	since *version.Version
}{
	{regexp.MustCompile(`(?m)^(action|list) "`), version.Must(version.NewVersion("1.14.0"))},
	{regexp.MustCompile(`\bcaller\.`), version.Must(version.NewVersion("1.16.0"))},
}

// Knows reports whether the CLI knows the parts of the language that a configuration uses.
func (c CLI) Knows(hcl string) bool {
	for _, addition := range additions {
		if addition.use.MatchString(hcl) && (c.Product != Terraform || c.Version.LessThan(addition.since)) {
			return false
		}
	}
	return true
}
