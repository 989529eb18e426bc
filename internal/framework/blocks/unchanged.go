package blocks

import "github.com/hashicorp/terraform-plugin-go/tfprotov6"

// Unchanged answers a request to plan a resource for which there is nothing to do: as the framework would.
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

// msgpackNil is how the protocol writes null.
const msgpackNil = 0xc0
