// Package suggest finds what somebody who misspelled a name probably meant.
package suggest

import (
	"strings"

	"github.com/agext/levenshtein"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Nearest finds the candidate that was probably meant: one of whose letters about a third differ at the most, which two letters that
// changed places do in a short one; empty if there is none. Upper and lower case are the same.
func Nearest(given string, candidates []string) string {
	best, distance := "", 0
	for _, candidate := range candidates {
		d := levenshtein.Distance(strings.ToLower(text.Canonical(given)), strings.ToLower(text.Canonical(candidate)), nil)
		if d <= max(1, (len(candidate)+1)/3) && (best == "" || d < distance) {
			best, distance = candidate, d
		}
	}
	return best
}
