package emulator

import (
	"maps"
	"strings"
)

// bodyKeys are the keys of a create or an update, beside the signing secret.
func bodyKeys(b Behaviour, creating bool) []string {
	keys := []string{"name", "config", "auth_config", "payload_cap_bytes", "is_active"}
	if creating {
		keys = append(keys, "type") // The type cannot change (section 2.5).
	}
	if b.SigningSecret.atTopLevel() {
		keys = append(keys, signingSecret)
	}
	return keys
}

// created is the destination that a create asks for, still without an identity (section 2.2).
func created(b Behaviour, sent fields) (destination, problems) {
	var found problems
	if b.RefuseUnknownKeys {
		found.unknown("", sent, bodyKeys(b, true)...)
	}
	c, ok := connectorNamed(sent["type"])
	if !ok {
		found.wrong("type", "one of "+connectorNames())
		return destination{}, found
	}

	// What is absent but needed is found by the same checks as what is wrong.
	complete := fields{"name": nil, "config": fields{}, "auth_config": nil}
	maps.Copy(complete, sent)
	b.IgnoreNull = false // Nothing is stored yet that could be kept.

	d, more := written(b, c, destination{}, complete)
	found = append(found, more...)
	d.Type = c.name
	d.IsActive = true
	if active, ok := sent["is_active"].(bool); ok && b.AcceptActiveOnCreate {
		d.IsActive = active
	}
	return d, found
}

// updated is the destination old after an update: partial, whatever is not sent stays (section 2.5).
func updated(b Behaviour, old destination, sent fields) (destination, problems) {
	var found problems
	if b.RefuseUnknownKeys {
		found.unknown("", sent, bodyKeys(b, false)...)
	}
	d, more := written(b, old.connector(), old, sent)
	found = append(found, more...)

	// A successful update re-enables a destination that the server disabled; a deliberate pause is U-6.
	active, asked := sent["is_active"].(bool)
	switch {
	case asked:
		d.IsActive, d.AutoDisabled = active, false
	case old.AutoDisabled || !b.KeepPausedOnUpdate:
		d.IsActive, d.AutoDisabled = true, false
	}
	return d, found
}

// nameToStore is what becomes of a name that was sent (U-14).
func nameToStore(b Behaviour, name string) string {
	if b.TrimNames {
		name = strings.TrimSpace(name)
	}
	if b.LowerCaseNames {
		name = strings.ToLower(name)
	}
	return name
}

// written is d after those fields of a body that mean the same in a create and in an update.
func written(b Behaviour, c connector, d destination, sent fields) (destination, problems) {
	var found problems
	found.check("", sent, []field{
		{name: "name", kind: text},
		{name: "payload_cap_bytes", kind: positiveOrNull},
		{name: "is_active", kind: flag},
	})

	if name, ok := sent["name"].(string); ok {
		d.Name = nameToStore(b, name)
	}
	if size, ok := sent["payload_cap_bytes"]; ok && (size != nil || !b.IgnoreNull) {
		n, _ := size.(float64) // null clears
		d.PayloadCapBytes = int64(n)
	}
	if config, ok := sent["config"]; ok {
		next, more := configToStore(b, c, d.Config, config)
		d.Config, found = next, append(found, more...)
	}
	next, more := withCredentials(b, c, d, sent)
	return next, append(found, more...)
}
