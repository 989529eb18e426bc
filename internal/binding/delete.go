package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Delete deletes the binding. If the binding does not exist, Delete succeeds, unless the binding belongs to a different organization than the
// API key.
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
	id := state.text("id").ValueString()
	if r.client.Adopted(id) {
		resp.Diagnostics.Append(state.subject().Kept())
		return
	}
	err := r.client.DeleteBinding(ctx, id)
	switch {
	case talonic.IsNotFound(err):
		owner, diags := identity.RecallOwner(ctx, req.Private, state.subject().Called())
		resp.Diagnostics.Append(diags...)
		if problem := r.organization.Disowns(ctx, apidiag.Deleting, state.subject(), owner); problem != nil {
			resp.Diagnostics.Append(problem)
		}
	case err != nil:
		resp.Diagnostics.Append(describe(apidiag.Deleting, state, err))
	}
}
