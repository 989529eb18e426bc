package jsonvalue

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Difference describes a value that differs between the request and the API's response.
type Difference struct {
	Path   []string // keys, and indexes of lists
	Sent   any      // nil: the key was removed
	Stored any      // nil: the API returned no value

	// Typed reports that the value belongs to a typed argument. Values of headers and of free-form JSON are never shown. Name
	// reports that the value is a name, which is shown in full.
	Typed, Name bool
}

// String describes the difference. It contains only those parts of the values that [Shown] returns.
func (d Difference) String() string {
	key := redact.Inline(strings.Join(d.Path, "."))
	sent, stored := "", ""
	switch {
	case d.Name:
		sent, stored = Quote(d.Sent), redact.Inline(Quote(d.Stored))
	case d.Typed:
		sent, stored = Shown(d.Sent), redact.Inline(Shown(d.Stored))
	}
	switch {
	case d.Sent == nil && stored != "":
		return fmt.Sprintf("%s was removed, but the API still has %s", key, stored)
	case d.Sent == nil:
		return key + " was removed, but the API still has it"
	case d.Stored == nil && sent != "":
		return fmt.Sprintf("%s was sent as %s, but the API did not store it", key, sent)
	case d.Stored == nil:
		return key + " was sent, but the API did not store it"
	case sent != "" && stored != "" && sent != stored:
		return fmt.Sprintf("%s was sent as %s, but the API stored %s", key, sent, stored)
	}
	return key + " differs from the value that was sent" + contrast(d.Sent, d.Stored)
}

// Differences compares the stored object with the object that was sent. A key that was stored before and is no longer sent must be
// removed. Differences ignores keys that the API adds, and does not compare masked values.
func Differences(before, sent, stored map[string]any) []Difference {
	return compareObjects(nil, before, sent, stored)
}

func compareObjects(path []string, before, sent, stored map[string]any) []Difference {
	var found []Difference
	at := func(key string) []string { return append(slices.Clone(path), key) }
	for _, key := range slices.Sorted(maps.Keys(sent)) {
		found = append(found, compareValues(at(key), under(before, key), sent[key], under(stored, key))...)
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		still := under(stored, key)
		if _, stays := Key(sent, key); stays || still == nil {
			continue
		}
		inner, isObject := before[key].(map[string]any)
		innerStored, storedObject := still.(map[string]any)
		switch {
		case isObject && storedObject:
			found = append(found, compareObjects(at(key), inner, nil, innerStored)...)
		case Equal(before[key], still):
			found = append(found, Difference{Path: at(key), Stored: still})
		}
	}
	return found
}

// compareValues compares the values of one key. The API may have added keys to objects at any depth.
func compareValues(path []string, before, sent, stored any) []Difference {
	switch sent := sent.(type) {
	case map[string]any:
		inner, _ := before.(map[string]any)
		if stored, ok := stored.(map[string]any); ok {
			return compareObjects(path, inner, sent, stored)
		}
		if len(sent) == 0 && stored == nil {
			return nil
		}
	case []any:
		inner, _ := before.([]any)
		stored, ok := stored.([]any)
		if !ok || len(stored) != len(sent) {
			break
		}
		var found []Difference
		for i := range sent {
			var was any
			if i < len(inner) {
				was = inner[i]
			}
			found = append(found, compareValues(append(slices.Clone(path), strconv.Itoa(i)), was, sent[i], stored[i])...)
		}
		return found
	}
	if Equal(sent, stored) || MayMask(stored, sent) {
		return nil
	}
	return []Difference{{Path: path, Sent: sent, Stored: stored}}
}

// At returns the value at the path of a [Difference], or nil. It ignores the case of keys.
func At(value any, path []string) any {
	if len(path) == 0 {
		return value
	}
	switch inner := value.(type) {
	case map[string]any:
		if exact, ok := inner[path[0]]; ok {
			return At(exact, path[1:])
		}
		for key := range inner {
			if strings.EqualFold(text.Canonical(key), text.Canonical(path[0])) {
				return At(inner[key], path[1:])
			}
		}
	case []any:
		if i, err := strconv.Atoi(path[0]); err == nil && i < len(inner) {
			return At(inner[i], path[1:])
		}
	}
	return nil
}
