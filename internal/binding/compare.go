package binding

import (
	"maps"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// mapForm is a form of field_map; see [talonic.FieldMap].
type mapForm bool

// The flat form has only the rules, in no order. An empty object may be either form, so it is taken for the one that says less.
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

// shows reports whether the form has a place for an argument.
func (f mapForm) shows(a argument) bool {
	return f == whole || a.name() != staticArgument.name() && a.name() != dropArgument.name()
}

// sameRules compares rules in any order, with sources as they are or as JSON paths.
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

// differences compares what the API stored with what it was sent and had before, in the sense of [jsonvalue.Differences].
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

// isFree reports whether a key is in an argument that holds JSON of any kind, or around one.
func isFree(key []string) bool {
	return slices.ContainsFunc(arguments, func(a argument) bool {
		n := min(len(a.key), len(key))
		return a.isJSON && slices.Equal(a.key[:n], key[:n])
	})
}

// contains reports whether an object has everything that another one has. If it does not, it is not what was there before: the
// API has filled in what it uses by default.
func contains(object, part any) bool {
	return len(jsonvalue.Differences(nil, body{"": part}, body{"": object})) == 0
}

// isDefaultAt reports whether the API documents to use a value where the key is absent.
func isDefaultAt(key []string, value any) bool {
	return slices.ContainsFunc(arguments, func(a argument) bool { return slices.Equal(a.key, key) && a.isDefault(value) })
}
