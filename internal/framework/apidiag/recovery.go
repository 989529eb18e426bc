package apidiag

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

const importCommand = "terraform import <address of the resource> "

// Recovered returns warnings about how the outcome of a create was determined, and about objects that an earlier attempt may have left.
func (s Subject) Recovered(r talonic.Recovery) diag.Diagnostics {
	var diags diag.Diagnostics
	if r.Adopted {
		diags.AddWarning(fmt.Sprintf("Delivery %s adopted after a lost response", s.Noun), fmt.Sprintf(
			"The outcome of creating delivery %s %s was unknown. %s\n\nThe API lists exactly one %s that matches the configuration, was created after "+
				"the request began, and was not known to the provider before: %s. The provider adopted it and sent the whole configuration to it once more, "+
				"including any credentials. If another pipeline creates the same %s, make sure that %s is not its result.",
			s.Noun, s.Label(), s.describe(r.Cause), s.Noun, s.ID, s.Noun, s.ID))
	}
	if r.Unlisted {
		diags.AddWarning(fmt.Sprintf("A second delivery %s may have been created", s.Noun), fmt.Sprintf("Creating delivery %s %s (%s) took more than one attempt, and an earlier one may have been "+
			"carried out as well. The API's list could not be read, or does not show %s yet, so it is not known.\n\nLook for a second %s in the "+
			"dashboard in a few minutes. If there is one and nobody uses it, delete it.", s.Noun, s.Label(), s.ID, s.ID, s.Label()))
	}
	return append(diags, s.Twins(r.Twins)...)
}

// Kept returns a warning that an object is not destroyed because the create of its replacement returned the same object.
func (s Subject) Kept() diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Delivery %s kept instead of replaced", s.Noun), fmt.Sprintf(
		"The response to creating the replacement of delivery %s %s was lost, and %s itself was recognized as the result: it shows everything as configured "+
			"and had only just been created. It was not destroyed, and has the whole configuration. To have another one, replace it again.",
		s.Noun, s.Label(), s.ID))
}

// Twins returns warnings about objects with these IDs that an earlier attempt of a retried create may have created.
func (s Subject) Twins(ids []string) diag.Diagnostics {
	if len(ids) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic(fmt.Sprintf("A second delivery %s may have been created", s.Noun), fmt.Sprintf(
		"Creating delivery %s %s (%s) took more than one attempt, and an earlier one may have been carried out as well. Each of these %ss shows the "+
			"same and was created at that time:\n\n  %s\n\nIf nobody uses it, delete it in the dashboard.",
		s.Noun, s.Label(), s.ID, s.Noun, strings.Join(ids, "\n  ")))}
}

// NotTaken adds a next step to errors about an object in the response to a create that differs from the request.
func (s Subject) NotTaken(problems diag.Diagnostics) diag.Diagnostics {
	return completed(problems, fmt.Sprintf("\n\nThe API responded to the create with %s %s, which may be someone else's. It is not in state, so that no apply "+
		"changes or destroys it. If it is yours, import it and apply again:\n\n  %s%s", s.Noun, s.ID, importCommand, s.ID))
}

// NotAdopted adds a next step to errors about an object that was looked up as the result of a create but differs from the configuration.
// Such an object is not put into state, because the next apply would destroy it.
func (s Subject) NotAdopted(problems diag.Diagnostics) diag.Diagnostics {
	return completed(problems, fmt.Sprintf("\n\nThe response to the create was lost, and %s %s was recognized as its result. It exists, but is not in state, "+
		"so that the next apply does not destroy it. If it is yours, import it and apply again:\n\n  %s%s", s.Noun, s.ID, importCommand, s.ID))
}
