package binding

import (
	"bytes"
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// PlanUnchanged answers a request to plan a binding for which nothing is proposed but what it is. It returns nil for every other
// request. Nothing in a binding is write-only, so there is no more to look at.
func PlanUnchanged(_ context.Context, req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
	prior, proposed := req.PriorState, req.ProposedNewState
	if prior == nil || proposed == nil || len(prior.MsgPack) <= 1 || !bytes.Equal(prior.MsgPack, proposed.MsgPack) {
		return nil
	}
	return blocks.Unchanged(req)
}
