package destination

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/diagnose"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// ImportState takes over a destination by its identity, its id, or its exact name.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	given := req.ID
	if isID := given == "" || uuid.Validate(given) == nil; isID {
		resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("id"), req, resp)
		return
	}
	if r.client == nil {
		resp.Diagnostics.Append(notRead(&model{ID: types.StringValue(given)}))
		return
	}
	all, err := r.client.LookUpDestinations(ctx)
	if err != nil {
		resp.Diagnostics.AddError(fmt.Sprintf("Cannot import delivery destination %q", given),
			diagnose.Detail(err, "Its name has to be looked up in the list of all destinations. To import it without, use its id."))
		return
	}
	id, problem := identify(given, all)
	if problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, &model{ID: types.StringValue(id)})...)
}

// identify finds the id of the destination that somebody calls by its id or its exact name.
func identify(given string, all []talonic.Destination) (id string, problem diag.Diagnostic) {
	if slices.ContainsFunc(all, func(d talonic.Destination) bool { return d.ID == given }) {
		return given, nil
	}
	found := named(given, all)
	title := fmt.Sprintf("Cannot import delivery destination %q", given)
	switch len(found) {
	case 0:
		return "", diag.NewErrorDiagnostic(title, "No id and no name is this. "+nobodyNamed(given, all))
	case 1:
		return found[0].ID, nil
	}
	var lines strings.Builder
	for _, d := range found {
		fmt.Fprintf(&lines, "\n  terraform import <address of the resource> %s # %s, created at %s", d.ID, d.Type, d.CreatedAt)
	}
	return "", diag.NewErrorDiagnostic(title,
		fmt.Sprintf("%s have this name. Import the right one by its id:\n%s", count(len(found), "delivery destination"), lines.String()))
}
