package apidiag

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

const importCommand = "terraform import <address> "

// Recovered returns a warning if an object was adopted, and warnings about duplicates that an earlier attempt may have created.
func (s Subject) Recovered(r talonic.Recovery) diag.Diagnostics {
	var diags diag.Diagnostics
	if r.Adopted {
		diags.AddWarning(fmt.Sprintf("Delivery %s adopted after a lost response", s.Noun), fmt.Sprintf(
			"The outcome of the create of delivery %s %s was unknown. %s\n\nExactly one %s in the API's list matches the configuration and is newer than "+
				"the request: %s. The provider adopted it, and updated it with the whole configuration.\n\nIf another pipeline may have created a %s "+
				"with the same values, check that %s does not belong to that pipeline.",
			s.Noun, s.Label(), s.describe(r.Cause), s.Noun, s.ID, s.Noun, s.ID))
	}
	if r.Unlisted {
		diags.AddWarning(fmt.Sprintf("A second delivery %s may have been created", s.Noun), fmt.Sprintf("The create of delivery %s %s (%s) took more than one "+
			"attempt, and an earlier attempt may have created another %s. The provider cannot tell, because it could not read the API's list, or the "+
			"list does not contain %s yet.\n\nIn a few minutes, look for a second %s in the dashboard. If there is one and nobody uses it, delete it.",
			s.Noun, s.Label(), s.ID, s.Noun, s.ID, s.Label()))
	}
	return append(diags, s.Duplicates(r.Duplicates)...)
}

// Kept returns a warning that an object is not destroyed because the create of its replacement returned the same object.
func (s Subject) Kept() diag.Diagnostic {
	return diag.NewWarningDiagnostic(fmt.Sprintf("Delivery %s is kept instead of replaced", s.Noun), fmt.Sprintf(
		"The response to the create of the replacement of delivery %s %s was lost. The old %s, %s, matches the configuration and was created only shortly before the replacement, so the provider treated it as the replacement. The provider did not destroy it, and updated it with the whole configuration.\n\nTo get a new %s, replace it again.",
		s.Noun, s.Label(), s.Noun, s.ID, s.Noun))
}

// Duplicates returns warnings about objects with these IDs that an earlier attempt of a retried create may have created.
func (s Subject) Duplicates(ids []string) diag.Diagnostics {
	if len(ids) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic(fmt.Sprintf("A second delivery %s may have been created", s.Noun), fmt.Sprintf(
		"The create of delivery %s %s (%s) took more than one attempt, and an earlier attempt may have created another %s. The API's list contains %s with "+
			"the same values, created after the first attempt and before the create succeeded:\n\n  %s\n\nIf nobody uses %[7]s, delete %[7]s in the dashboard.",
		s.Noun, s.Label(), s.ID, s.Noun, Count(len(ids), s.Noun), strings.Join(ids, "\n  "), itOrThem(len(ids))))}
}

func itOrThem(n int) string {
	if n == 1 {
		return "it"
	}
	return "them"
}

// Mismatched adds a next step to errors about a create whose response shows an object that does not match the request.
func (s Subject) Mismatched(problems diag.Diagnostics) diag.Diagnostics {
	return completed(problems, fmt.Sprintf("\n\nThe response to the create shows %s %s, which may belong to someone else. The provider did not add it to "+
		"state, so no apply changes or destroys it.\n\nIf it is yours, import it and apply again:\n\n  %s%s", s.Noun, s.ID, importCommand, s.ID))
}

// NotAdopted adds a next step to errors about an object that was looked up as the result of a create but differs from the configuration.
// Such an object is not put into state, because the next apply would destroy it.
func (s Subject) NotAdopted(problems diag.Diagnostics) diag.Diagnostics {
	return completed(problems, fmt.Sprintf("\n\nThe response to the create was lost, and the provider found %s %s as the likely result. The provider did not "+
		"add it to state, so the next apply does not destroy it.\n\nIf it is yours, import it and apply again:\n\n  %s%s", s.Noun, s.ID, importCommand, s.ID))
}
