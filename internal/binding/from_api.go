package binding

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// fromAPI updates the model from the API's response, and returns the new record. It returns an [apidiag.Unreadable] if a value does not fit
// its argument.
//
// An argument keeps its value while the API returns the same value as before. An omitted argument always stays null, because the API may fill
// in a value. Any other value is drift and replaces the argument's value. An import takes every value that is not a documented default.
func (m model) fromAPI(prior bodyRecord, b *talonic.Binding) (model, bodyRecord, error) {
	imports := !m.wasRead()
	refreshed := maps.Clone(m)
	refreshed.takeServerSide(b)
	next := bodyRecord{Shown: map[string]any{}, Imported: prior.Imported || imports}
	shown, form := shownBody(b), formOf(b.FieldMap)
	values := map[string]attr.Value{}
	for _, a := range arguments {
		priorValue := m.argument(a.at...)
		wire, err := a.toWire(priorValue)
		if err != nil {
			return nil, bodyRecord{}, err
		}
		values[a.name()] = priorValue
		next.keep(a, prior)
		seen := lookUp(shown, a.key)
		if !form.shows(a) || a.isHeld(wire, seen, prior, form) || wire == nil && (!imports || a.isDefault(seen)) {
			next.note(a, wire, seen, form)
			continue
		}
		if values[a.name()], err = a.fromWire(typeAt(objectType, a.at), seen); err != nil {
			return nil, bodyRecord{}, err
		}
		delete(next.Shown, a.name())
		if wire, err := a.toWire(values[a.name()]); err == nil && !jsonvalue.Equal(wire, seen) && jsonvalue.Equal(jsonvalue.FromPrintable(wire, wire, seen), seen) {
			next.Shown[a.name()] = seen // state holds the printable form
		}
	}
	for name, t := range objectType.AttrTypes {
		if block, ok := t.(types.ListType); ok {
			refreshed[name] = m.rebuilt(block, values, name)
		}
	}
	for _, name := range []string{serializerConfigKey, resolverConfigKey} {
		refreshed[name] = orNothing(values[name], objectType.AttrTypes[name])
	}
	return refreshed, next, nil
}

// keep copies the prior record of an argument.
func (r bodyRecord) keep(a argument, prior bodyRecord) {
	if last, ok := prior.Shown[a.name()]; ok {
		r.Shown[a.name()] = last
	}
}

// note records the API's value of an argument that keeps its own value. If the two are equal, note removes the argument from the record.
func (r bodyRecord) note(a argument, wire, seen any, form mapForm) {
	switch {
	case !form.shows(a):
	case wire == nil, same(wire, seen) && jsonvalue.SameForm(wire, seen) || isEmpty(wire) && isEmpty(seen), form == flat && a.name() == rulesArgument.name() && sameRules(wire, seen):
		delete(r.Shown, a.name())
	default:
		r.Shown[a.name()] = seen
	}
}

// isHeld reports whether the API returned the same value of an argument as before.
func (a argument) isHeld(wire, seen any, prior bodyRecord, form mapForm) bool {
	if last, differed := prior.Shown[a.name()]; differed && same(seen, last) {
		return true
	}
	if form == flat && a.name() == rulesArgument.name() {
		return sameRules(wire, seen)
	}
	return same(wire, seen)
}

// takeServerSide sets the attributes that every response contains.
func (m model) takeServerSide(b *talonic.Binding) {
	m["id"] = types.StringValue(b.ID)
	for name, shown := range map[string]string{
		"name": b.Name, "deliverable_type": b.DeliverableType, "destination_id": b.DestinationID, "serializer_format": b.SerializerFormat,
	} {
		if prior, _ := m[name].(types.String); prior.IsNull() || !text.Equal(prior.ValueString(), shown) && !text.SameID(prior.ValueString(), shown) {
			m[name] = types.StringValue(redact.Printable(shown))
		}
	}
	m["is_active"] = types.BoolValue(b.IsActive)
	a := formed(b)
	m["last_status"], m["created_at"], m["updated_at"] = a.lastStatus, a.createdAt, a.updatedAt
}

// rebuilt returns a block with these values, which are keyed by argument name. A block without values is present only if it was present before
// and none of its values changed.
func (m model) rebuilt(t types.ListType, values map[string]attr.Value, at ...string) attr.Value {
	element := blocks.ElementType(t)
	inner, changed, hasSome := model{}, false, false
	for name, t := range element.AttrTypes {
		place := append(slices.Clone(at), name)
		value, isArgument := values[strings.Join(place, ".")]
		if nested, ok := t.(types.ListType); ok && !isArgument {
			value = m.rebuilt(nested, values, place...)
		}
		inner[name] = orNothing(value, t)
		some := !isNothing(inner[name])
		hasSome = hasSome || some
		changed = changed || some == isNothing(m.argument(place...)) || some && !inner[name].Equal(m.argument(place...))
	}
	before, _ := m.argument(at...).(types.List)
	if hasSome || len(before.Elements()) == 1 && !changed {
		return listOf(element, inner)
	}
	return nothing(t)
}

// isNothing reports whether an argument or a block is absent. The framework represents an absent block as null or as an empty list.
func isNothing(value attr.Value) bool {
	list, isList := value.(types.List)
	_, isBlock := list.ElementType(context.Background()).(types.ObjectType)
	return value == nil || value.IsNull() || isList && isBlock && len(list.Elements()) == 0
}

func orNothing(value attr.Value, t attr.Type) attr.Value {
	if value == nil {
		return nothing(t)
	}
	return value
}

// typeAt returns the type at a path in an object.
func typeAt(object types.ObjectType, at []string) attr.Type {
	t := object.AttrTypes[at[0]]
	if len(at) == 1 {
		return t
	}
	return typeAt(blocks.ElementType(t), at[1:])
}
