package emulator

import (
	"maps"
	"strings"
)

// bodyKeys returns the accepted top-level keys of a create or an update.
func bodyKeys(b Behavior, creating bool) []string {
	keys := []string{"name", "config", "auth_config", "payload_cap_bytes", "is_active"}
	if creating {
		keys = append(keys, "type") // an update cannot change the type
	}
	if b.SigningSecret.atTopLevel() {
		keys = append(keys, signingSecret)
	}
	return keys
}

// created returns the destination that a create describes, without ID and times.
//
// API docs: Create Destination.
func created(b Behavior, sent fields) (destination, problems) {
	var found problems
	if b.RefuseUnknownKeys {
		found.unknown("", sent, bodyKeys(b, true)...)
	}
	c, ok := connectorNamed(sent["type"])
	if !ok {
		found.wrong("type", "one of "+connectorNames())
		return destination{}, found
	}

	// Add absent keys, so that the checks of their values also report missing keys.
	complete := fields{"name": nil, "config": fields{}, "auth_config": nil}
	maps.Copy(complete, sent)
	b.IgnoreNull = false // a create has no stored values to keep

	d, more := written(b, c, destination{}, complete)
	found = append(found, more...)
	d.Type = c.name
	d.IsActive = true
	if active, ok := sent["is_active"].(bool); ok && b.AcceptActiveOnCreate {
		d.IsActive = active
	}
	if b.GenerateSigningSecret && c.signs && !d.HasSigningSecret {
		d = withSigningSecret(d, "generated")
	}
	return d, found
}

// updated returns the destination after an update of old. An update is partial: omitted fields stay unchanged.
//
// API docs: Get / Update / Delete / Test.
func updated(b Behavior, old destination, sent fields) (destination, problems) {
	var found problems
	if b.RefuseUnknownKeys {
		found.unknown("", sent, bodyKeys(b, false)...)
	}
	d, more := written(b, old.connector(), old, sent)
	found = append(found, more...)

	// A successful update re-enables a destination that the server disabled. The API docs do not state whether it also re-enables
	// a destination that a user disabled.
	active, asked := sent["is_active"].(bool)
	switch {
	case asked:
		d.IsActive, d.AutoDisabled = active, false
	case old.AutoDisabled || !b.KeepPausedOnUpdate:
		d.IsActive, d.AutoDisabled = true, false
	}
	return d, found
}

// nameToStore returns a name in the form in which the behavior stores it.
func nameToStore(b Behavior, name string) string {
	if b.TrimNames {
		name = strings.TrimSpace(name)
	}
	if b.LowerCaseNames {
		name = strings.ToLower(name)
	}
	return name
}

// written returns d with those fields of a body that have the same meaning in a create and in an update.
func written(b Behavior, c connector, d destination, sent fields) (destination, problems) {
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
