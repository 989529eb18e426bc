package jsonvalue

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// mask matches the characters with which APIs mask a part of a URL.
var mask = regexp.MustCompile(`(?i)[*•]{3,}|…|/\.{3}$|[<\[(](?:redacted|masked|hidden)[>\])]`)

// IsMasked reports whether a value consists only of characters with which APIs mask secret values, or is a URL with a masked part.
// Such a value cannot be compared; see [MayMask].
func IsMasked(wire any) bool { return isMaskedWhole(wire) || isMaskedURL(wire) }

func isMaskedWhole(wire any) bool {
	shown, ok := wire.(string)
	if !ok || shown == "" {
		return false
	}
	bare := strings.ToLower(strings.Trim(shown, "*•<>[]() "))
	return bare == "" || bare == "redacted" || bare == "masked" || bare == "hidden"
}

func isMaskedURL(wire any) bool {
	shown, ok := wire.(string)
	if !ok || strings.ContainsFunc(shown, unicode.IsSpace) { // a text with spaces is no URL, even if it begins with one
		return false
	}
	visible := visibleParts(shown)
	return len(visible) > 1 && httpURL(strings.Join(visible, "x")) != nil
}

// visibleParts returns the texts around the masks in a URL. A text without masks is a single part.
func visibleParts(shown string) []string {
	var visible []string
	end := 0
	for _, at := range mask.FindAllStringIndex(shown, -1) {
		if isMaskAt(shown, at[0], at[1]) {
			visible = append(visible, shown[end:at[0]])
			end = at[1]
		}
	}
	return append(visible, shown[end:])
}

// isMaskAt reports whether a match of mask in a URL is a mask. A word in brackets must be a whole part of the URL, and an ellipsis must end a
// part of the path or be a whole part, because file names and titles may also contain bracketed words and ellipses.
func isMaskAt(shown string, start, end int) bool {
	match, before, after := shown[start:end], shown[:start], shown[end:]
	if strings.ContainsAny(match, "*•/") {
		return true
	}
	if strings.HasPrefix(after, "@") {
		return strings.HasSuffix(before, "//") || strings.HasSuffix(before, ":")
	}
	const startPart, endPart = "/?#&;=", "/?#&;"
	ends := after == "" || strings.IndexAny(after, endPart) == 0
	begins := before != "" && strings.LastIndexAny(before, startPart) == len(before)-1
	return ends && (begins || match == "…" && !strings.ContainsAny(before, "?#"))
}

// MayMask reports whether shown may be a masked form of value: shown is masked in full, or value contains the parts of shown around its masks,
// in the same order.
func MayMask(shown, value any) bool {
	masked, _ := shown.(string)
	given, isText := value.(string)
	switch {
	case isMaskedWhole(shown):
		return true
	case !isText || !isMaskedURL(shown):
		return false
	}
	visible := visibleParts(masked)
	start, end := visible[0], visible[len(visible)-1]
	if given += "/"; len(given) < len(start) || !strings.EqualFold(given[:len(start)], start) {
		return false
	}
	rest := strings.TrimSuffix(given[len(start):], "/")
	for _, part := range visible[1 : len(visible)-1] {
		_, after, found := strings.Cut(rest, part)
		if !found {
			return false
		}
		rest = after
	}
	return strings.HasSuffix(rest, end)
}

// ContainsMask reports whether a JSON value is or contains a mask, of an API or of this provider ([redact.Redacted]). A word such as
// "hidden", or "*", does not count, because it can be a real value.
func ContainsMask(wire any) bool {
	switch wire := wire.(type) {
	case map[string]any:
		for _, inner := range wire {
			if ContainsMask(inner) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(wire, ContainsMask)
	case string:
		return wire == redact.Redacted || IsMasked(wire) && mask.MatchString(wire)
	}
	return false
}
