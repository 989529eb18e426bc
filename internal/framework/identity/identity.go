// Package identity identifies objects of one kind: for CLIs by ID, and for users by ID or name.
package identity

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/suggest"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Schema returns the identity schema of a kind of object; noun names the kind in descriptions.
func Schema(noun string) identityschema.Schema {
	return identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       "ID of the " + noun + ", a UUID.",
		},
	}}
}

// Set stores the normalized ID as the identity of the object. Terraform requires the identity after every read and write, and rejects a
// changed identity. The ID is normalized because the ID in an import may have a different form than the API's. If the current identity denotes
// the same ID, Set keeps it in its form. Set does nothing if identity is nil.
func Set(ctx context.Context, identity *tfsdk.ResourceIdentity, id types.String) diag.Diagnostics {
	if identity == nil {
		return nil // the CLI does not support identities
	}
	var current types.String
	if !identity.Raw.IsNull() {
		if diags := identity.GetAttribute(ctx, path.Root("id"), &current); diags.HasError() {
			return diags
		}
	}
	if isSet := !current.IsNull() && !current.IsUnknown(); isSet && text.SameID(current.ValueString(), id.ValueString()) {
		return nil
	}
	return identity.SetAttribute(ctx, path.Root("id"), text.ID(id.ValueString()))
}

// Named holds the attributes by which users recognize an object.
type Named struct {
	ID    string
	Name  string
	About string // distinguishes objects of the same name
}

// withName returns the objects with the given name, compared as in [text.Equal], sorted by ID. There may be several, because the API does not
// require unique names.
func withName(name string, all []Named) []Named {
	found := slices.DeleteFunc(slices.Clone(all), func(o Named) bool { return !text.Equal(o.Name, name) })
	slices.SortFunc(found, func(a, b Named) int { return cmp.Compare(a.ID, b.ID) })
	return found
}

// nextIfNotFound returns the next step if no object has the given name.
func nextIfNotFound(noun, name string, all []Named) string {
	var names []string
	for _, o := range all {
		names = append(names, o.Name)
	}
	slices.Sort(names)
	if near := suggest.Nearest(name, names); near != "" {
		return fmt.Sprintf("Did you mean %s? Names are case-sensitive.", redact.Quote(near))
	}
	return fmt.Sprintf("The API's list (%[1]s) contains no %[2]s with this name. Check the name, and check that the API key belongs to the right "+
		"organization. If this configuration creates the %[2]s, refer to its resource instead.", apidiag.Count(len(all), noun), noun)
}

// listAmbiguous lists objects of the same name with the attributes that distinguish them.
func listAmbiguous(noun string, found []Named) string {
	var lines strings.Builder
	for _, o := range found {
		fmt.Fprintf(&lines, "\n  id = %q # %s", o.ID, redact.Line(o.About))
	}
	return fmt.Sprintf("%s have this name.\n\nInstead of name, set the id of one of them:\n%s", apidiag.Count(len(found), noun), lines.String())
}
