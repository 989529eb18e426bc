package apidiag

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Unconfigured is the detail of a diagnostic if there is no API client because the provider's configuration is unknown.
const Unconfigured = "The provider's api_key or base_url is known only after apply, so the provider cannot call the API.\n\nSet both to values that are " +
	"known at plan time."

// NotYet returns the error for an operation that needs the API client while there is none. noun names the kind of object.
func NotYet(doing Operation, noun string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("Cannot %s delivery %s yet", doing, noun), Unconfigured)
}

// NotRead returns the diagnostic for an object that was not refreshed because there is no API client: a warning if the object was read
// earlier, otherwise an error. An object that was never read cannot be planned, because the plan would show wrong changes.
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
