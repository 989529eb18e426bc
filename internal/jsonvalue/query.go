package jsonvalue

import (
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// parameter is a decoded parameter of a query. The value of a parameter without "=" is empty.
type parameter struct{ name, value string }

// parametersOf returns the parameters of a raw query or a fragment. Unlike [url.ParseQuery], it keeps parameters with invalid escapes, and also
// splits at semicolons, because a server may accept such a query.
func parametersOf(query string) []parameter {
	var all []parameter
	for _, part := range strings.FieldsFunc(query, func(c rune) bool { return strings.ContainsRune("?#&;", c) }) {
		name, value, _ := strings.Cut(part, "=")
		all = append(all, parameter{decoded(name), decoded(value)})
	}
	return all
}

// decoded returns a part of a query without escapes. It keeps invalid escapes.
func decoded(part string) string {
	plain, _ := redact.Unescape(strings.ReplaceAll(part, "+", " "))
	return plain
}
