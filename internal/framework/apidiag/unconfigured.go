package apidiag

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// Unconfigured is the detail of a diagnostic if there is no API client because the provider's configuration is not known yet.
const Unconfigured = "The provider's api_key or base_url is known only after apply, so the API cannot be asked. Set them from values that " +
	"are known at plan time."

// NotYet returns the error for an operation that needs the API while there is no API client. noun names the kind of object.
func NotYet(doing Operation, noun string) diag.Diagnostic {
	return diag.NewErrorDiagnostic(fmt.Sprintf("Cannot %s delivery %s yet", doing, noun), Unconfigured)
}
