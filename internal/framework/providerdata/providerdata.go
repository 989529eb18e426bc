// Package providerdata is what the provider hands to its resources.
package providerdata

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Data is what the provider made of its configuration.
type Data struct {
	Client *talonic.Client

	// Organization is that of the API key.
	Organization *identity.Organization

	// Compatibility judges bindings at plan time; nil: validate_with_catalog is off.
	Compatibility Compatibility

	// DefaultDeletionPolicy is what a destroy does with destinations that have no policy of their own; empty if nothing was configured.
	DefaultDeletionPolicy string
}

// Compatibility is what all resources tell and ask the checker of bindings. A binding asks for more; see package binding.
type Compatibility interface {
	// Replaces takes note that the plan replaces a destination by one of another type; empty if that is not known.
	Replaces(id, newType string)

	// Creates takes note that the plan creates a destination of a type; empty if that is not known.
	Creates(newType string)

	// ConnectorTypes returns the types of destinations that the API's catalog has, or nothing if it cannot be read.
	ConnectorTypes(ctx context.Context) []string
}

// none is there where nothing judges bindings.
type none struct{}

func (none) Replaces(string, string)                 {}
func (none) Creates(string)                          {}
func (none) ConnectorTypes(context.Context) []string { return nil }

// To returns what the provider handed to a resource; a nil client while the provider's configuration is not known, as it may be at plan
// time. Data of another type is an error of the provider's own.
func To(data any) (Data, diag.Diagnostics) {
	given, diags := as[*Data](data)
	if given == nil {
		given = &Data{}
	}
	resource := *given
	if resource.Compatibility == nil {
		resource.Compatibility = none{}
	}
	return resource, diags
}

// Client returns the client that the provider handed to a data source, an action or a list resource; nil while the provider's
// configuration is not known. Data of another type is an error of the provider's own.
func Client(data any) (*talonic.Client, diag.Diagnostics) { return as[*talonic.Client](data) }

// as is data of a type, which is nil before the provider is configured.
func as[T any](data any) (given T, diags diag.Diagnostics) {
	if data == nil {
		return given, nil
	}
	given, ok := data.(T)
	if !ok {
		diags.AddError("Unexpected provider data",
			fmt.Sprintf("Expected %T, got %T. This is a bug of the provider. Report it to its developers.", given, data))
	}
	return given, diags
}
