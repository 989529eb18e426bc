// Package tristate has answers to questions that may be open while a plan is made.
package tristate

// Value is what is known to a question at plan time. The zero value is no.
type Value int

// The values.
const (
	No Value = iota
	Yes
	Unknown
)

// Of is the answer that is known.
func Of(b bool) Value {
	if b {
		return Yes
	}
	return No
}

// Or is yes if one of the two is, and no only if both are.
func Or(a, b Value) Value {
	switch {
	case a == Yes || b == Yes:
		return Yes
	case a == Unknown || b == Unknown:
		return Unknown
	}
	return No
}
