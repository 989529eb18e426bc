// Package jsonvalue works with decoded JSON whose numbers are [json.Number], so that values can be sent back unchanged.
package jsonvalue

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/big"
	"reflect"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// ParseObject decodes a JSON object. Numbers keep their digits. It returns an error if the text is not one JSON object or has a
// repeated key. The error does not quote the text.
func ParseObject(encoded string) (map[string]any, error) {
	var value any
	decoder := json.NewDecoder(bytes.NewBufferString(encoded))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, errors.New("it is not JSON")
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("there is text after the JSON value")
	}
	object, ok := value.(map[string]any)
	if !ok {
		return nil, errors.New("it is " + Kind(value))
	}
	if hasKeyTwice(json.NewDecoder(strings.NewReader(encoded))) {
		return nil, errors.New("it has the same key twice")
	}
	return object, nil
}

// Of returns a value as decoded JSON; nil if it cannot be encoded.
func Of(value any) (decoded any) {
	encoded, err := json.Marshal(value)
	if err != nil {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewReader(encoded))
	decoder.UseNumber()
	_ = decoder.Decode(&decoded) // cannot fail: encoded was encoded here
	return decoded
}

// hasKeyTwice reports whether an object in the next JSON value has a repeated key. Decoding would lose one of the key's values.
func hasKeyTwice(decoder *json.Decoder) bool {
	token, err := decoder.Token()
	open, ok := token.(json.Delim)
	if err != nil || !ok {
		return false
	}
	seen := map[json.Token]bool{}
	for decoder.More() {
		if open == '{' {
			key, _ := decoder.Token() // the text has been decoded before, so it is valid
			if seen[key] {
				return true
			}
			seen[key] = true
		}
		if hasKeyTwice(decoder) {
			return true
		}
	}
	_, _ = decoder.Token() // the closing delimiter
	return false
}

// Quote returns a value as JSON, without escaping & and other special characters of HTML.
func Quote(wire any) string {
	var quoted strings.Builder
	encoder := json.NewEncoder(&quoted)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(wire) // decoded JSON can always be encoded
	return strings.TrimSpace(quoted.String())
}

// Integer returns an integer in the form of decoded JSON.
func Integer(n int64) json.Number { return json.Number(fmt.Sprint(n)) }

// Kind returns the name of the JSON type of a decoded value, never the value.
func Kind(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case json.Number:
		return "a number"
	case string:
		return "a string"
	case []any:
		return "a list"
	}
	return "an object"
}

// Equal reports whether two decoded values are equal. Numbers are compared by value, so that 22 equals 22.0. Strings and keys are
// compared by [text.Equal].
func Equal(a, b any) bool {
	switch a := a.(type) {
	case string:
		b, ok := b.(string)
		return ok && text.Equal(a, b)
	case json.Number:
		b, ok := b.(json.Number)
		return ok && (a == b || equalNumbers(a, b))
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for key := range a {
			if other, ok := Key(b, key); !ok || !Equal(a[key], b[other]) {
				return false
			}
		}
		return true
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !Equal(a[i], b[i]) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(a, b)
}

func equalNumbers(a, b json.Number) bool {
	x, okX := exact(a)
	y, okY := exact(b)
	return okX && okY && x.Cmp(y) == 0
}

// WholeNumber returns the integer that a number denotes in any notation: 22, 22.0 or 2.2e1. ok is false if it is not an integer.
func WholeNumber(n json.Number) (int64, bool) {
	x, ok := exact(n)
	if !ok {
		return 0, false
	}
	i, accuracy := x.Int64()
	return i, accuracy == big.Exact
}

// exact returns the value of a number. It returns false if the notation is too long for a number that a user intended.
func exact(n json.Number) (*big.Float, bool) {
	const longest = 64
	if len(n) > longest {
		return nil, false
	}
	x, _, err := big.ParseFloat(n.String(), 10, 256, big.ToNearestEven)
	return x, err == nil && !x.IsInf()
}
