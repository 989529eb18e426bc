package talonic

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Match is the result of comparing a value that was sent with the value that the API returned.
type Match int

const (
	// Different means that the API returned a different value.
	Different Match = iota
	// Unsure means that the API may have stored the value in a different form, or that it did not return enough to decide.
	Unsure
	// Same means that the API returned the value that was sent.
	Same
)

// MatchJSON compares a decoded JSON value that was sent with the value that the API returned. If the API omits a key of an object,
// or adds one whose value is not empty, the result is at most Unsure.
func MatchJSON(sent, shown any) Match { return matchJSON(sent, shown, Unsure) }

// matchJSON is like [MatchJSON], but the result is at most addedKey if the API adds a key.
func matchJSON(sent, shown any, addedKey Match) Match {
	switch sent := sent.(type) {
	case map[string]any:
		shown, ok := shown.(map[string]any)
		if !ok {
			return ifOr(len(sent) == 0 && shown == nil, Same, Unsure)
		}
		return matchObjects(sent, shown, addedKey)
	case []any:
		shown, ok := shown.([]any)
		if !ok || len(sent) != len(shown) {
			return ifOr(len(sent) == 0 && len(shown) == 0, Same, Unsure)
		}
		worst := Same
		for i := range sent {
			worst = min(worst, matchJSON(sent[i], shown[i], addedKey))
		}
		return worst
	}
	return matchScalars(sent, shown)
}

func matchObjects(sent, shown map[string]any, addedKey Match) Match {
	worst := Same
	for key, value := range sent {
		other, there := shown[key]
		switch {
		case there:
			worst = min(worst, matchJSON(value, other, addedKey))
		case !isEmptyJSON(value):
			worst = min(worst, Unsure)
		}
	}
	for key, value := range shown {
		if _, wasSent := sent[key]; !wasSent && !isEmptyJSON(value) {
			worst = min(worst, addedKey)
		}
	}
	return worst
}

func matchScalars(sent, shown any) Match {
	if shown == nil {
		return ifOr(isEmptyJSON(sent), Same, Unsure)
	}
	if text.Equal(fmt.Sprint(sent), fmt.Sprint(shown)) {
		return ifOr(fmt.Sprintf("%T", sent) == fmt.Sprintf("%T", shown), Same, Unsure)
	}
	a, aIsText := sent.(string)
	b, bIsText := shown.(string)
	if aIsText && bIsText {
		return ifOr(foldText(a) == foldText(b) || isMasked(b), Unsure, Different)
	}
	if x, ok := sent.(json.Number); ok {
		if y, ok := shown.(json.Number); ok {
			xf, errX := x.Float64()
			yf, errY := y.Float64()
			return ifOr(errX == nil && errY == nil && xf == yf, Same, Different)
		}
	}
	return Different
}

// isMasked reports whether a text consists only of characters with which APIs mask secret values.
func isMasked(shown string) bool { return strings.Trim(shown, "*•<>[]() ") == "" }

// isEmptyJSON reports whether a value is equivalent to an absent one.
func isEmptyJSON(value any) bool {
	switch value := value.(type) {
	case nil:
		return true
	case map[string]any:
		return len(value) == 0
	case []any:
		return len(value) == 0
	}
	return value == ""
}

func ifOr(condition bool, yes, no Match) Match {
	if condition {
		return yes
	}
	return no
}

// matchNames compares a name that was sent with the name that the API returned.
func matchNames(sent, shown string) Match {
	switch {
	case text.Equal(sent, shown):
		return Same
	case foldText(sent) == foldText(shown):
		return Unsure
	}
	return Different
}

// foldText returns a normalized form of a text that is equal for all variants that a server may store: trimmed, in lower case, and
// with single spaces. A URL also loses its default port, dot segments, escapes and trailing slash, and its query is sorted.
func foldText(sent string) string {
	folded := strings.ToLower(norm.NFKC.String(strings.Join(strings.Fields(sent), " ")))
	u, err := url.Parse(folded)
	if err != nil || u.Host == "" {
		return strings.Trim(folded, "/")
	}
	port := u.Port()
	if u.Scheme == "https" && port == "443" || u.Scheme == "http" && port == "80" {
		port = ""
	}
	return u.Scheme + "://" + strings.TrimSuffix(u.Hostname(), ".") + ":" + port + path.Clean("/"+u.Path) + "?" + u.Query().Encode() + "#" + u.Fragment
}
