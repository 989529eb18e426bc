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

// InFormOf returns value with its strings and keys in the form of shown, where the two differ only in their Unicode form, or where
// value is shown as [redact.Printable] returns it. An API that compares bytes then detects no change, and unprintable characters,
// which state does not hold, stay in the API's values.
func InFormOf(value, shown any) any {
	switch value := value.(type) {
	case string:
		if other, ok := shown.(string); ok && isFormOf(value, other) {
			return other
		}
	case map[string]any:
		object, _ := shown.(map[string]any)
		formed := map[string]any{}
		for key, inner := range value {
			own, ok := keyInFormOf(object, key)
			if !ok {
				formed[key] = InFormOf(inner, nil)
				continue
			}
			formed[own] = InFormOf(inner, object[own])
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
			formed[i] = InFormOf(inner, other)
		}
		return formed
	}
	return value
}

// isFormOf reports whether a text has the value of shown in a different Unicode form, or is its printable form.
func isFormOf(value, shown string) bool {
	return text.Equal(value, shown) || text.Equal(value, redact.Printable(shown))
}

// keyInFormOf returns the key that [Key] finds, or else the only key whose printable form is key.
func keyInFormOf(object map[string]any, key string) (own string, ok bool) {
	if own, ok := Key(object, key); ok {
		return own, true
	}
	for other := range object {
		if isFormOf(key, other) {
			if ok {
				return "", false
			}
			own, ok = other, true
		}
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
