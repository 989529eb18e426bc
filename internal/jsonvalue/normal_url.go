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
// scheme and host, the default port, an empty path, dot segments and escapes. It also sorts the query parameters by name, and
// normalizes Unicode with [text.Canonical]. It returns any other text unchanged.
func NormalURL(given string) string {
	u := httpURL(text.Canonical(given))
	if u == nil {
		return given
	}
	u.Host = strings.ToLower(u.Host)
	for scheme, port := range map[string]string{"http": ":80", "https": ":443"} {
		if u.Scheme == scheme {
			u.Host = strings.TrimSuffix(u.Host, port)
		}
	}
	base := url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}
	if u.Path != "" {
		base = *base.ResolveReference(&url.URL{Path: u.Path, RawPath: u.RawPath})
	}
	normal := *u
	normal.Path, normal.RawPath, normal.RawQuery, normal.Fragment, normal.RawFragment = "", "", "", "", ""
	shown := normal.String() + normalEscapes(base.EscapedPath())
	if u.RawQuery != "" {
		parameters := strings.Split(normalEscapes(u.RawQuery), "&")
		slices.SortStableFunc(parameters, func(a, b string) int { return strings.Compare(parameterName(a), parameterName(b)) })
		shown += "?" + strings.Join(parameters, "&")
	}
	if u.Fragment != "" {
		shown += "#" + normalEscapes(u.EscapedFragment())
	}
	return shown
}

func parameterName(parameter string) string {
	name, _, _ := strings.Cut(parameter, "=")
	return name
}

// normalEscapes returns a part of a URL with normalized escapes: unreserved characters are not escaped, non-ASCII characters are
// escaped, and the digits of escapes are in upper case.
func normalEscapes(part string) string {
	var b strings.Builder
	for i := 0; i < len(part); i++ {
		c := part[i]
		if c == '%' && i+2 < len(part) {
			if n, err := strconv.ParseUint(part[i+1:i+3], 16, 8); err == nil {
				i += 2
				if isUnreserved(byte(n)) {
					b.WriteByte(byte(n))
				} else {
					fmt.Fprintf(&b, "%%%02X", n)
				}
				continue
			}
		}
		if c > '~' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
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
