// Package binding implements the resource talonic_delivery_binding, and its data sources and list resource.
//
// A table in arguments.go lists the arguments and their keys in the API. The other files implement one step each: plan.go plans, desired.go
// derives the state that a write is to establish, verify.go checks the result, and from_api.go converts what a refresh reads.
package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/moved"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/stateupgrade"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// noun names the kind of object in diagnostics.
const noun = "binding"

// Resource implements talonic_delivery_binding.
type Resource struct {
	// client is nil while the provider's configuration is unknown, which can happen at plan time.
	client *talonic.Client

	// organization is the organization of the API key; nil if client is nil.
	organization *identity.Organization

	// compatibility is nil if client is nil or if validate_with_catalog is false.
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

// NewResource returns the resource, not yet configured.
func NewResource() resource.Resource { return &Resource{} }

// Configure stores the data that the provider passes to resources.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	given, diags := providerdata.To(req.ProviderData)
	resp.Diagnostics.Append(diags...)
	r.client, r.organization = given.Client, given.Organization
	r.compatibility, _ = given.Compatibility.(*compatibility.Checker)
}

// ImportState imports a binding by its identity, its ID, or its exact name.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	Kind.Import(ctx, r.client, req, resp)
}

// MoveState supports moving a binding from a resource of a generic HTTP provider.
func (r *Resource) MoveState(context.Context) []resource.StateMover { return moved.To(noun) }

// stateUpgrades upgrades states of earlier schema versions. It is empty, because there has been only one version.
var stateUpgrades stateupgrade.Steps

// UpgradeState returns the upgraders for states of earlier schema versions.
func (r *Resource) UpgradeState(context.Context) map[int64]resource.StateUpgrader {
	return stateUpgrades.Upgraders(newSchema())
}
