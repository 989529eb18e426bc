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

// CreatedAtAnotherTime returns an error if the response to an update has another created_at than the state before: an update does not
// change created_at, so the response describes another object. A response without created_at is accepted. It returns nil if nothing is
// wrong.
func (s Subject) CreatedAtAnotherTime(before, shown types.String) diag.Diagnostics {
	if shown.IsNull() || before.IsNull() || talonic.SameTime(shown.ValueString(), before.ValueString()) {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root("created_at"), fmt.Sprintf("Cannot %s delivery %s", Updating, s.Noun),
		s.About(fmt.Sprintf("The API's response to the update is about a %s that was created at %s, but this one was created at %s. There "+
			"may be another one under the same id. Run terraform plan to see what is there now.", s.Noun, shown.ValueString(), before.ValueString())))}
}

// NotAsPlanned returns an error that names the attributes whose stored values differ from their known planned values although no other
// error explains it. Without this error, the CLI reports a bug in the provider. Blocks are not compared. It returns nil if there are
// none.
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
		s.About(fmt.Sprintf("The API's response has another value than the plan for %s. It was changed in the meantime, or by the update itself.\n\n"+
			"Run terraform plan to see what is there now, then apply again.", strings.Join(names, ", "))))}
}
