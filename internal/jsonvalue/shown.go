package jsonvalue

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"unicode/utf8"
)

// Shown returns the part of an argument's value that messages may show: a number or a boolean in full, the scheme and the host of
// a URL, and "" for any other value. Providers cannot see which values a user has marked as sensitive.
func Shown(value any) string {
	switch value := value.(type) {
	case bool, json.Number:
		return Quote(value)
	case string:
		return ShownURL(value)
	}
	return ""
}

// ShownURL returns the scheme and the host of an absolute http or https URL, or "" for any other text. It omits a host that may be a part of a
// password.
func ShownURL(value string) string {
	u := httpURL(value)
	if u == nil {
		return ""
	}
	if loose, _ := splitURL(value); loose.isUnclear {
		return loose.shown()
	}
	shown := u.Scheme + "://" + u.Host
	if u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		shown += "/..."
	}
	return shown
}

// contrast describes how two values differ, without quoting them.
func contrast(sent, stored any) string {
	a, isText := sent.(string)
	b, areTexts := stored.(string)
	switch {
	case !isText || !areTexts:
		if Kind(sent) != Kind(stored) {
			return fmt.Sprintf(": it was sent as %s and stored as %s", Kind(sent), Kind(stored))
		}
		return ""
	case strings.EqualFold(a, b):
		return ": only the case differs"
	case strings.Join(strings.Fields(a), "") == strings.Join(strings.Fields(b), ""):
		return ": only white space differs"
	case ShownURL(a) != "" && ShownURL(b) != "":
		return differingParts(httpURL(a), httpURL(b))
	case utf8.RuneCountInString(a) != utf8.RuneCountInString(b):
		return fmt.Sprintf(": it has %d characters instead of %d", utf8.RuneCountInString(b), utf8.RuneCountInString(a))
	}
	return ""
}

// differingParts names the parts after the host in which two URLs differ.
func differingParts(a, b *url.URL) string {
	var parts []string
	for _, part := range []struct{ name, a, b string }{
		{"path", a.EscapedPath(), b.EscapedPath()}, {"query", a.RawQuery, b.RawQuery}, {"fragment", a.EscapedFragment(), b.EscapedFragment()},
	} {
		if part.a != part.b {
			parts = append(parts, part.name)
		}
	}
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return ": the " + parts[0] + " differs"
	}
	return ": the " + strings.Join(parts, " and the ") + " differ"
}
