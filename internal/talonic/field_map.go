package talonic

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
)

// FieldMap changes the fields of a payload before it is serialised: Drop first, then Rules, then Static, which wins.
//
// The API's documents show two forms. The SDK's, {"rules": [...], "static": {...}, "drop": [...]}, is the one that is written;
// the flat one of the API pages, {"target": "$.source"}, is read as well.
type FieldMap struct {
	Rules []FieldRule `json:"rules,omitzero"`

	// Static sets fields to values. Numbers are [json.Number].
	Static map[string]any `json:"static,omitzero"`
	Drop   []string       `json:"drop,omitzero"`

	// Flat says that the API showed the flat form. That has no place for Static and Drop, so nothing is known of them.
	Flat bool `json:"-"`
}

// FieldRule renames a field.
type FieldRule struct {
	Source string `json:"source"`
	Target string `json:"target"`
}

// UnmarshalJSON reads both forms. The values tell them apart: those of the flat form are strings, and no key of the SDK's form
// has one.
func (m *FieldMap) UnmarshalJSON(body []byte) error {
	*m = FieldMap{}
	if rules, ok := flatRules(body); ok {
		m.Rules, m.Flat = rules, true
		return nil
	}
	type plain FieldMap
	return newDecoder(body).Decode((*plain)(m))
}

// flatRules are the rules of the flat form, in the order of their targets: it has none of its own. ok is false for another form.
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
