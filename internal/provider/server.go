package provider

import (
	"os"
	"path/filepath"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination"
	"github.com/talonicdev/terraform-provider-talonic/internal/provider/fastpath"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewServer returns a function that returns a server for the provider: the framework's server behind the fast path.
func NewServer(version string) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		accounts := &talonic.Accounts{ClaimsDir: claimsDir()}
		framework, _ := providerserver.NewProtocol6(newProvider(version, accounts))().(fastpath.FrameworkServer) // cannot fail: the tests use this server
		return fastpath.New(framework, planners, accounts.Know)
	}
}

// claimsDir returns the directory in which processes of the provider share the results of their creates; empty if there is none.
func claimsDir() string {
	if dir, ok := os.LookupEnv("TALONIC_CLAIMS_DIR"); ok {
		return dir
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(cache, "terraform-provider-talonic", "claims")
}

// planners holds the planner of every resource type that has one.
var planners = map[string]fastpath.Planner{
	"talonic_delivery_binding":     binding.PlanUnchanged,
	"talonic_delivery_destination": destination.PlanUnchanged,
}
