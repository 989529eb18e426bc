package talonic

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// catalogEntry is one entry of a catalog: its name and its fields, from all places in which the API may put them.
type catalogEntry struct {
	name   string
	fields map[string]any
	raw    json.RawMessage
}

// decodeCatalog decodes a catalog in any form that the API may use: a list, or an object keyed by name. Both may be bare or under
// "data". In a list, the name of an entry is under key, or else under another key from the catalogs' models. Entries are sorted by
// name, and each name occurs once.
//
// Assumption: DESIGN.md#assumptions-about-the-api.
func decodeCatalog(body any, key string) ([]catalogEntry, error) {
	object, _ := body.(map[string]any)
	data, enveloped := object["data"]
	if enveloped {
		body = data
	}
	entries := []catalogEntry{}
	switch catalog := body.(type) {
	case []any:
		for i, item := range catalog {
			name := entryName(item, key)
			if name == "" {
				return nil, fmt.Errorf("item %d of the catalog has no name", i)
			}
			entries = append(entries, newCatalogEntry(name, item))
		}
	case map[string]any:
		if len(catalog) == 0 && !enveloped {
			return nil, errors.New("it is an empty object")
		}
		for name, item := range catalog {
			if name == "" {
				return nil, errors.New("an item of the catalog has no name")
			}
			if _, ok := item.(map[string]any); !ok {
				return nil, fmt.Errorf("it is not a catalog: its %q is not an object", name)
			}
			entries = append(entries, newCatalogEntry(name, item))
		}
	default:
		return nil, errors.New("it is neither a list nor an object")
	}
	for _, entry := range entries {
		if !isType(entry.name) {
			return nil, fmt.Errorf("its %q is not the name of an entry", entry.name)
		}
	}
	slices.SortStableFunc(entries, func(a, b catalogEntry) int { return cmp.Compare(a.name, b.name) })
	return slices.CompactFunc(entries, func(a, b catalogEntry) bool { return a.name == b.name }), nil
}

// entryName returns the name of a list item. If the item is a string, that string is the name. Otherwise the name is under the
// first of the given keys that the item has, or else under the first key from the catalogs' models. entryName returns "" if there
// is none.
func entryName(item any, keys ...string) string {
	switch item := item.(type) {
	case string:
		return item
	case map[string]any:
		for _, key := range append(keys, "type", "event_type", "format", "name") {
			if name, ok := item[key].(string); ok && name != "" {
				return name
			}
		}
	}
	return ""
}

// newCatalogEntry returns an entry with the fields of the item and of its "capabilities", which contain the fields in some forms.
func newCatalogEntry(name string, item any) catalogEntry {
	e := catalogEntry{name: name, fields: map[string]any{}}
	e.raw, _ = json.Marshal(item) // decoded JSON can always be encoded
	if object, ok := item.(map[string]any); ok {
		maps.Copy(e.fields, object)
		if capabilities, ok := object["capabilities"].(map[string]any); ok {
			maps.Copy(e.fields, capabilities)
		}
	}
	return e
}

func (e catalogEntry) text(key string) string {
	text, _ := e.fields[key].(string)
	return redact.Printable(text)
}

func (e catalogEntry) names(key string) []string {
	list, ok := e.fields[key].([]any)
	if !ok {
		return nil
	}
	names := []string{} // an empty list differs from no list
	for _, item := range list {
		if name := entryName(item); isType(name) {
			names = append(names, name)
		}
	}
	return names
}

// kind returns the kind of the object under key. If the value is a string, that string is the kind.
func (e catalogEntry) kind(key string) string {
	object, ok := e.fields[key].(map[string]any)
	if !ok {
		return typeOrNone(e.text(key))
	}
	kind, _ := object["kind"].(string)
	return typeOrNone(kind)
}

func (e catalogEntry) integer(key string) *int64 {
	number, _ := e.fields[key].(json.Number)
	if n, err := number.Int64(); err == nil {
		return &n
	}
	return nil
}

func (e catalogEntry) rateLimit(key string) *RateLimit {
	limit, ok := e.fields[key].(map[string]any)
	if !ok {
		return nil
	}
	rate, _ := limit["ratePerSec"].(json.Number)
	capacity, _ := limit["capacity"].(json.Number)
	r, rateErr := rate.Float64()
	n, capacityErr := capacity.Int64()
	if rateErr != nil || capacityErr != nil {
		return nil
	}
	return &RateLimit{RatePerSec: r, Capacity: n}
}

func (e catalogEntry) json(key string) json.RawMessage {
	value, ok := e.fields[key]
	if !ok || value == nil {
		return nil
	}
	raw, _ := json.Marshal(value) // decoded JSON can always be encoded
	return raw
}
