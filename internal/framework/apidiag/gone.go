package apidiag

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Gone returns a warning that the object no longer exists and how to get it back. isOwn is true if the API key is known to belong to the
// object's organization.
func (s Subject) Gone(err error, isOwn bool) diag.Diagnostic {
	cause, next := "It was deleted outside of Terraform, or the API key belongs to another organization than before.", "check the API key"
	if isOwn {
		cause, next = "It was deleted outside of Terraform.", "remove it from the configuration"
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("Delivery %s is gone", s.Noun), s.AboutError(err, fmt.Sprintf(
		"%s Terraform removes the %s %s from state and plans to re-create it. If that is not what you want, %s before you apply.",
		cause, s.Noun, s.ID, next)))
}
