package binding

import (
	"maps"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// mapForm is a form of field_map in a response; see [talonic.FieldMap].
type mapForm bool

// Forms of field_map. The flat form contains only the rules, in no particular order. An empty object fits both forms. It counts as flat,
// because the flat form makes fewer statements.
const (
	whole mapForm = false
	flat  mapForm = true
)

func formOf(shown *talonic.FieldMap) mapForm {
	if shown == nil {
		return whole
	}
	return mapForm(shown.Flat || shown.Rules == nil && shown.Static == nil && shown.Drop == nil)
}

// shows reports whether a response in this form can contain the argument.
func (f mapForm) shows(a argument) bool {
	return f == whole || a.name() != staticArgument.name() && a.name() != dropArgument.name()
}

// sameRules reports whether two lists have the same rules in any order. A source equals its JSON path, which has the prefix "$.".
func sameRules(a, b any) bool {
	sorted := func(rules any) []string {
		list, _ := rules.([]any)
		var texts []string
		for _, item := range list {
			rule, _ := item.(map[string]any)
			source, _ := rule["source"].(string)
			target, _ := rule["target"].(string)
			texts = append(texts, text.Canonical(target)+"\x00"+text.Canonical(strings.TrimPrefix(source, "$.")))
		}
		slices.Sort(texts)
		return slices.Compact(texts)
	}
	return slices.Equal(sorted(a), sorted(b))
}

// differences returns the differences between the sent body and the stored body, in the sense of [jsonvalue.Differences]. before is the body
// before the write; nil on create.
func differences(before, sent, stored body, form mapForm) []jsonvalue.Difference {
	if sentMap, ok := sent[fieldMapKey].(body); ok && form == flat {
		stored = maps.Clone(stored)
		shown := maps.Clone(sentMap)
		if rules := lookUp(stored, rulesArgument.key); !sameRules(sentMap["rules"], rules) {
			shown["rules"] = rules
		}
		stored[fieldMapKey] = shown
	}
	found := jsonvalue.Differences(before, sent, stored)
	for i, d := range found {
		found[i].Typed = !isFree(d.Path)
		found[i].Name = len(d.Path) == 1 && slices.Contains(texts, d.Path[0]) || strings.Join(d.Path, ".") == "signal_filter.event_type"
	}
	return slices.DeleteFunc(found, func(d jsonvalue.Difference) bool {
		if d.Sent != nil {
			return false
		}
		_, stays := sent[d.Path[0]]
		return isDefaultAt(d.Path, d.Stored) || !stays && !contains(stored[d.Path[0]], before[d.Path[0]])
	})
}

// isFree reports whether key belongs to an argument that holds free JSON, or whether key contains such an argument.
func isFree(key []string) bool {
	return slices.ContainsFunc(arguments, func(a argument) bool {
		n := min(len(a.key), len(key))
		return a.isJSON && slices.Equal(a.key[:n], key[:n])
	})
}

// contains reports whether object has everything that part has. If it does not, the API has replaced the object and filled in defaults.
func contains(object, part any) bool {
	return len(jsonvalue.Differences(nil, body{"": part}, body{"": object})) == 0
}
