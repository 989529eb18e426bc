// Package objects has what every kind of object offers beside its resource: the data source of one object, the data source of many,
// the list resource, and import. A kind describes what it has of its own.
package objects

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Kind describes the objects that have an id and a name. A T is an object as the client reads it, a V one as data sources show it.
type Kind[T, V any] struct {
	// Noun is what texts call an object, such as "destination". The types of the kind are named after it.
	Noun string

	// Get reads one object, and All reads the list. Neither is called without a client.
	Get func(*talonic.Client, context.Context, string) (*T, error)
	All func(*talonic.Client, context.Context) ([]T, error)

	// Named returns what people tell objects apart by.
	Named func(T) identity.Named

	// View returns an object with the Attributes.
	View       func(T) V
	Attributes map[string]schema.Attribute

	// Filters are the arguments of the data source of many and of the list resource.
	Filters Filters[T]

	// Resource returns an object as its resource has it in state, or an error.
	Resource func(T) (types.Object, diag.Diagnostic)

	// Warnings returns what is wrong with an object although it can be shown.
	Warnings func(*T) diag.Diagnostics
}

// Import takes over an object by its identity, its id, or its exact name. client may be nil.
func (k Kind[T, V]) Import(ctx context.Context, client *talonic.Client, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	k.lookup(client).Import(ctx, req, resp)
}

// lookup returns how objects of the kind are looked up. client may be nil.
func (k Kind[T, V]) lookup(client *talonic.Client) identity.Lookup[T] {
	return identity.Lookup[T]{
		Noun:         k.Noun,
		Unconfigured: client == nil,
		Get:          func(ctx context.Context, id string) (*T, error) { return k.Get(client, ctx, id) },
		All:          func(ctx context.Context) ([]T, error) { return k.All(client, ctx) },
		Named:        k.Named,
	}
}

// sorted returns all objects in the order of their names, and of their ids where names are equal.
func (k Kind[T, V]) sorted(client *talonic.Client, ctx context.Context) ([]T, error) {
	all, err := k.All(client, ctx)
	all = slices.Clone(all) // others may share the list
	slices.SortFunc(all, func(a, b T) int {
		first, second := k.Named(a), k.Named(b)
		return cmp.Or(text.Compare(first.Name, second.Name), cmp.Compare(first.ID, second.ID))
	})
	return all, err
}

// typeName returns the type name of one object.
func (k Kind[T, V]) typeName(provider string) string { return provider + "_delivery_" + k.Noun }

// cannotList returns the title of an error about the list.
func (k Kind[T, V]) cannotList() string { return "Cannot list the delivery " + k.Noun + "s" }
