package binding

import (
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// shownRecord is where private state has a [bodyRecord].
var shownRecord = privatestate.Key{
	Name:    "shown",
	Without: "Terraform goes on without it: arguments that the API shows in another form than they were sent may show a diff once.",
}

// bodyRecord is what has to be known of a binding beyond the arguments in state.
type bodyRecord struct {
	// Shown holds what the API shows, by argument, where that is something else than the state has, without being a change: keys
	// that it added to an object, or what it shows in a form that has less. Only when the API shows something new is it drift.
	Shown map[string]any `json:"shown,omitempty"`

	// Imported says that nothing was written since the binding was imported, so what the API has may be its own defaults.
	Imported bool `json:"imported,omitempty"`
}

// fromAPI is the binding after the API has shown it.
//
// An argument keeps its value as long as the API shows what it showed then. One that was left out stays so, whatever the API
// shows: it may have filled it in. Anything else is drift and replaces the value. An import takes over everything that is not
// documented to be a default.
func (m model) fromAPI(prior bodyRecord, b *talonic.Binding) (model, bodyRecord, error) {
	imports := !m.wasRead()
	now := maps.Clone(m)
	now.takeServerSide(b)
	next := bodyRecord{Shown: map[string]any{}, Imported: prior.Imported || imports}
	shown, form := shownBody(b), formOf(b.FieldMap)
	values := map[string]attr.Value{}
	for _, a := range arguments {
		held := m.argument(a.at...)
		wire, err := a.toWire(held)
		if err != nil {
			return nil, bodyRecord{}, err
		}
		values[a.name()] = held
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
	}
	for name, t := range objectType.AttrTypes {
		if block, ok := t.(types.ListType); ok {
			now[name] = m.rebuilt(block, values, name)
		}
	}
	for _, name := range []string{serializerConfigKey, resolverConfigKey} {
		now[name] = orNothing(values[name], objectType.AttrTypes[name])
	}
	return now, next, nil
}

// keep goes on remembering what was.
func (r bodyRecord) keep(a argument, prior bodyRecord) {
	if last, ok := prior.Shown[a.name()]; ok {
		r.Shown[a.name()] = last
	}
}

// note remembers what is shown of an argument that keeps its value, if that is something else.
func (r bodyRecord) note(a argument, wire, seen any, form mapForm) {
	switch {
	case !form.shows(a):
	case wire == nil, same(wire, seen) && jsonvalue.SameForm(wire, seen) || isEmpty(wire) && isEmpty(seen), form == flat && a.name() == rulesArgument.name() && sameRules(wire, seen):
		delete(r.Shown, a.name())
	default:
		r.Shown[a.name()] = seen
	}
}

// isHeld reports whether the API shows what it showed of an argument before.
func (a argument) isHeld(wire, seen any, prior bodyRecord, form mapForm) bool {
	if last, differed := prior.Shown[a.name()]; differed && same(seen, last) {
		return true
	}
	if form == flat && a.name() == rulesArgument.name() {
		return sameRules(wire, seen)
	}
	return same(wire, seen)
}

// takeServerSide takes everything from the API's answer that is always there.
func (m model) takeServerSide(b *talonic.Binding) {
	m["id"] = types.StringValue(b.ID)
	for name, shown := range map[string]string{
		"name": b.Name, "deliverable_type": b.DeliverableType, "destination_id": b.DestinationID, "serializer_format": b.SerializerFormat,
	} {
		if held, _ := m[name].(types.String); held.IsNull() || !text.Equal(held.ValueString(), shown) && !text.SameID(held.ValueString(), shown) {
			m[name] = types.StringValue(redact.Printable(shown))
		}
	}
	m["is_active"] = types.BoolValue(b.IsActive)
	a := formed(b)
	m["last_status"], m["created_at"], m["updated_at"] = a.lastStatus, a.createdAt, a.updatedAt
}

// rebuilt is a block that holds these values, by argument. A block in which there is nothing is there only if it was, and
// nothing in it has changed.
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

// isNothing recognises arguments and blocks that are not there. Of the latter, the framework has null as well as empty lists.
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

// typeAt is the type of what is at a place of an object.
func typeAt(object types.ObjectType, at []string) attr.Type {
	t := object.AttrTypes[at[0]]
	if len(at) == 1 {
		return t
	}
	return typeAt(blocks.ElementType(t), at[1:])
}
