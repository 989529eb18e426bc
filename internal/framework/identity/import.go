package identity

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Import imports an object by its identity, its ID, or its exact name.
func (l Lookup[T]) Import(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	given := req.ID
	if given == "" {
		var byIdentity types.String
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("id"), &byIdentity)...)
		resp.Diagnostics.Append(l.take(ctx, text.ID(byIdentity.ValueString()), resp)...)
		return
	}
	if text.IsID(given) {
		resp.Diagnostics.Append(l.take(ctx, text.ID(given), resp)...)
		return
	}
	if l.Unconfigured {
		resp.Diagnostics.Append(apidiag.Subject{Noun: l.Noun, ID: given}.NotRead(false))
		return
	}
	all, err := l.All(ctx)
	if err != nil {
		resp.Diagnostics.AddError(cannotImport(l.Noun),
			apidiag.Subject{Noun: l.Noun, Name: given}.AboutError(err, "The provider looks up a name in the list of all "+l.Noun+"s. To import without the list, use the ID. "+apidiag.NextStep(err)))
		return
	}
	id, problem := identify(l.Noun, given, l.named(all))
	if problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	resp.Diagnostics.Append(l.take(ctx, id, resp)...)
}

// take sets the ID of the imported object in the response.
func (Lookup[T]) take(ctx context.Context, id string, resp *resource.ImportStateResponse) diag.Diagnostics {
	diags := resp.State.SetAttribute(ctx, path.Root("id"), id)
	return append(diags, Set(ctx, resp.Identity, types.StringValue(id))...)
}

// identify returns the ID of the object whose ID or exact name is given.
func identify(noun, given string, all []Named) (id string, problem diag.Diagnostic) {
	if slices.ContainsFunc(all, func(o Named) bool { return text.SameID(o.ID, given) }) {
		return given, nil
	}
	found := withName(given, all)
	title := cannotImport(noun)
	about := apidiag.Subject{Noun: noun, Name: given}.About
	switch len(found) {
	case 0:
		return "", diag.NewErrorDiagnostic(title, about("No delivery "+noun+" has this ID or name.\n\n"+nextIfNotFound(noun, given, all)))
	case 1:
		return found[0].ID, nil
	}
	var lines strings.Builder
	for _, o := range found {
		fmt.Fprintf(&lines, "\n  terraform import <address> %s # %s", o.ID, redact.Line(o.About))
	}
	return "", diag.NewErrorDiagnostic(title, about(fmt.Sprintf("%s have this name.\n\nImport the right one by its ID:\n%s",
		apidiag.Count(len(found), noun), lines.String())))
}

func cannotImport(noun string) string { return "Cannot import delivery " + noun }
