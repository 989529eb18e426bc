package text

import "github.com/google/uuid"

// ID returns the canonical form of an id that is a UUID: in lower case, with dashes, without braces and without "urn:uuid:". Any
// other text stays as it is.
func ID(given string) string {
	if !IsID(given) {
		return given
	}
	return uuid.MustParse(given).String()
}

// IsID reports whether a text is a UUID in any of its forms.
func IsID(given string) bool { return uuid.Validate(given) == nil }

// SameID reports whether two texts are the same id.
func SameID(a, b string) bool { return ID(a) == ID(b) }
