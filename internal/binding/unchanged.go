package binding

import (
	"bytes"
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// PlanUnchanged returns the response to a plan request for a binding if the proposed state equals prior state. For every other request, it
// returns nil. It does not compare the configuration, because bindings have no write-only arguments.
func PlanUnchanged(_ context.Context, req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
	prior, proposed := req.PriorState, req.ProposedNewState
	if prior == nil || proposed == nil || len(prior.MsgPack) <= 1 || !bytes.Equal(prior.MsgPack, proposed.MsgPack) {
		return nil
	}
	return blocks.Unchanged(req)
}
