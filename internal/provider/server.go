package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination"
	"github.com/talonicdev/terraform-provider-talonic/internal/provider/fastpath"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewServer returns a constructor of the provider's server: the framework's server behind the fast path.
func NewServer(version string) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		accounts := &talonic.Accounts{ClaimsDir: claimsDir()}
		framework, _ := providerserver.NewProtocol6(newProvider(version, accounts))().(fastpath.FrameworkServer) // cannot fail: the tests use this server
		return fastpath.New(framework, usesFastPath(), planners, accounts.Know)
	}
}

// planners holds the planner of every resource type that has one.
var planners = map[string]fastpath.Planner{
	"talonic_delivery_binding":     binding.PlanUnchanged,
	"talonic_delivery_destination": destination.PlanUnchanged,
}
