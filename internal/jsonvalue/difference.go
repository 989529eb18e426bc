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

// Difference is something that the API did not store as it was told to.
type Difference struct {
	Path   []string // keys, and indexes of lists
	Sent   any      // nil: it was to go
	Stored any      // nil: the API shows none

	// Typed says that the value is that of an argument of its own, and not of a header or of free JSON, of which no value is
	// shown. Name says that it is the name of something, which is shown whole.
	Typed, Name bool
}

// String says what is different, with as much of the values as [Shown] allows.
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
	return key + " is not stored as it was sent" + contrast(d.Sent, d.Stored)
}

// Differences compares what the API stored with what it was sent, and with what it had before: a key that is not sent any more
// must be gone. Keys that the API adds by itself are its own affair, and values that it masks cannot be compared.
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

// compareValues compares what is under one key. In objects, at any depth, the API may have added keys.
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
	if IsMasked(stored) || Equal(sent, stored) {
		return nil
	}
	return []Difference{{Path: path, Sent: sent, Stored: stored}}
}

// IsMasked recognises what APIs show in place of a value that looks secret to them. Such a value cannot be compared.
func IsMasked(wire any) bool {
	shown, ok := wire.(string)
	if !ok || shown == "" {
		return false
	}
	bare := strings.ToLower(strings.Trim(shown, "*•<>[]() "))
	return bare == "" || bare == "redacted" || bare == "masked" || bare == "hidden"
}

// At is what is at the end of a path of a [Difference], whose keys may be in another case.
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
