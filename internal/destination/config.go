package destination

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// config is the API's config object, decoded.
type config = map[string]any

// config is what the block's arguments say, without the keys that they do not own.
func (c connector) config(v values) (config, error) {
	written, err := c.otherKeys.keys(v)
	if err != nil {
		return nil, err
	}
	for _, a := range c.arguments {
		if wire := toWire(v[a.name]); wire != nil {
			written[a.name] = wire
		}
	}
	return written, nil
}

// keys are the keys of config that the argument holds.
func (j jsonArgument) keys(v values) (config, error) {
	text, ok := known(v.text(j.name))
	if !ok {
		return config{}, nil
	}
	keys, err := parseObject(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", j.name, err)
	}
	return keys, nil
}

// remembered is what has to be known of a destination's config beyond the arguments in state. It lives in private state.
type remembered struct {
	// Shown holds the keys for which the API shows something else than the state does, without that being a change: a
	// default that it filled in, another spelling, a masked value. Only when the API shows something new is it drift.
	Shown config `json:"shown,omitempty"`

	// Unowned holds the keys that no argument owns. They are sent back as they are.
	Unowned config `json:"unowned,omitempty"`
}

// observe reads what the API shows now into the arguments of a block that held before, nil if there was none.
//
// An argument keeps its value as long as the API shows what it showed then. An argument that was left out also stays so while
// the API shows its documented default. Anything else is drift and replaces the value.
func (c connector) observe(before values, was remembered, shown config) (values, remembered, error) {
	now, is := values{}, remembered{Shown: config{}, Unowned: config{}}
	for _, a := range c.arguments {
		value, err := a.observe(before[a.name], was.Shown, shown[a.name])
		if err != nil {
			return nil, remembered{}, err
		}
		now[a.name] = value
		if !equalJSON(shown[a.name], toWire(value)) {
			is.Shown[a.name] = shown[a.name]
		}
	}
	maps.Copy(is.Unowned, shown)
	for _, a := range c.arguments {
		delete(is.Unowned, a.name)
	}
	value, held, err := c.otherKeys.observe(before, was.Shown, is.Unowned)
	if err != nil {
		return nil, remembered{}, err
	}
	now[c.otherKeys.name] = value
	for key, wire := range held {
		if !equalJSON(shown[key], wire) {
			is.Shown[key] = shown[key]
		}
		delete(is.Unowned, key)
	}
	return now, is, nil
}

// observe decides what one argument holds after the API has shown its key.
func (a argument) observe(before attr.Value, was config, shown any) (attr.Value, error) {
	held := toWire(before)
	last, differed := was[a.name]
	if !differed {
		last = held
	}
	switch {
	case before != nil && equalJSON(shown, last):
		return before, nil
	case held == nil && a.isDefault(shown):
		return a.fromWire(nil)
	case before != nil && shown == nil && a.isDefault(held):
		return before, nil
	}
	return a.fromWire(shown)
}

// isDefault reports whether a value means the same as leaving the key out.
func (a argument) isDefault(wire any) bool {
	return wire == nil || a.byDefault != nil && equalJSON(wire, a.byDefault)
}

// observe decides what the argument holds, given the keys that no other argument owns, and tells which keys those are.
func (j jsonArgument) observe(before values, was, unowned config) (types.String, config, error) {
	if before == nil {
		if !j.adoptsAll || len(unowned) == 0 {
			return types.StringNull(), nil, nil
		}
		return j.text(unowned), unowned, nil
	}
	held, err := j.keys(before)
	if err != nil {
		return types.StringNull(), nil, err
	}
	now, changed := config{}, false
	for key, wire := range held {
		last, differed := was[key]
		if !differed {
			last = wire
		}
		switch shown, there := unowned[key]; {
		case equalJSON(shown, last):
			now[key] = wire
		case there:
			now[key], changed = shown, true
		default:
			changed = true
		}
	}
	if !changed {
		return before.text(j.name), held, nil
	}
	return j.text(now), now, nil
}

// text is the argument's value for these keys.
func (j jsonArgument) text(keys config) types.String {
	encoded, _ := json.Marshal(keys) // decoded JSON can always be encoded
	return types.StringValue(string(encoded))
}

// discrepancy is a key that the API did not store as it was told to.
type discrepancy struct {
	path   []string // from config on
	sent   any      // nil: the key was to go
	stored any      // nil: the API shows none
}

func (d discrepancy) String() string {
	key := "config." + strings.Join(d.path, ".")
	switch {
	case d.sent == nil:
		return fmt.Sprintf("%s was removed, but the API still has %s", key, quote(d.stored))
	case d.stored == nil:
		return fmt.Sprintf("%s was sent as %s, but the API did not store it", key, quote(d.sent))
	}
	return fmt.Sprintf("%s was sent as %s, but the API stored %s", key, quote(d.sent), quote(d.stored))
}

func quote(wire any) string {
	encoded, _ := json.Marshal(wire) // decoded JSON can always be encoded
	return string(encoded)
}

// discrepancies compares what the API stored with what it was sent, and with what it had before: a key that is not sent any
// more must be gone. Keys that the API adds by itself are its own affair.
func (c connector) discrepancies(before, sent, stored config) []discrepancy {
	return compare(nil, c.canonical(before), c.canonical(sent), c.canonical(stored))
}

// canonical brings every key to one spelling, and leaves out those that say what is the default anyhow.
func (c connector) canonical(original config) config {
	canonical := maps.Clone(original)
	for _, a := range c.arguments {
		if wire, ok := canonical[a.name]; ok && a.canonical != nil {
			canonical[a.name] = a.canonical(wire)
		}
		if a.isDefault(canonical[a.name]) {
			delete(canonical, a.name)
		}
	}
	return canonical
}

func compare(path []string, before, sent, stored map[string]any) []discrepancy {
	var found []discrepancy
	at := func(key string) []string { return append(slices.Clone(path), key) }
	for _, key := range slices.Sorted(maps.Keys(sent)) {
		inner, isObject := sent[key].(map[string]any)
		innerStored, storedObject := stored[key].(map[string]any)
		innerBefore, _ := before[key].(map[string]any)
		switch {
		case isObject && storedObject:
			found = append(found, compare(at(key), innerBefore, inner, innerStored)...)
		case isObject && len(inner) == 0 && stored[key] == nil, isMasked(stored[key]), equalJSON(sent[key], stored[key]):
		default:
			found = append(found, discrepancy{at(key), sent[key], stored[key]})
		}
	}
	for _, key := range slices.Sorted(maps.Keys(before)) {
		_, stays := sent[key]
		if !stays && stored[key] != nil && equalJSON(before[key], stored[key]) {
			found = append(found, discrepancy{at(key), nil, stored[key]})
		}
	}
	return found
}

// isMasked recognises what APIs show in place of a value that looks secret to them. Such a value cannot be compared.
func isMasked(wire any) bool {
	text, ok := wire.(string)
	if !ok || text == "" {
		return false
	}
	bare := strings.ToLower(strings.Trim(text, "*•<>[]() "))
	return bare == "" || bare == "redacted" || bare == "masked" || bare == "hidden"
}
