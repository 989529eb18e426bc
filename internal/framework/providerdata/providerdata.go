// Package providerdata is what the provider hands to its resources.
package providerdata

import (
	"github.com/talonicdev/terraform-provider-talonic/internal/binding/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Data is what the provider made of its configuration.
type Data struct {
	Client *talonic.Client

	// Organization is that of the API key.
	Organization *identity.Organization

	// Compatibility judges bindings at plan time; nil: validate_with_catalog is off.
	Compatibility *compatibility.Checker
}

// To is what the provider handed to a resource; nothing while the provider's configuration is not known, as it may be at plan
// time.
func To(data any) Data {
	given, _ := data.(*Data)
	if given == nil {
		return Data{}
	}
	return *given
}
