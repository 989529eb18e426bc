// Package text compares texts. Terraform and OpenTofu bring every text to the Unicode normalization form NFC, and an API that
// was given a name by another client may show it in another form, such as NFD, in which macOS writes names.
package text

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Canonical returns a text in the form NFC. Bytes that are not UTF-8 stay as they are.
func Canonical(s string) string { return norm.NFC.String(s) }

// Equal reports whether two texts are the same in the form NFC. It tolerates nothing else: neither case nor white space.
func Equal(a, b string) bool { return a == b || Canonical(a) == Canonical(b) }

// HasPrefix reports whether a text begins with another one, both in the form NFC. So "Café" does not begin with "Cafe", in
// whatever form the two are written.
func HasPrefix(s, prefix string) bool { return strings.HasPrefix(Canonical(s), Canonical(prefix)) }

// Compare orders texts in the form NFC. It returns a negative number if a comes before b, and 0 if they are [Equal].
func Compare(a, b string) int { return strings.Compare(Canonical(a), Canonical(b)) }
