package emulator

import "maps"

// writtenBinding returns the binding after a create or an update of old. For a create, old is the zero value. An update is
// partial: omitted fields stay unchanged, and an object in the body replaces the old object.
func (e *Emulator) writtenBinding(old binding, sent fields, creating bool) (binding, problems) {
	var (
		b         = e.behavior
		described = bindingFields
		found     problems
	)
	if !creating {
		described = optional(bindingFields)
	}
	sent = bindingSent(b, sent)
	if b.RefuseUnknownKeys {
		found.undescribed("", sent, described)
	}
	found.check("", sent, described)
	if len(found) > 0 {
		return old, found
	}

	next := old
	for key, stored := range next.texts() {
		if value, ok := sent[key].(string); ok {
			*stored = value
		}
	}
	next.Name = nameToStore(b, next.Name)
	for key, stored := range next.objects() {
		if value, ok := sent[key]; ok {
			*stored, _ = value.(fields) // null clears
		}
	}
	active, asked := sent["is_active"].(bool)
	switch {
	case creating:
		next.IsActive = !asked || active || !b.AcceptActiveOnCreate
	case asked:
		next.IsActive = active
	}
	return next, e.incompatible(next)
}

// bindingSent returns the fields that the behavior does not ignore, with field_map in the SDK's form.
func bindingSent(b Behavior, sent fields) fields {
	sent = maps.Clone(sent)
	if b.FieldMapFlat {
		if fieldMap, ok := sent["field_map"]; ok {
			sent["field_map"] = fromFlat(fieldMap)
		}
	}
	if b.IgnoreNull {
		for _, key := range []string{"serializer_config", "resolver_config", "field_map", "delivery_policy"} {
			if sent[key] == nil {
				delete(sent, key)
			}
		}
	}
	return sent
}
