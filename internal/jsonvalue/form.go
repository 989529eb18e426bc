package jsonvalue

import (
	"maps"
	"reflect"
	"slices"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Key returns the key of an object that equals key according to [text.Equal], preferably with the same bytes. ok is false if the
// object has no such key.
func Key(object map[string]any, key string) (own string, ok bool) {
	if _, exact := object[key]; exact {
		return key, true
	}
	for _, own := range slices.Sorted(maps.Keys(object)) {
		if text.Equal(own, key) {
			return own, true
		}
	}
	return "", false
}

// under returns the value of the key that [Key] finds, or nil.
func under(object map[string]any, key string) any {
	if own, ok := Key(object, key); ok {
		return object[own]
	}
	return nil
}

// InFormOf returns value with its strings and keys in the Unicode form of shown, where the two differ only in that form. An API
// that compares bytes then detects no change.
func InFormOf(value, shown any) any { return inForm(value, shown, text.Equal) }

// FromPrintable is like [InFormOf], but also returns the string or key of shown where value has its printable form; see
// [redact.Printable]. State holds values from the API in printable form, so that only shown still has their unprintable characters.
func FromPrintable(value, shown any) any {
	return inForm(value, shown, func(value, shown string) bool {
		return text.Equal(value, shown) || text.Equal(value, redact.Printable(shown))
	})
}

// inForm replaces the strings and keys of value that are the same as those of shown.
func inForm(value, shown any, same func(value, shown string) bool) any {
	switch value := value.(type) {
	case string:
		if other, ok := shown.(string); ok && same(value, other) {
			return other
		}
	case map[string]any:
		object, _ := shown.(map[string]any)
		formed := map[string]any{}
		for key, inner := range value {
			own, ok := sameKey(object, key, same)
			if !ok {
				formed[key] = inForm(inner, nil, same)
				continue
			}
			formed[own] = inForm(inner, object[own], same)
		}
		return formed
	case []any:
		list, _ := shown.([]any)
		formed := make([]any, len(value))
		for i, inner := range value {
			var other any
			if i < len(list) {
				other = list[i]
			}
			formed[i] = inForm(inner, other, same)
		}
		return formed
	}
	return value
}

// sameKey returns the key that [Key] finds, or else the only key of the object that is the same as key.
func sameKey(object map[string]any, key string, same func(value, shown string) bool) (own string, ok bool) {
	if own, ok := Key(object, key); ok {
		return own, true
	}
	for other := range object {
		if !same(key, other) {
			continue
		}
		if ok {
			return "", false
		}
		own, ok = other, true
	}
	return own, ok
}

// SameForm reports whether two values are [Equal] and all their strings and keys have the same Unicode form.
func SameForm(a, b any) bool { return Equal(a, b) && reflect.DeepEqual(InFormOf(a, b), a) }

// Canonical returns a value with every string and key normalized by [text.Canonical], like in CLIs.
func Canonical(value any) any {
	switch value := value.(type) {
	case string:
		return text.Canonical(value)
	case map[string]any:
		canonical := map[string]any{}
		for _, key := range slices.Sorted(maps.Keys(value)) {
			canonical[text.Canonical(key)] = Canonical(value[key])
		}
		return canonical
	case []any:
		canonical := make([]any, len(value))
		for i, inner := range value {
			canonical[i] = Canonical(inner)
		}
		return canonical
	}
	return value
}
