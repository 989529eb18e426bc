package jsonvalue

import (
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// parameter is a decoded parameter of a query. The value of a parameter without "=" is empty.
type parameter struct {
	name, value string
	raw         string // the value before it is decoded
}

// parametersOf returns the parameters of a raw query or a fragment. Unlike [url.ParseQuery], it keeps parameters with invalid escapes, and also
// splits at semicolons, because a server may accept such a query. A "?" or "#" in a value is a part of the value, but may also begin the query
// of another URL, so parametersOf returns both the value and the parameters in it.
func parametersOf(query string) []parameter {
	var all []parameter
	for part := range strings.FieldsFuncSeq(query, func(c rune) bool { return c == '&' || c == ';' }) {
		pieces := strings.FieldsFunc(part, func(c rune) bool { return c == '?' || c == '#' })
		for i, piece := range pieces {
			name, value, isPair := strings.Cut(piece, "=")
			if isPair && value == "" && i+1 < len(pieces) {
				value = pieces[i+1] // the value begins with "?" or "#"
			}
			all = append(all, newParameter(name, value))
		}
		if name, value, _ := strings.Cut(strings.TrimLeft(part, "?#"), "="); strings.ContainsAny(value, "?#") {
			all = append(all, newParameter(name, value))
		}
	}
	return all
}

func newParameter(name, value string) parameter {
	return parameter{decoded(name), decoded(value), value}
}

// decoded returns a part of a query without escapes. It keeps invalid escapes.
func decoded(part string) string {
	plain, _ := redact.Unescape(strings.ReplaceAll(part, "+", " "))
	return plain
}
