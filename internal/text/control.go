package text

import "strings"

// Control describes the first control character of a value without quoting the value, such as "ends with a line break". It
// returns "" if there is none.
func Control(value string) string {
	isControl := func(r rune) bool { return r < ' ' || r == 0x7f }
	trimmed := strings.TrimRight(value, "\r\n")
	switch {
	case !strings.ContainsFunc(value, isControl):
		return ""
	case !strings.ContainsFunc(trimmed, isControl):
		return "ends with a line break"
	case strings.ContainsAny(trimmed, "\r\n"):
		return "contains a line break"
	case strings.Contains(trimmed, "\t"):
		return "contains a tab"
	}
	return "contains a control character"
}
