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

// Difference is a value that the API did not store as it was sent.
type Difference struct {
	Path   []string // keys, and indexes of lists
	Sent   any      // nil: the key was removed
	Stored any      // nil: the API shows no value

	// Typed reports that the value belongs to an argument of its own, rather than to a header or to free-form JSON, whose values
	// are never shown. Name reports that the value is a name, which is shown in full.
	Typed, Name bool
}

// String describes the difference. It shows only as much of the values as [Shown] allows.
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

// Differences compares what the API stored with what was sent and with what it stored before. A key that was stored before but is
// no longer sent must be gone. Keys that the API adds are ignored, and masked values are not compared.
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

// compareValues compares the values of one key. In objects, at any depth, the API may have added keys.
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

// At returns the value at the end of a path of a [Difference]. Its keys may differ in case.
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
