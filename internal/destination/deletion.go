package destination

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/diagnose"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// The values of deletion_policy. Without one, a destroy deletes.
const (
	deletes  = "delete"
	disables = "disable"
)

// Delete deletes the destination, or pauses it if that is its policy. One that is gone already is fine.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	id := state.ID.ValueString()
	if state.DeletionPolicy.ValueString() != disables {
		if err := r.client.DeleteDestination(ctx, id); err != nil {
			resp.Diagnostics.Append(describe(diagnose.Deleting, state, err))
		}
		return
	}
	if err := r.disable(ctx, id); err != nil {
		resp.Diagnostics.Append(describe(disabling, state, err))
	}
}

// disable pauses a destination, and sees that it is.
func (r *Resource) disable(ctx context.Context, id string) error {
	inactive := false
	paused, err := r.client.UpdateDestination(ctx, id, talonic.DestinationChange{IsActive: &inactive})
	switch {
	case talonic.IsNotFound(err):
		return nil
	case err != nil:
		return err
	case paused.IsActive:
		return errors.New("the API accepted is_active = false, but the destination is still active; it was neither paused nor deleted")
	}
	return nil
}
