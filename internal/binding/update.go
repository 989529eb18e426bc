package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Update sends the differences, if any, and verifies that the API stored them.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	if r.client == nil {
		resp.Diagnostics.Append(apidiag.NotYet(apidiag.Updating, noun))
		return
	}
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	plan, diags := readModel(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	prior, _, diags := privatestate.Recall[bodyRecord](ctx, req.Private, plan.subject().Called(), shownKey)
	resp.Diagnostics.Append(diags...)
	desired, err := newDesiredState(config, plan, state, prior)
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Updating, plan, err))
		return
	}
	change, needed := desired.updateRequest(state)
	if !needed {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan.keepServerSide(state).object())...)
		resp.Diagnostics.Append(identity.Set(ctx, resp.Identity, state.text("id"))...)
		return
	}
	desired.sentActive = change.IsActive
	id := state.text("id").ValueString()
	if desired.active == nil && change.IsActive != nil { // the update repeats is_active, which may have changed since the plan was made
		var shown *talonic.Binding
		switch shown, err = r.client.RefreshBinding(ctx, id); {
		case err != nil:
			err = apidiag.BeforeUpdate{Err: err}
		case shown.IsActive != *change.IsActive:
			resp.Diagnostics.AddAttributeError(path.Root("is_active"), "Cannot update delivery binding", state.subject().About(
				"is_active has changed since the plan, and the update would revert the change. Nothing was changed.\n\nPlan and apply again. To let "+
					"Terraform manage whether the binding is active, set is_active."))
			return
		}
	}
	var updated *talonic.Binding
	if err == nil {
		updated, err = r.client.UpdateBinding(ctx, id, change)
	}
	if talonic.IsNotFound(err) {
		owner, _ := identity.RecallOwner(ctx, req.Private, state.subject().Called())
		if problem := r.organization.Disowns(ctx, apidiag.Updating, state.subject(), owner); problem != nil {
			resp.Diagnostics.Append(problem)
			return
		}
	}
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Updating, plan, err))
		return
	}
	resp.Diagnostics.Append(r.settle(ctx, write{
		desired: desired, plan: plan, before: state, response: updated,
		state: &resp.State, identity: resp.Identity, private: resp.Private,
	})...)
}
