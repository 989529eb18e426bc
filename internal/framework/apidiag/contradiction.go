package apidiag

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// CreatedAtAnotherTime returns an error if created_at in the response to an update differs from prior state. An update does not change
// created_at, so the response describes a different object. A response without created_at is accepted. It returns nil if the response is
// consistent.
func (s Subject) CreatedAtAnotherTime(before, shown types.String) diag.Diagnostics {
	if shown.IsNull() || before.IsNull() || talonic.SameTime(shown.ValueString(), before.ValueString()) {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("created_at"), fmt.Sprintf("Cannot %s delivery %s", Updating, s.Noun),
		s.About(fmt.Sprintf("The API's response to the update describes a %[1]s that was created at %[2]s, but this %[1]s was created at %[3]s. The ID "+
			"may now belong to a different %[1]s.\n\nRun terraform plan to compare.", s.Noun, shown.ValueString(), before.ValueString())))}
}

// NotAsPlanned returns an error that names the attributes whose stored values differ from their known planned values. It is for differences
// that no other error explains. Without this error, CLIs report a bug in the provider. Blocks are not compared. It returns nil if no attribute
// differs.
func (s Subject) NotAsPlanned(planned, stored types.Object) diag.Diagnostics {
	var names []string
	for name, value := range planned.Attributes() {
		if _, isBlock := value.(types.List); !isBlock && !value.IsUnknown() && !value.Equal(stored.Attributes()[name]) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root(names[0]), fmt.Sprintf("The API did not store a delivery %s as planned", s.Noun),
		s.About(fmt.Sprintf("The API's response differs from the plan in %s. The change was made after the plan, or the update caused it.\n\n"+
			"Run terraform plan to compare, then apply again.", strings.Join(names, ", "))))}
}
