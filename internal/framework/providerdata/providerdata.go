// Package providerdata defines the data that the provider passes to its resources, data sources, actions and list resources.
package providerdata

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Data is the data that the provider passes to resources.
type Data struct {
	Client *talonic.Client

	// Organization is the organization of the API key.
	Organization *identity.Organization

	// Compatibility checks bindings at plan time; nil if validate_with_catalog is false.
	Compatibility Compatibility

	// DefaultDeletionPolicy is the deletion policy of destinations that do not set one; empty if it is not configured.
	DefaultDeletionPolicy string
}

// Compatibility is the part of the binding checker that all resources use. Package binding uses the whole checker.
type Compatibility interface {
	// Replaces records that the plan replaces a destination with one of another type; newType is empty if the type is unknown.
	Replaces(id, newType string)

	// Creates records that the plan creates a destination of a type; newType is empty if the type is unknown.
	Creates(newType string)

	// ConnectorTypes returns the destination types in the API's catalog, or nil if the catalog cannot be read.
	ConnectorTypes(ctx context.Context) []string
}

// none is the [Compatibility] for a configuration that disables the checks.
type none struct{}

func (none) Replaces(string, string)                 {}
func (none) Creates(string)                          {}
func (none) ConnectorTypes(context.Context) []string { return nil }

// To returns the data that the provider passed to a resource. The client is nil while the provider's configuration is unknown, which can
// happen at plan time. If data has an unexpected type, To returns an internal error of the provider.
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

// Client returns the client that the provider passed to a data source, an action or a list resource. The client is nil while the provider's
// configuration is unknown. If data has an unexpected type, Client returns an internal error of the provider.
func Client(data any) (*talonic.Client, diag.Diagnostics) { return as[*talonic.Client](data) }

// as returns data as a T. It returns the zero value if data is nil, because data is nil until the provider is configured.
func as[T any](data any) (given T, diags diag.Diagnostics) {
	if data == nil {
		return given, nil
	}
	given, ok := data.(T)
	if !ok {
		diags.AddError("Unexpected provider data",
			fmt.Sprintf("Expected %T, got %T. This is a bug in the provider.\n\nReport it to the provider's maintainers.", given, data))
	}
	return given, diags
}
