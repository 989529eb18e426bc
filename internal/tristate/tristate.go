// Package tristate provides a boolean that may still be unknown during a plan.
package tristate

// Value is Yes, No or Unknown. The zero value is No.
type Value int

// These are all values.
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

// Or returns Yes if a or b is Yes, No if both are No, and otherwise Unknown.
func Or(a, b Value) Value {
	switch {
	case a == Yes || b == Yes:
		return Yes
	case a == Unknown || b == Unknown:
		return Unknown
	}
	return No
}
