package binding

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// model is the resource in a configuration, a plan or a state: its attributes and blocks by name. Nil is none at all.
type model map[string]attr.Value

// reader is what configurations, plans and states have in common.
type reader interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}

// readModel reads a configuration, a plan or a state. It is nil when there is none, as in the state of a create.
func readModel(ctx context.Context, from reader) (model, diag.Diagnostics) {
	var object types.Object
	diags := from.Get(ctx, &object)
	if diags.HasError() || object.IsNull() {
		return nil, diags
	}
	return object.Attributes(), diags
}

// object is the model as the framework takes it. What it does not have is null, or an empty block.
func (m model) object() types.Object { return blocks.Complete(objectType, m) }

func (m model) text(name string) types.String { return blocks.Attribute[types.String](m, name) }

func (m model) active() types.Bool { return blocks.Attribute[types.Bool](m, "is_active") }

// wasRead tells what was read or written before from what is about to be imported or has been moved.
func (m model) wasRead() bool { return !m.text("name").IsNull() }

// subject is the binding as texts speak of it.
func (m model) subject() apidiag.Subject {
	return apidiag.Subject{Noun: noun, Name: m.text("name").ValueString(), ID: m.text("id").ValueString(), Hide: m.sensitiveValues().TakenOutOf}
}

// argument is what is at a place: an attribute, or an attribute of a block that may be there once. It is nil where its block is
// not there, and where that is not known yet.
func (m model) argument(at ...string) attr.Value {
	value, ok := m[at[0]]
	if !ok || len(at) == 1 {
		return value
	}
	list, _ := value.(types.List)
	inner, _ := blocks.SingleElement(list)
	return model(inner).argument(at[1:]...)
}

// with is m with another value at a place, whose blocks are there.
func (m model) with(value attr.Value, at ...string) model {
	changed := maps.Clone(m)
	if len(at) == 1 {
		changed[at[0]] = value
		return changed
	}
	list, _ := m[at[0]].(types.List)
	inner, _ := blocks.SingleElement(list)
	elementType, _ := list.ElementType(context.Background()).(types.ObjectType)
	changed[at[0]] = listOf(elementType, model(inner).with(value, at[1:]...))
	return changed
}

// listOf is the list of a block that is there once.
func listOf(t types.ObjectType, arguments model) types.List {
	return types.ListValueMust(t, []attr.Value{blocks.Complete(t, arguments)})
}

// serverSide are the attributes that the API sets, is_active where the user does not.
var serverSide = []string{"id", "is_active", "last_status", "created_at", "updated_at"}

// withServerSideOf is m with everything that the API sets from an earlier state, after an update that had nothing to write.
func (m model) withServerSideOf(state model) model {
	complete := maps.Clone(m)
	for _, name := range serverSide {
		complete[name] = state[name]
	}
	return complete
}

// differs reports whether the two have different arguments.
func (m model) differs(other model) bool {
	for name, value := range m {
		isArgument := name == "is_active" || !slices.Contains(serverSide, name)
		if isArgument && !value.Equal(other[name]) {
			return true
		}
	}
	return false
}
