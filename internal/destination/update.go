package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Update sends what differs, if anything does, and checks that the API has it.
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
	prior, _, diags := privatestate.Recall[connector.ConfigRecord](ctx, req.Private, plan.called(), configRecord)
	resp.Diagnostics.Append(diags...)
	sent, _, diags := privatestate.Recall[credentials.Record](ctx, req.Private, plan.called(), credentialRecord)
	resp.Diagnostics.Append(diags...)
	config.registerSecrets()
	prior = prior.WithoutSecrets()
	desired, err := newDesiredState(config, plan, state, prior, sent)
	if err == nil {
		err = r.fetchUnmanaged(ctx, &desired, state)
	}
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Updating, plan, err))
		return
	}

	change, needed := desired.updateRequest(plan, state)
	desired.sentActive = change.IsActive
	if !needed {
		if desired.credentials.Pinned && sent.Hash != nil {
			sent.Hash, sent.Lost = nil, false
			resp.Diagnostics.Append(privatestate.Remember(ctx, resp.Private, credentialRecord, sent)...)
		}
		plan.keepServerSide(state)
		resp.Diagnostics.Append(resp.State.Set(ctx, plan.object())...)
		resp.Diagnostics.Append(identity.Set(ctx, resp.Identity, plan.ID)...)
		return
	}
	updated, err := r.client.UpdateDestination(ctx, state.ID.ValueString(), change)
	if again, ok := desired.withTopLevelSigningSecret(err); ok {
		desired = again
		change.Credentials = desired.wireCredentials()
		updated, err = r.client.UpdateDestination(ctx, state.ID.ValueString(), change)
	}
	if again, ok := desired.withoutRefused(change, err); ok {
		desired = again
		change.Config = desired.config()
		updated, err = r.client.UpdateDestination(ctx, state.ID.ValueString(), change)
	}
	if talonic.IsNotFound(err) {
		owner, _ := identity.RecallOwner(ctx, req.Private, state.called())
		if problem := r.organization.Disowns(ctx, apidiag.Updating, state.subject(), owner); problem != nil {
			resp.Diagnostics.Append(problem)
			return
		}
	}
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Updating, plan, err))
		return
	}
	resp.Diagnostics.Append(r.settle(ctx, desired, plan, state, sent, updated, &resp.State, resp.Identity, resp.Private)...)
}

// fetchUnmanaged completes the keys that no argument owns with those that are not known, or whose values are not kept, so that an
// update of config does not drop them.
func (r *Resource) fetchUnmanaged(ctx context.Context, desired *desiredState, state *model) error {
	if !desired.writesConfig() || desired.prior.Unmanaged != nil && len(desired.prior.Redacted) == 0 {
		return nil
	}
	shown, err := r.client.GetDestination(ctx, state.ID.ValueString())
	if err != nil {
		return err
	}
	if shown.Config == nil {
		return apidiag.Unreadable{Problem: "The API does not show config, which may have unmanaged keys that an update would drop"}
	}
	if shown.Unscreened != nil {
		shown.Config = shown.Unscreened // it goes back to where it came from
	}
	desired.completeUnmanaged(shown.Config)
	return nil
}
