package blocks

import "github.com/hashicorp/terraform-plugin-go/tfprotov6"

// Unchanged returns the framework's response to a plan request that shows no diff.
func Unchanged(req *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
	identity := req.PriorIdentity
	if identity == nil {
		identity = &tfprotov6.ResourceIdentityData{IdentityData: &tfprotov6.DynamicValue{MsgPack: []byte{msgpackNil}}}
	}
	return &tfprotov6.PlanResourceChangeResponse{
		PlannedState:    req.PriorState,
		PlannedPrivate:  req.PriorPrivate,
		PlannedIdentity: identity,
	}
}

// msgpackNil is the MessagePack encoding of null, which the protocol uses.
const msgpackNil = 0xc0
