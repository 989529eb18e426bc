package apidiag

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

const importCommand = "terraform import <address of the resource> "

// Recovered warns of what was done to find out the result of a create, and of what an earlier attempt may have left behind.
func (s Subject) Recovered(r talonic.Recovery) diag.Diagnostics {
	var diags diag.Diagnostics
	if r.Adopted {
		diags.AddWarning(fmt.Sprintf("Delivery %s adopted after a lost response", s.Noun), fmt.Sprintf(
			"The outcome of creating delivery %s %s was unknown. %s\n\nThe API lists exactly one %s that shows everything as configured, was created "+
				"since the request began, and was not known before: %s. The provider adopted it and sent the whole configuration to it once more, "+
				"credentials included. If another pipeline creates the same %s, make sure that %s is not theirs.",
			s.Noun, s.Label(), s.describe(r.Cause), s.Noun, s.ID, s.Noun, s.ID))
	}
	if r.Unlisted {
		diags.AddWarning(fmt.Sprintf("A second delivery %s may have been created", s.Noun), fmt.Sprintf("Creating delivery %s %s (%s) took more than one attempt, and an earlier one may have been "+
			"carried out as well. The API's list could not be read, or does not show %s yet, so it is not known.\n\nLook for a second %s in the "+
			"dashboard in a few minutes. If there is one and nobody uses it, delete it.", s.Noun, s.Label(), s.ID, s.ID, s.Label()))
	}
	return append(diags, s.Twins(r.Twins)...)
}

// Kept warns that an object is not destroyed because its replacement turned out to be the same one.
func (s Subject) Kept() diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Delivery %s kept instead of replaced", s.Noun), fmt.Sprintf(
		"The response to creating the replacement of delivery %s %s was lost, and %s itself was recognized as the result: it shows everything as configured "+
			"and had only just been created. It was not destroyed, and has the whole configuration. To have another one, replace it again.",
		s.Noun, s.Label(), s.ID))
}

// Twins warns of objects that may be the result of an earlier attempt of a create that was sent more than once.
func (s Subject) Twins(ids []string) diag.Diagnostics {
	if len(ids) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic(fmt.Sprintf("A second delivery %s may have been created", s.Noun), fmt.Sprintf(
		"Creating delivery %s %s (%s) took more than one attempt, and an earlier one may have been carried out as well. Each of these %ss shows the "+
			"same and was created at that time:\n\n  %s\n\nIf nobody uses it, delete it in the dashboard.",
		s.Noun, s.Label(), s.ID, s.Noun, strings.Join(ids, "\n  ")))}
}

// NotTaken completes errors about an object that the API answered a create with, although it shows something else than was sent.
func (s Subject) NotTaken(problems diag.Diagnostics) diag.Diagnostics {
	return completed(problems, fmt.Sprintf("\n\nThe API responded to the create with %s %s, which may be someone else's. It is not in state, so that no apply "+
		"changes or destroys it. If it is yours, import it and apply again:\n\n  %s%s", s.Noun, s.ID, importCommand, s.ID))
}

// NotAdopted completes errors about an object that was recognized as the result of a create, but is not as configured: it is not in
// state, since the next apply would destroy it there.
func (s Subject) NotAdopted(problems diag.Diagnostics) diag.Diagnostics {
	return completed(problems, fmt.Sprintf("\n\nThe response to the create was lost, and %s %s was recognized as its result. It exists, but is not in state, "+
		"so that the next apply does not destroy it. If it is yours, import it and apply again:\n\n  %s%s", s.Noun, s.ID, importCommand, s.ID))
}
