package connector

import (
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// FromAPI converts the config that the API returned to the values of a block and its record. before holds the prior values; nil for an import.
//
// An argument keeps its value while the API returns the same value as before, or an equivalent URL. An omitted argument stays null while the
// API returns its documented default. A URL also keeps its value if the API omits or masks it. Any other value is drift and replaces the
// argument's value.
//
// If prior lists the key of a null argument as unmanaged, because an earlier provider version did not have the argument, the key stays
// unmanaged. Neither result contains the value of a write-only argument, or a value that an import finds and that looks like a secret; the
// record holds only a hash of it. shown is the result of [Connector.Comparable].
//
// It returns an [apidiag.Unreadable] if a value does not fit its argument.
func (c Connector) FromAPI(before Values, prior ConfigRecord, shown Config) (Values, ConfigRecord, error) {
	priorConfig, err := c.Config(before)
	if err != nil {
		return nil, ConfigRecord{}, err
	}
	shown = c.WithoutForeignCredentials(shown, priorConfig)
	values, next := Values{}, ConfigRecord{Shown: Config{}, Unmanaged: Config{}}
	maps.Copy(next.Unmanaged, shown)
	for _, a := range c.Arguments {
		if a.writeOnlyFromAPI(before, prior, &next, shown[a.Name]) {
			values[a.Name], _ = a.FromWire(nil) // cannot fail: every argument may be null
			continue
		}
		if before != nil && prior.IsUnmanaged(a.Name) && ToWire(before[a.Name]) == nil {
			values[a.Name], _ = a.FromWire(nil) // cannot fail: every argument may be null
			continue
		}
		value, err := a.fromAPI(before[a.Name], prior.Shown, shown[a.Name])
		if err != nil {
			return nil, ConfigRecord{}, err
		}
		values[a.Name] = value
		if form, differs := shownForm(prior.Shown, a.Name, shown[a.Name], ToWire(value)); differs {
			next.Shown[a.Name] = form
		}
		delete(next.Unmanaged, a.Name)
	}
	value, keys, err := c.OtherKeys.fromAPI(before, prior.Shown, next.Unmanaged)
	if err != nil {
		return nil, ConfigRecord{}, err
	}
	values[c.OtherKeys.Name] = value
	for key, wire := range keys {
		own, there := jsonvalue.Key(shown, key)
		if !there {
			own = key
		}
		if own != key || !jsonvalue.SameForm(shown[own], wire) {
			next.Shown[own] = shown[own]
		}
		delete(next.Unmanaged, own)
	}
	for _, key := range slices.Sorted(maps.Keys(next.Unmanaged)) {
		if holdsCredential(key, next.Unmanaged[key]) {
			next.Redacted = append(next.Redacted, key)
			delete(next.Unmanaged, key)
		}
	}
	return values, next, nil
}

// shownForm returns the form of the API's value to record. differs is false if the form equals the argument's value. An equivalent URL does
// not change the record, because a changed record makes a refresh show changed attributes.
func shownForm(priorShown Config, name string, shown, value any) (form any, differs bool) {
	last, differed := priorShown[name]
	isEquivalent := func(other any) bool { return !jsonvalue.Equal(shown, other) && jsonvalue.SameURL(shown, other) }
	switch {
	case jsonvalue.SameForm(shown, value), !differed && isEquivalent(value):
		return nil, false
	case differed && isEquivalent(last):
		return last, true
	}
	return shown, true
}

// fromAPI returns the value of one argument, given the API's value of its key.
func (a argument) fromAPI(before attr.Value, priorShown Config, shown any) (attr.Value, error) {
	priorValue := ToWire(before)
	last, differed := priorShown[a.Name]
	if !differed {
		last = priorValue
	}
	switch {
	case before != nil && isSame(shown, last):
		return before, nil
	case priorValue != nil && a.isHidden(shown, priorValue):
		return before, nil
	case a.HasWriteOnly() && jsonvalue.IsMasked(shown):
		return a.FromWire(nil) // a mask in state could be sent
	case priorValue == nil && a.IsDefault(shown):
		return a.FromWire(nil)
	case before != nil && shown == nil && a.IsDefault(priorValue):
		return before, nil
	}
	return a.FromWire(shown)
}

// fromAPI returns the argument's value and the keys in it. unmanaged holds the API's keys that have no argument of their own.
func (j jsonArgument) fromAPI(before Values, priorShown, unmanaged Config) (types.String, Config, error) {
	if before == nil {
		adopted := maps.Clone(unmanaged)
		maps.DeleteFunc(adopted, holdsCredential)
		if !j.adoptsAll || len(adopted) == 0 {
			return types.StringNull(), nil, nil
		}
		adopted, _ = jsonvalue.Canonical(redact.PrintableValue(adopted)).(Config)
		return j.text(adopted), adopted, nil
	}
	priorKeys, err := j.keys(before)
	if err != nil {
		return types.StringNull(), nil, err
	}
	keys, changed := Config{}, false
	for key, wire := range priorKeys {
		last := wire
		if own, differed := jsonvalue.Key(priorShown, key); differed {
			last = priorShown[own]
		}
		own, there := jsonvalue.Key(unmanaged, key)
		if !there {
			own = key
		}
		switch shown := unmanaged[own]; {
		case jsonvalue.Equal(shown, last):
			keys[key] = wire
		case there:
			keys[own], changed = redact.PrintableValue(shown), true
		default:
			changed = true
		}
	}
	if !changed {
		return before.Text(j.Name), priorKeys, nil
	}
	keys, _ = jsonvalue.Canonical(keys).(Config)
	return j.text(keys), keys, nil
}
