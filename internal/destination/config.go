package destination

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
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
	text, ok := schemas.Known(v.text(j.name))
	if !ok {
		return config{}, nil
	}
	keys, err := jsonvalue.ParseObject(text)
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

	// Unowned holds the keys that no argument owns. They are sent back as they are. Nil: there may be some that are not known.
	Unowned config `json:"unowned"`

	// Withheld names keys that no argument owns either, but whose values are not kept because they may be credentials.
	Withheld []string `json:"withheld,omitempty"`
}

// withoutSecrets is what was remembered before the secrets in it were known: their keys are withheld from now on.
func (r remembered) withoutSecrets() remembered {
	if !redact.Process.Holds(r.Unowned) {
		return r
	}
	kept := config{}
	for key, value := range r.Unowned {
		if redact.Process.Holds(config{key: value}) {
			r.Withheld = append(slices.Clone(r.Withheld), key)
		} else {
			kept[key] = value
		}
	}
	r.Unowned = kept
	return r
}

// observe reads what the API shows now into the arguments of a block that held before, nil if there was none.
//
// An argument keeps its value as long as the API shows what it showed then. An argument that was left out also stays so while
// the API shows its documented default. Anything else is drift and replaces the value.
func (c connector) observe(before values, was remembered, shown config) (values, remembered, error) {
	held, err := c.config(before)
	if err != nil {
		return nil, remembered{}, err
	}
	shown = c.withoutForeignCredentials(shown, held)
	now, is := values{}, remembered{Shown: config{}, Unowned: config{}}
	for _, a := range c.arguments {
		value, err := a.observe(before[a.name], was.Shown, shown[a.name])
		if err != nil {
			return nil, remembered{}, err
		}
		now[a.name] = value
		if !jsonvalue.SameForm(shown[a.name], toWire(value)) {
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
		own, there := jsonvalue.Key(shown, key)
		if !there {
			own = key
		}
		if own != key || !jsonvalue.SameForm(shown[own], wire) {
			is.Shown[own] = shown[own]
		}
		delete(is.Unowned, own)
	}
	for _, key := range slices.Sorted(maps.Keys(is.Unowned)) {
		if holdsCredential(key, is.Unowned[key]) {
			is.Withheld = append(is.Withheld, key)
			delete(is.Unowned, key)
		}
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
	case before != nil && jsonvalue.Equal(shown, last):
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
	return wire == nil || a.byDefault != nil && jsonvalue.Equal(wire, a.byDefault)
}

// observe decides what the argument holds, given the keys that no other argument owns, and tells which keys those are.
func (j jsonArgument) observe(before values, was, unowned config) (types.String, config, error) {
	if before == nil {
		adopted := maps.Clone(unowned)
		maps.DeleteFunc(adopted, holdsCredential)
		if !j.adoptsAll || len(adopted) == 0 {
			return types.StringNull(), nil, nil
		}
		adopted, _ = jsonvalue.Canonical(redact.PrintableValue(adopted)).(config)
		return j.text(adopted), adopted, nil
	}
	held, err := j.keys(before)
	if err != nil {
		return types.StringNull(), nil, err
	}
	now, changed := config{}, false
	for key, wire := range held {
		last := wire
		if own, differed := jsonvalue.Key(was, key); differed {
			last = was[own]
		}
		own, there := jsonvalue.Key(unowned, key)
		if !there {
			own = key
		}
		switch shown := unowned[own]; {
		case jsonvalue.Equal(shown, last):
			now[key] = wire
		case there:
			now[own], changed = redact.PrintableValue(shown), true
		default:
			changed = true
		}
	}
	if !changed {
		return before.text(j.name), held, nil
	}
	now, _ = jsonvalue.Canonical(now).(config)
	return j.text(now), now, nil
}

// text is the argument's value for these keys.
func (j jsonArgument) text(keys config) types.String {
	encoded, _ := json.Marshal(keys) // decoded JSON can always be encoded
	return types.StringValue(string(encoded))
}

// match compares a config that was sent with one that the API shows, of which nobody knows whether it is the same destination's.
func (c connector) match(sent, shown config) talonic.Match {
	if shown == nil {
		return talonic.Unsure
	}
	sent, shown = c.canonical(sent), c.canonical(shown)
	for _, a := range c.arguments {
		wire, wasSent := sent[a.name]
		switch stored := shown[a.name]; {
		case a.isDefault(wire) && a.isDefault(stored):
			delete(sent, a.name)
			delete(shown, a.name)
		case !wasSent && stored != nil:
			return talonic.Different
		}
	}
	return talonic.MatchJSON(sent, shown)
}

// unownedOf is a record's keys that no argument owns. A record that was tampered with may have others.
func (c connector) unownedOf(recorded config) config {
	unowned := maps.Clone(recorded)
	maps.DeleteFunc(unowned, func(key string, _ any) bool {
		_, owned := c.argument(key)
		return owned
	})
	return unowned
}
