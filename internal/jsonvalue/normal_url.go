package jsonvalue

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// NormalURL returns an absolute http or https URL in the normalized form of RFC 3986, section 6.2: it normalizes the case of
// scheme and host, the default port, an empty path, escapes and dot segments. It also removes an empty fragment, sorts query parameters
// by name if all of them have a "=", and normalizes Unicode with [text.Canonical]. It returns any other text unchanged.
//
// NormalURL does not use the parts that [url.Parse] decodes, because they do not distinguish "%2F" from a slash.
func NormalURL(given string) string {
	canonical := text.Canonical(given)
	u := httpURL(canonical)
	if u == nil {
		return given
	}
	host := text.Canonical(strings.ToLower(u.Host)) // a letter in lower case may form one character with the mark after it
	for scheme, port := range map[string]string{"http": ":80", "https": ":443"} {
		if u.Scheme == scheme {
			host = strings.TrimSuffix(host, port)
		}
	}
	normal := (&url.URL{Scheme: u.Scheme, User: u.User, Host: host}).String()
	rest, fragment := cutAt(canonical, "#")
	rest, query := cutAt(rest, "?")
	_, path := cutAt(rest[len(u.Scheme)+len("://"):], "/")
	normal += withoutDotSegments(normalEscapes(path, notInPath)) + sortedQuery(normalEscapes(query, ""))
	if u.Fragment != "" {
		normal += normalEscapes(fragment, notInPath)
	}
	return normal
}

// notInPath lists the ASCII characters that must be escaped in a path or a fragment. For a query there is no such list,
// because servers and clients disagree.
const notInPath = ` "<>\^{|}` + "`"

// withoutDotSegments returns a path without the segments "." and "..", as in RFC 3986, section 5.2.4. It returns "/" for an empty path.
func withoutDotSegments(path string) string {
	var kept []string
	segments := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, segment := range segments {
		isDots := segment == "." || segment == ".."
		if segment == ".." && len(kept) > 0 {
			kept = kept[:len(kept)-1]
		}
		if !isDots {
			kept = append(kept, segment)
		} else if i == len(segments)-1 {
			kept = append(kept, "")
		}
	}
	return "/" + strings.Join(kept, "/")
}

// sortedQuery returns a query, which may begin with "?", with its parameters sorted by name. If a parameter has no "=", it returns the query
// unchanged, because the order may be significant.
func sortedQuery(query string) string {
	parameters := strings.Split(strings.TrimPrefix(query, "?"), "&")
	if slices.ContainsFunc(parameters, func(parameter string) bool { return !strings.Contains(parameter, "=") }) {
		return query
	}
	slices.SortStableFunc(parameters, func(a, b string) int { return strings.Compare(parameterName(a), parameterName(b)) })
	return "?" + strings.Join(parameters, "&")
}

func parameterName(parameter string) string {
	name, _, _ := strings.Cut(parameter, "=")
	return name
}

// normalEscapes returns a part of a URL with normalized escapes: unreserved characters are not escaped, non-ASCII characters and those in
// the parameter illegal are escaped, and the digits of escapes are in upper case. Invalid escapes stay invalid.
func normalEscapes(part, illegal string) string {
	var b []byte
	for i := 0; i < len(part); i++ {
		c := part[i]
		if c == '%' && i+2 < len(part) {
			if n, err := strconv.ParseUint(part[i+1:i+3], 16, 8); err == nil {
				i += 2
				if isUnreserved(byte(n)) && !endsInvalidEscape(b) {
					b = append(b, byte(n))
				} else {
					b = fmt.Appendf(b, "%%%02X", n)
				}
				continue
			}
		}
		if c > '~' || strings.IndexByte(illegal, c) >= 0 {
			b = fmt.Appendf(b, "%%%02X", c)
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}

// endsInvalidEscape reports whether a text ends in an incomplete escape, such as "%" or "%4", which the next character could complete.
func endsInvalidEscape(b []byte) bool {
	return len(b) > 0 && b[len(b)-1] == '%' || len(b) > 1 && b[len(b)-2] == '%'
}

// isUnreserved reports whether RFC 3986 allows a character in every part of a URL without an escape.
func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

// SameURL reports whether two decoded values are URLs with the same [NormalURL].
func SameURL(a, b any) bool {
	x, isText := a.(string)
	y, areTexts := b.(string)
	return isText && areTexts && httpURL(x) != nil && NormalURL(x) == NormalURL(y)
}
