// Package datasources implements the features that every kind of object has in addition to its resource: a data source for one object, a data
// source for many, a list resource, and import. A [Kind] describes the differences between kinds.
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

// Kind describes objects that have an ID and a name. T is the client's type of an object, and V is its model in data sources.
type Kind[T, V any] struct {
	// Noun names an object in diagnostics, such as "destination", and is the suffix of the type names.
	Noun string

	// Get reads one object by ID, and All reads the list. Neither is called without a client.
	Get func(*talonic.Client, context.Context, string) (*T, error)
	All func(*talonic.Client, context.Context) ([]T, error)

	// Named returns the attributes by which users recognize an object.
	Named func(T) identity.Named

	// View converts an object to the model that Attributes describes.
	View       func(T) V
	Attributes map[string]schema.Attribute

	// Filters holds the filter arguments of the list data source and of the list resource.
	Filters Filters[T]

	// Resource converts an object to the state of its resource. It returns an error diagnostic if that is impossible.
	Resource func(T) (types.Object, diag.Diagnostic)

	// Warnings returns warnings about an object that do not prevent its use.
	Warnings func(*T) diag.Diagnostics
}

// Import imports an object by its identity, its ID, or its exact name. client is nil while the provider's configuration is unknown.
func (k Kind[T, V]) Import(ctx context.Context, client *talonic.Client, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	k.lookup(client).Import(ctx, req, resp)
}

// lookup returns an [identity.Lookup] for the kind. client may be nil.
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
