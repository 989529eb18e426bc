// Package text compares texts by their Unicode normalization form NFC. Terraform and OpenTofu convert every string to NFC. The API
// may return a name from a different client in another form, such as NFD, which macOS uses for file names.
package text

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// Canonical returns a text in NFC. Bytes that are not UTF-8 stay unchanged.
func Canonical(s string) string { return norm.NFC.String(s) }

// Equal reports whether two texts are equal in NFC. Case and white space are significant.
func Equal(a, b string) bool { return a == b || Canonical(a) == Canonical(b) }

// HasPrefix reports whether s begins with prefix, both in NFC. "Café" therefore never begins with "Cafe", in any Unicode form.
func HasPrefix(s, prefix string) bool { return strings.HasPrefix(Canonical(s), Canonical(prefix)) }

// Compare orders texts by their NFC forms. It returns a negative number if a comes before b, a positive number if b comes before
// a, and 0 if they are [Equal].
func Compare(a, b string) int { return strings.Compare(Canonical(a), Canonical(b)) }
