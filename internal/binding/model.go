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

// model holds the attributes and blocks of the resource in a configuration, a plan or a state, by name. Nil means that the resource is absent.
type model map[string]attr.Value

// reader is implemented by configurations, plans and states.
type reader interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}

// readModel returns the resource in a configuration, a plan or a state. It returns nil if the resource is absent, as in the state of a create.
func readModel(ctx context.Context, from reader) (model, diag.Diagnostics) {
	var object types.Object
	diags := from.Get(ctx, &object)
	if diags.HasError() || object.IsNull() {
		return nil, diags
	}
	return object.Attributes(), diags
}

// object returns the model as a framework object. Attributes that m lacks become null, and blocks that m lacks become empty.
func (m model) object() types.Object { return blocks.Complete(objectType, m) }

func (m model) text(name string) types.String { return blocks.Attribute[types.String](m, name) }

func (m model) active() types.Bool { return blocks.Attribute[types.Bool](m, "is_active") }

// wasRead reports whether the provider has read or written the resource. It is false for a resource that was only imported or moved so far.
func (m model) wasRead() bool { return !m.text("name").IsNull() }

// subject returns the binding as the subject of diagnostics.
func (m model) subject() apidiag.Subject {
	return apidiag.Subject{Noun: noun, Name: m.text("name").ValueString(), ID: m.text("id").ValueString(), Hide: m.sensitiveValues().TakenOutOf}
}

// argument returns the value at a path: an attribute, or an attribute of a block that may occur once. It returns nil if the block is absent or
// unknown.
func (m model) argument(at ...string) attr.Value {
	value, ok := m[at[0]]
	if !ok || len(at) == 1 {
		return value
	}
	list, _ := value.(types.List)
	inner, _ := blocks.SingleElement(list)
	return model(inner).argument(at[1:]...)
}

// with returns a copy of m with a new value at a path. The blocks in the path must be present.
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

// listOf returns the list of a block that occurs once.
func listOf(t types.ObjectType, arguments model) types.List {
	return types.ListValueMust(t, []attr.Value{blocks.Complete(t, arguments)})
}

// serverSide lists the attributes that the API sets. The API sets is_active only if the configuration omits it.
var serverSide = []string{"id", "is_active", "last_status", "created_at", "updated_at"}

// keepServerSide returns a copy of m with the attributes that the API sets from state, for an update that sends nothing.
func (m model) keepServerSide(state model) model {
	complete := maps.Clone(m)
	for _, name := range serverSide {
		complete[name] = state[name]
	}
	return complete
}

// differs reports whether m and other have different arguments.
func (m model) differs(other model) bool {
	for name, value := range m {
		isArgument := name == "is_active" || !slices.Contains(serverSide, name)
		if isArgument && !value.Equal(other[name]) {
			return true
		}
	}
	return false
}
