package destination

import (
	"strings"

	"github.com/agext/levenshtein"
)

// nearest finds the candidate that was probably meant: one at most a third of whose letters differ. Upper and lower case are the
// same.
func nearest(text string, candidates []string) string {
	best, distance := "", 0
	for _, candidate := range candidates {
		d := levenshtein.Distance(strings.ToLower(text), strings.ToLower(candidate), nil)
		if d <= max(1, len(candidate)/3) && (best == "" || d < distance) {
			best, distance = candidate, d
		}
	}
	return best
}
