// Package binding is the resource talonic_delivery_binding, and the data sources of the same name.
//
// The arguments and their keys in the API are a table (arguments.go). The rest is one file for each step: what to plan (plan.go), what a
// write is to bring about (desired.go), whether the API did that (verify.go), and what a refresh takes over (from_api.go).
package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/moved"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Resource is talonic_delivery_binding.
type Resource struct {
	// client is nil while the provider's configuration is not known, as it may be at plan time.
	client *talonic.Client

	// organization is that of the API key; nil then, too.
	organization *identity.Organization

	// compatibility is nil then, too, and where the user has turned it off.
	compatibility *compatibility.Checker
}

var (
	_ resource.ResourceWithConfigure    = (*Resource)(nil)
	_ resource.ResourceWithIdentity     = (*Resource)(nil)
	_ resource.ResourceWithImportState  = (*Resource)(nil)
	_ resource.ResourceWithMoveState    = (*Resource)(nil)
	_ resource.ResourceWithUpgradeState = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan   = (*Resource)(nil)
)

// NewResource returns the resource, to be configured.
func NewResource() resource.Resource { return &Resource{} }

// Configure takes what the provider made.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	given, diags := providerdata.To(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	r.client, r.organization = given.Client, given.Organization
	r.compatibility, _ = given.Compatibility.(*compatibility.Checker)
}

// ImportState takes over a binding by its identity, its id, or its exact name.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	Kind.Import(ctx, r.client, req, resp)
}

// MoveState takes over a binding from the resource of a generic HTTP provider.
func (r *Resource) MoveState(context.Context) []resource.StateMover { return moved.To(noun) }
