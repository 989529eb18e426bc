package jsonvalue

import (
	"cmp"
	"encoding/json"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// shortestHidden is the minimum length of a redacted value, in bytes. Shorter values occur in many texts by chance.
const shortestHidden = 8

// hiddenValue replaces a redacted value.
const hiddenValue = "(value not shown)"

// shownKeys lists the keys whose values are names that an error message needs.
var shownKeys = []string{"type", "event_type", "header_name", "null_handling"}

// Hidden redacts values that a user may have marked as sensitive. Providers cannot see those marks. The zero value redacts
// nothing. Hidden is not safe for concurrent use.
type Hidden struct{ shown map[string]string } // the replacement for each value

// Add adds every string in a decoded value.
func (h *Hidden) Add(value any) {
	switch value := value.(type) {
	case string:
		h.add(value)
	case map[string]any:
		for key, inner := range value {
			if !IsShownKey(key) {
				h.Add(inner)
			}
		}
	case []any:
		for _, inner := range value {
			h.Add(inner)
		}
	}
}

// IsShownKey reports whether messages may show the value of a key.
func IsShownKey(key string) bool { return slices.Contains(shownKeys, key) }

func (h *Hidden) add(value string) {
	shown := cmp.Or(ShownURL(value), hiddenValue)
	if len(value) < shortestHidden || shown == value {
		return
	}
	for _, part := range urlParts(value) {
		h.replaceEncoded(part, hiddenValue)
	}
	h.replaceEncoded(value, shown)
}

// replaceEncoded records the replacement for a text, and for its JSON-escaped forms, which a message may quote from a request.
func (h *Hidden) replaceEncoded(text, shown string) {
	h.replace(text, shown)
	escaped, _ := json.Marshal(text) // strings can always be encoded
	for _, encoded := range []string{string(escaped), Quote(text)} {
		h.replace(encoded[1:len(encoded)-1], shown)
	}
}

// replace records the replacement for a text. In the recorded text, U+FFFD stands for bytes that are not UTF-8: a regular expression cannot
// contain such bytes, but its U+FFFD matches them.
func (h *Hidden) replace(text, shown string) {
	if h.shown == nil {
		h.shown = map[string]string{}
	}
	h.shown[string([]rune(text))] = shown
}

// urlParts returns the parts of a URL that may be sensitive. The whole URL is not enough, because an API may quote only the path, or the URL in
// a different form. So each part is returned in three forms: escaped, decoded once, as a server does, and decoded until no escapes remain.
func urlParts(value string) []string {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" {
		return nil
	}
	parts := []string{u.EscapedPath(), u.Path, u.RawQuery, u.EscapedFragment(), u.Fragment}
	for _, path := range []string{u.EscapedPath(), u.Path} {
		parts = append(parts, strings.Split(path, "/")...)
	}
	for _, fragment := range []string{u.EscapedFragment(), u.Fragment} {
		parts = append(parts, strings.FieldsFunc(fragment, func(c rune) bool { return c == '/' || c == '?' })...)
	}
	for _, p := range slices.Concat(parametersOf(u.RawQuery), parametersOf(u.EscapedFragment())) {
		parts = append(parts, p.raw, p.value)
		if once, err := url.QueryUnescape(p.raw); err == nil {
			parts = append(parts, once)
		}
	}
	parts = append(parts, userInfoParts(u.User, value)...)
	return slices.DeleteFunc(parts, func(part string) bool { return len(part) < shortestHidden })
}

// userInfoParts returns the user name and the password of a URL, decoded and as written.
func userInfoParts(user *url.Userinfo, value string) []string {
	if user == nil {
		return nil
	}
	password, _ := user.Password()
	_, authority, _ := strings.Cut(value, "//")
	if end := strings.IndexAny(authority, "/?#"); end >= 0 {
		authority = authority[:end]
	}
	raw := authority[:strings.LastIndex(authority, "@")] // there is one, because the URL has user info
	name, rawPassword, _ := strings.Cut(raw, ":")
	return []string{user.Username(), password, raw, name, rawPassword}
}

// TakenOutOf returns a text with the values redacted. It ignores case.
func (h *Hidden) TakenOutOf(text string) string {
	if len(h.shown) == 0 {
		return text
	}
	var patterns []string
	shown := map[string]string{}
	for _, value := range slices.SortedFunc(maps.Keys(h.shown), longestFirst) {
		patterns = append(patterns, regexp.QuoteMeta(value))
		shown[strings.ToLower(value)] = h.shown[value]
	}
	return regexp.MustCompile("(?i)"+strings.Join(patterns, "|")).ReplaceAllStringFunc(text, func(found string) string {
		return cmp.Or(shown[strings.ToLower(found)], hiddenValue)
	})
}

// longestFirst sorts longer texts first, so that no text is replaced inside a longer text.
func longestFirst(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }
