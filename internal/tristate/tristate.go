// Package tristate provides answers to questions that may still be open during a plan.
package tristate

// Value is the answer to a question: no, yes or unknown. The zero value is no.
type Value int

// These are the values.
const (
	No Value = iota
	Yes
	Unknown
)

// Of returns Yes or No.
func Of(b bool) Value {
	if b {
		return Yes
	}
	return No
}

// Or returns Yes if one of the two is Yes, No if both are No, and otherwise Unknown.
func Or(a, b Value) Value {
	switch {
	case a == Yes || b == Yes:
		return Yes
	case a == Unknown || b == Unknown:
		return Unknown
	}
	return No
}
