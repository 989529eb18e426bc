package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Delete applies the deletion policy of the destination: by default, it deletes the destination. If the API does not find the
// destination, Delete succeeds, unless the API key belongs to a different organization.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	if r.client == nil {
		resp.Diagnostics.Append(apidiag.NotYet(apidiag.Deleting, noun))
		return
	}
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	id, doing := state.ID.ValueString(), apidiag.Deleting
	if r.client.Adopted(id) {
		resp.Diagnostics.Append(state.subject().Kept())
		return
	}
	policy := r.policyOf(state)
	switch policy {
	case prevents: // reached if no plan could reject the destroy: the destination is tainted, or the provider's configuration was unknown
		resp.Diagnostics.Append(r.prevented(ctx, state, state))
		return
	case abandons:
		return
	}
	planned, _, diags := privatestate.Recall[cascadeRecord](ctx, req.Private, state.called(), cascadeKey)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.warnCascadeAtApply(ctx, state, planned)...)
	var (
		disabled *talonic.Destination
		err      error
	)
	if policy == disables {
		doing = apidiag.Disabling
		inactive := false
		disabled, err = r.client.UpdateDestination(ctx, id, talonic.DestinationChange{IsActive: &inactive})
	} else {
		err = r.client.DeleteDestination(ctx, id)
	}
	switch {
	case talonic.IsNotFound(err):
		owner, diags := identity.RecallOwner(ctx, req.Private, state.called())
		resp.Diagnostics.Append(diags...)
		if problem := r.organization.Disowns(ctx, doing, state.subject(), owner); problem != nil {
			resp.Diagnostics.Append(problem)
		}
	case err != nil:
		resp.Diagnostics.Append(describe(doing, state, err))
	case disabled != nil && disabled.IsActive:
		resp.Diagnostics.AddError("Cannot disable delivery destination",
			state.subject().About("The API accepted is_active = false, but returned the destination as still active. The destination was neither disabled nor "+
				"deleted.\n\nDestroy it again. Alternatively, disable it in the dashboard, and remove it from state with 'terraform state rm <address>'."))
	}
}
