package apidiag

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Unconfigured is the detail of a diagnostic if there is no API client because the provider's configuration is not known yet.
const Unconfigured = "The provider's api_key or base_url is known only after apply, so the provider cannot call the API.\n\nSet both to values that are " +
	"known at plan time."

// NotYet returns the error for an operation that needs the API while there is no API client. noun names the kind of object.
func NotYet(doing Operation, noun string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("Cannot %s delivery %s yet", doing, noun), Unconfigured)
}

// NotRead returns an error if the object was never read and a warning otherwise, because the provider could not call the API yet. An
// object that was never read cannot be planned: without its values, the plan would show wrong changes.
func (s Subject) NotRead(everRead bool) diag.Diagnostic {
	if !everRead {
		return diag.NewErrorDiagnostic(
			fmt.Sprintf("Cannot import delivery %s yet", s.Noun),
			s.About(Unconfigured+" Alternatively, first apply the resources that supply these values, with -target."))
	}
	return diag.NewWarningDiagnostic(
		fmt.Sprintf("Delivery %s was not refreshed", s.Noun),
		s.About("The provider's api_key or base_url is known only after apply, so the provider could not call the API. The plan uses prior state."))
}
