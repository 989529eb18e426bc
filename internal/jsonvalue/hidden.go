package jsonvalue

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// shortestHidden is the length in bytes from which a value is taken out of texts. Shorter ones are in many texts by accident.
const shortestHidden = 8

// hiddenValue stands where a value stood.
const hiddenValue = "(value not shown)"

// shownKeys are those whose values are names that an error needs.
var shownKeys = []string{"type", "event_type", "header_name", "null_handling"}

// Hidden are values that a user may have marked as sensitive, which a provider does not see. The zero value has none.
type Hidden struct{ shown map[string]string } // what may stand in the place of each

// Add adds every text in a decoded value.
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

// IsShownKey reports whether texts may show the value of a key.
func IsShownKey(key string) bool { return slices.Contains(shownKeys, key) }

func (h *Hidden) add(value string) {
	shown := cmp.Or(ShownURL(value), hiddenValue)
	if len(value) < shortestHidden || shown == value {
		return
	}
	if h.shown == nil {
		h.shown = map[string]string{}
	}
	h.shown[value] = shown
	escaped, _ := json.Marshal(value)                                 // texts can always be encoded
	for _, encoded := range []string{string(escaped), Quote(value)} { // as it stands in a request that a message quotes
		h.shown[encoded[1:len(encoded)-1]] = shown
	}
}

// TakenOutOf returns a text without the values.
func (h *Hidden) TakenOutOf(text string) string {
	var pairs []string
	for _, value := range slices.SortedFunc(maps.Keys(h.shown), longestFirst) {
		pairs = append(pairs, value, h.shown[value])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// longestFirst orders texts so that one comes before what it begins with.
func longestFirst(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) }
