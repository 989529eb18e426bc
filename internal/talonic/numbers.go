package talonic

import (
	"encoding/json"
	"regexp"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// wholeNumber is an integer that the API may send in any notation, such as 1000.0, or as a string, like a database driver returns
// a 64-bit integer.
type wholeNumber int64

// UnmarshalJSON accepts an integer in any notation, a string with one, or null.
func (n *wholeNumber) UnmarshalJSON(body []byte) error {
	if whole, ok := jsonvalue.WholeNumber(json.Number(withoutQuotes(body))); ok {
		*n = wholeNumber(whole)
		return nil
	}
	return json.Unmarshal(body, (*int64)(n))
}

// decimal is a number that the API may send as a string.
type decimal float64

// UnmarshalJSON accepts a number, a string with one, or null.
func (n *decimal) UnmarshalJSON(body []byte) error {
	return json.Unmarshal(withoutQuotes(body), (*float64)(n))
}

var quotedNumber = regexp.MustCompile(`^"(-?\d+(?:\.\d+)?(?:[Ee][+-]?\d+)?)"$`)

// withoutQuotes returns the number in a JSON string, or any other value unchanged.
func withoutQuotes(body []byte) []byte {
	if parts := quotedNumber.FindSubmatch(body); parts != nil {
		return parts[1]
	}
	return body
}
