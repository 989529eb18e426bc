package text

import "github.com/google/uuid"

// ID returns the normalized form of a UUID: lower case, with dashes, without braces and without "urn:uuid:". It returns any other
// text unchanged.
func ID(given string) string {
	if !IsID(given) {
		return given
	}
	return uuid.MustParse(given).String()
}

// IsID reports whether a text is a UUID in any of its forms.
func IsID(given string) bool { return uuid.Validate(given) == nil }

// SameID reports whether two texts denote the same ID.
func SameID(a, b string) bool { return ID(a) == ID(b) }
