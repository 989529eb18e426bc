package jsonvalue

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// Shown returns what of a value of an argument may stand in a text. A provider does not see which values are marked as sensitive,
// so it is a number, a boolean, and of a URL the scheme and the host. Of any other value it is nothing.
func Shown(value any) string {
	switch value := value.(type) {
	case bool, json.Number:
		return Quote(value)
	case string:
		return ShownURL(value)
	}
	return ""
}

// ShownURL returns the scheme and the host of an absolute http or https URL, and nothing of any other text.
func ShownURL(value string) string {
	u := httpURL(value)
	if u == nil {
		return ""
	}
	shown := u.Scheme + "://" + u.Host
	if u.Path != "" || u.RawQuery != "" || u.Fragment != "" {
		shown += "/..."
	}
	return shown
}

// contrast says in what two texts differ, without quoting them.
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
		return ": it differs in upper and lower case"
	case strings.Join(strings.Fields(a), "") == strings.Join(strings.Fields(b), ""):
		return ": it differs in white space"
	case utf8.RuneCountInString(a) != utf8.RuneCountInString(b):
		return fmt.Sprintf(": it has %d characters instead of %d", utf8.RuneCountInString(b), utf8.RuneCountInString(a))
	case ShownURL(a) != "":
		return ": it differs behind the host"
	}
	return ""
}
