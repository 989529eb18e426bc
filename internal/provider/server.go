package provider

import (
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination"
	"github.com/talonicdev/terraform-provider-talonic/internal/provider/fastpath"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewServer returns what serves the provider to a CLI: the framework's server behind the fast path.
func NewServer(version string) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		accounts := &talonic.Accounts{}
		framework, _ := providerserver.NewProtocol6(newProvider(version, accounts))().(fastpath.FrameworkServer) // the tests serve with it
		return fastpath.New(framework, planners, accounts.Know)
	}
}

// planners are those of the resources that have one.
var planners = map[string]fastpath.Planner{
	"talonic_delivery_binding":     binding.PlanUnchanged,
	"talonic_delivery_destination": destination.PlanUnchanged,
}
