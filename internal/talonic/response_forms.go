package talonic

import (
	"regexp"
	"strings"
	"time"
)

var (
	typeForm   = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.:/-]{0,99}$`)
	statusForm = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_. -]{0,63}$`)
	timeForm   = regexp.MustCompile(`^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.(\d{1,9}))?(?:[Zz]|[+-]\d\d:\d\d)$`)
)

// isType reports whether a text has the form of a type name.
func isType(text string) bool { return typeForm.MatchString(text) }

// typeOrNone returns a text that has the form of a type name, or "".
func typeOrNone(text string) string {
	if !isType(text) {
		return ""
	}
	return text
}

// IsStatus reports whether a text has the form of a status, such as last_delivery_status.
func IsStatus(text string) bool { return statusForm.MatchString(text) }

// FormatTime parses a time from the API and returns its normalized form. A time in the documented form keeps its zone and its
// number of fractional digits, a time in another form is converted to UTC, and a time without a zone stays unchanged. ok is false
// if the text is not a time.
func FormatTime(text string) (formatted string, ok bool) {
	parts := timeForm.FindStringSubmatch(text)
	if parts == nil {
		return formatOtherTime(text)
	}
	at, err := time.Parse(time.RFC3339Nano, strings.ToUpper(strings.Replace(text, " ", "T", 1)))
	if err != nil {
		return "", false
	}
	layout := "2006-01-02T15:04:05"
	if len(parts[1]) > 0 {
		layout += "." + strings.Repeat("0", len(parts[1]))
	}
	return at.Format(layout + "Z07:00"), true
}

// withoutZone matches times without a time zone.
var withoutZone = regexp.MustCompile(`^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)?$`)

func formatOtherTime(text string) (formatted string, ok bool) {
	p, ok := parseTimestamp(text)
	switch {
	case !ok:
		return "", false
	case withoutZone.MatchString(text):
		return text, true
	case p.to.Sub(p.from) > time.Minute:
		return "", false
	}
	return p.from.UTC().Format(time.RFC3339Nano), true
}

// SameTime reports whether two texts are equal or denote the same moment.
func SameTime(a, b string) bool {
	first, errA := time.Parse(time.RFC3339, a)
	second, errB := time.Parse(time.RFC3339, b)
	return a == b || errA == nil && errB == nil && first.Equal(second)
}
