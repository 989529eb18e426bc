// Package destination is the resource talonic_delivery_destination.
//
// Package connector describes the ways to deliver, and package credentials decides what becomes of the credentials. The rest is one file
// for each step: what to plan (plan.go), what a write is to bring about (desired.go), whether the API did that (verify.go), and what a
// refresh takes over (read.go).
package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/moved"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Resource is talonic_delivery_destination.
type Resource struct {
	// client is nil while the provider's configuration is not known, as it may be at plan time.
	client *talonic.Client

	// organization is that of the API key, and compatibility is told what becomes of destinations. They may be nil, too.
	organization  *identity.Organization
	compatibility providerdata.Compatibility

	// defaultDeletionPolicy is that of the provider block; empty if there is none or it is not known.
	defaultDeletionPolicy string
}

var (
	_ resource.ResourceWithConfigure      = (*Resource)(nil)
	_ resource.ResourceWithIdentity       = (*Resource)(nil)
	_ resource.ResourceWithImportState    = (*Resource)(nil)
	_ resource.ResourceWithMoveState      = (*Resource)(nil)
	_ resource.ResourceWithUpgradeState   = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan     = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// NewResource returns the resource, to be configured.
func NewResource() resource.Resource { return &Resource{} }

// Configure takes what the provider made.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	given, diags := providerdata.To(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	r.client, r.organization, r.compatibility = given.Client, given.Organization, given.Compatibility
	r.defaultDeletionPolicy = given.DefaultDeletionPolicy
}

// ImportState takes over a destination by its identity, its id, or its exact name.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	Kind.Import(ctx, r.client, req, resp)
}

// MoveState takes over a destination from the resource of a generic HTTP provider.
func (r *Resource) MoveState(context.Context) []resource.StateMover { return moved.To(noun) }
