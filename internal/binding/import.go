package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// ImportState takes over a binding by its identity, its id, or its exact name.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	existing(r.client).Import(ctx, req, resp)
}
