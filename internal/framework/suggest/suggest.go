// Package suggest finds the name that a user probably meant.
package suggest

import (
	"strings"

	"github.com/agext/levenshtein"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Nearest returns the candidate that is most similar to given; empty if no candidate is similar. The Levenshtein distance may be a third of
// the candidate's length in bytes, but at least 1. So names of five or more letters may have two transposed letters. Case is ignored.
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
