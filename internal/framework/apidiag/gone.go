package apidiag

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Gone returns a warning that the object no longer exists, with the steps to recover it. isOwn is true if the API key certainly belongs to the
// object's organization.
func (s Subject) Gone(err error, isOwn bool) diag.Diagnostic {
	cause, next := "was deleted outside Terraform, or the API key now belongs to a different organization", "check the API key"
	if isOwn {
		cause, next = "was deleted outside Terraform", "remove it from the configuration"
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("Delivery %s not found", s.Noun), s.About(s.WarningDetail(err, fmt.Sprintf(
		"The %s %s %s. Terraform removes it from state and plans to re-create it. If you do not want to re-create it, %s before you apply.",
		s.Noun, s.ID, cause, next))))
}
