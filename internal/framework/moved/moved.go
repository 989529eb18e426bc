// Package moved implements moved blocks whose source is a resource of a generic HTTP provider. It reads only the object's ID from the state of
// the source. The following refresh reads all other attributes from the API.
package moved

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// To returns the state movers of a resource. noun is the resource's name in messages, such as "destination". The movers set only the ID and
// the identity. Private state stays empty.
func To(noun string) []resource.StateMover {
	return []resource.StateMover{{
		StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
			var raw []byte
			if req.SourceRawState != nil {
				raw = req.SourceRawState.JSON
			}
			id, wrong := find(noun, source{req.SourceProviderAddress, req.SourceTypeName, raw})
			if wrong != nil {
				resp.Diagnostics.AddError("Cannot move to delivery "+noun, fmt.Sprintf("The source is a %s of the provider %s%s. %s Nothing was changed.\n\n%s",
					redact.Inline(req.SourceTypeName), redact.Inline(req.SourceProviderAddress), wrong.withID(), wrong.cause, wrong.next))
				return
			}
			resp.Diagnostics.Append(resp.TargetState.SetAttribute(ctx, path.Root("id"), id)...)
			resp.Diagnostics.Append(identity.Set(ctx, resp.TargetIdentity, types.StringValue(id))...)
		},
	}}
}

// Unread returns the error that rejects a plan for a moved object before its first refresh. The state contains only the ID, so the plan would
// replace the object.
func Unread(s apidiag.Subject) diag.Diagnostic {
	return diag.NewErrorDiagnostic("Cannot plan moved delivery "+s.Noun+" without refresh",
		s.About("A moved block takes this "+s.Noun+" from a resource of a different provider, so Terraform must read it from the API before it can plan. "+
			"Nothing was changed.\n\nIf you set -refresh=false, plan again without it. Otherwise, the new resource lacks an instance with the count or for_each "+
			"key of the old one. Add the key, apply, and then remove the key."))
}
