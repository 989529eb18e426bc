package talonic

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// FieldMap changes the fields of a payload before it is serialized. Drop is applied first, then Rules, then Static, which takes
// precedence.
//
// Two forms are documented. This client writes the form of the SDK, {"rules": [...], "static": {...}, "drop": [...]}, and also
// reads the flat form of the API pages, {"target": "$.source"}.
//
// API docs: Create Binding.
type FieldMap struct {
	Rules []FieldRule `json:"rules,omitzero"`

	// Static sets fields to values. Numbers are [json.Number].
	Static map[string]any `json:"static,omitzero"`
	Drop   []string       `json:"drop,omitzero"`

	// Flat reports that the API returned the flat form, which cannot express Static and Drop. Their values are then unknown.
	Flat bool `json:"-"`
}

// FieldRule renames a field.
type FieldRule struct {
	Source string `json:"source"`
	Target string `json:"target"`
}

// UnmarshalJSON decodes both forms. All values of the flat form are strings, and none in the SDK's form are.
func (m *FieldMap) UnmarshalJSON(body []byte) error {
	*m = FieldMap{}
	if rules, ok := flatRules(body); ok {
		m.Rules, m.Flat = rules, true
		return nil
	}
	type plain FieldMap
	return newDecoder(body).Decode((*plain)(m))
}

// flatRules returns the rules of the flat form, sorted by target, because the form has no order. ok is false for the other form.
func flatRules(body []byte) (rules []FieldRule, ok bool) {
	var paths map[string]*string
	if json.Unmarshal(body, &paths) != nil {
		return nil, false
	}
	for target, path := range paths {
		if path == nil {
			return nil, false
		}
		rules = append(rules, FieldRule{Source: strings.TrimPrefix(*path, "$."), Target: target})
	}
	slices.SortFunc(rules, func(a, b FieldRule) int { return cmp.Compare(a.Target, b.Target) })
	return rules, len(rules) > 0
}
