package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
)

// ImportState takes over a destination by its identity, its id, or its exact name.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	existing(r.client).Import(ctx, req, resp)
}
