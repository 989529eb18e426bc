package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Read refreshes the state from the API. If the binding no longer exists, Read removes it from state, unless the binding belongs to a
// different organization than the API key.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(identity.Set(ctx, resp.Identity, state.text("id"))...)
	if r.client == nil {
		resp.Diagnostics.Append(state.subject().NotRead(state.wasRead()))
		return
	}
	prior, known, diags := privatestate.Recall[bodyRecord](ctx, req.Private, state.subject().Called(), shownKey)
	resp.Diagnostics.Append(diags...)
	owner, diags := identity.RecallOwner(ctx, req.Private, state.subject().Called())
	resp.Diagnostics.Append(diags...)

	shown, err := r.client.RefreshBinding(ctx, state.text("id").ValueString())
	if err == nil && state.isNewerThan(shown, prior) {
		shown, err = r.client.GetBinding(ctx, state.text("id").ValueString())
	}
	switch {
	case talonic.IsNotFound(err) && !state.wasRead():
		resp.Diagnostics.Append(describe(apidiag.Importing, state, err))
		return
	case talonic.IsNotFound(err):
		reported, gone := r.organization.Absent(ctx, state.subject(), owner, err)
		if resp.Diagnostics.Append(reported); gone {
			resp.State.RemoveResource(ctx)
		}
		return
	case err != nil:
		resp.Diagnostics.Append(describe(apidiag.Reading, state, err))
		return
	}
	if problem := r.organization.Present(state.subject(), owner, shown.CustomerID); problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	refreshed, next, err := state.fromAPI(prior, shown)
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Reading, state, err))
		return
	}
	if !refreshed.hasDrifted(state) && (known == privatestate.Damaged || privatestate.Same(prior, next)) {
		refreshed = state
	}
	resp.Diagnostics.Append(warnMalformed(shown)...)
	resp.Diagnostics.Append(privatestate.Remember(ctx, resp.Private, shownKey, next)...)
	resp.Diagnostics.Append(identity.RememberOwner(ctx, resp.Private, shown.CustomerID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, refreshed.object())...)
	resent, diags := privatestate.RecallResend(ctx, req.Private, state.subject().Called())
	resp.Diagnostics.Append(diags...)
	if resent.Resent() {
		resp.Diagnostics.Append(refreshed.subject().Duplicates(r.client.BindingDuplicates(shown, resent.First, resent.Last))...)
	}
}

// isNewerThan reports whether an object from the list differs from the state because the list lags behind the last write.
func (m model) isNewerThan(listed *talonic.Binding, prior bodyRecord) bool {
	if !talonic.IsOlder(listed.UpdatedAt, m.text("updated_at").ValueString()) {
		return false
	}
	trial, next, err := m.fromAPI(prior, listed)
	return err == nil && (trial.hasDrifted(m) || !privatestate.Same(prior, next))
}
