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
func InFormOf(value, shown any) any { return FromPrintable(value, nil, shown) }

// FromPrintable is like [InFormOf], but also returns the string or key of shown where value is unchanged from prior, the value in
// state, and is the printable form of shown; see [redact.Printable]. State holds values from the API in printable form, so that only
// shown still has their unprintable characters.
func FromPrintable(value, prior, shown any) any {
	switch value := value.(type) {
	case string:
		before, isPrior := prior.(string)
		if other, ok := shown.(string); ok && (text.Equal(value, other) || isPrior && text.Equal(value, before) && text.Equal(value, redact.Printable(other))) {
			return other
		}
	case map[string]any:
		object, _ := shown.(map[string]any)
		before, _ := prior.(map[string]any)
		formed := map[string]any{}
		for key, inner := range value {
			_, isPrior := Key(before, key)
			own, ok := sameKey(object, key, isPrior)
			if !ok {
				formed[key] = FromPrintable(inner, nil, nil)
				continue
			}
			formed[own] = FromPrintable(inner, under(before, key), object[own])
		}
		return formed
	case []any:
		list, _ := shown.([]any)
		before, _ := prior.([]any)
		at := func(list []any, i int) any {
			if i < len(list) {
				return list[i]
			}
			return nil
		}
		formed := make([]any, len(value))
		for i, inner := range value {
			formed[i] = FromPrintable(inner, at(before, i), at(list, i))
		}
		return formed
	}
	return value
}

// sameKey returns the key that [Key] finds, or else, if state has the key, the only key of the object whose printable form it is.
func sameKey(object map[string]any, key string, isPrior bool) (own string, ok bool) {
	if own, ok := Key(object, key); ok || !isPrior {
		return own, ok
	}
	for other := range object {
		if !text.Equal(key, redact.Printable(other)) {
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
