// Package datasources implements what every kind of object offers beside its resource: the data source of one object, the data source of
// many, the list resource, and import. A [Kind] describes what differs between kinds.
package datasources

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

// Kind describes objects that have an ID and a name. T is an object as the client reads it, V one as data sources show it.
type Kind[T, V any] struct {
	// Noun names an object in diagnostics, such as "destination", and is the suffix of the type names.
	Noun string

	// Get reads one object by ID, and All reads the list. Neither is called without a client.
	Get func(*talonic.Client, context.Context, string) (*T, error)
	All func(*talonic.Client, context.Context) ([]T, error)

	// Named returns what users recognize an object by.
	Named func(T) identity.Named

	// View returns an object in the form that Attributes describe.
	View       func(T) V
	Attributes map[string]schema.Attribute

	// Filters holds the filter arguments of the list data source and of the list resource.
	Filters Filters[T]

	// Resource returns an object as its resource holds it in state, or errors.
	Resource func(T) (types.Object, diag.Diagnostic)

	// Warnings returns warnings about an object that can be shown nevertheless.
	Warnings func(*T) diag.Diagnostics
}

// Import imports an object by its identity, its ID, or its exact name. client may be nil while the provider's configuration is not known.
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

// sorted returns all objects, sorted by name and then by ID.
func (k Kind[T, V]) sorted(client *talonic.Client, ctx context.Context) ([]T, error) {
	all, err := k.All(client, ctx)
	all = slices.Clone(all) // the list may be shared with other callers
	slices.SortFunc(all, func(a, b T) int {
		first, second := k.Named(a), k.Named(b)
		return cmp.Or(text.Compare(first.Name, second.Name), cmp.Compare(first.ID, second.ID))
	})
	return all, err
}

// typeName returns the type name of a single object.
func (k Kind[T, V]) typeName(provider string) string { return provider + "_delivery_" + k.Noun }

// cannotList returns the title of the error if the list cannot be read.
func (k Kind[T, V]) cannotList() string { return "Cannot list the delivery " + k.Noun + "s" }
