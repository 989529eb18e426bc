package apidiag

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Operation is the operation that failed, as titles name it.
type Operation string

// Operations of resources.
const (
	Creating  Operation = "create"
	Reading   Operation = "read"
	Updating  Operation = "update"
	Deleting  Operation = "delete"
	Disabling Operation = "disable"
	Importing Operation = "import"
)

// Unreadable is the error for a value in the API's response that no argument can hold. Problem describes the value.
type Unreadable struct{ Problem string }

func (e Unreadable) Error() string { return e.Problem }

// Failed returns a diagnostic for err: which operation failed for which object, what the API said, and the next step. If the API refused
// the request, the diagnostic is on the argument that place finds in the API's message; place returns false if it finds none.
func (s Subject) Failed(doing Operation, err error, place func(message string) (path.Path, bool)) diag.Diagnostic {
	title := fmt.Sprintf("Cannot %s delivery %s", doing, s.Noun)
	detail := s.AboutError(err, s.nextStep(doing, err))
	var said *talonic.Error
	if errors.As(err, &said) && isRefusal(said.StatusCode) && !isOutcomeUnknown(err) {
		if at, ok := place(said.Message); ok {
			return diag.NewAttributeErrorDiagnostic(at, title, detail)
		}
	}
	return diag.NewErrorDiagnostic(title, detail)
}

func isOutcomeUnknown(err error) bool {
	var unknown *talonic.OutcomeUnknownError
	return errors.As(err, &unknown)
}

// isRefusal reports whether an HTTP status means that the request itself is invalid.
func isRefusal(status int) bool {
	return status == http.StatusBadRequest || status == http.StatusUnprocessableEntity
}

// nextStep returns the next step after err, taking the operation into account.
func (s Subject) nextStep(doing Operation, err error) string {
	var (
		unknown    *talonic.OutcomeUnknownError
		said       *talonic.Error
		unreadable Unreadable
	)
	switch {
	case errors.As(err, &unknown):
		return s.lookForIt(unknown)
	case errors.As(err, &unreadable):
		return "This version of the provider cannot hold that. Look for a newer one, or report it to the provider's maintainers."
	case !errors.As(err, &said):
		if talonic.NothingSent(err) {
			return NextStep(err)
		}
		if (doing == Updating || doing == Deleting || doing == Disabling) && !errors.Is(err, context.Canceled) {
			return "The API could not be reached, or did not respond as expected, so the request may have taken effect. Check the network and " +
				"base_url, and run terraform plan to see what the API has."
		}
		return ""
	}
	switch status := said.StatusCode; {
	case status == http.StatusNotFound && !talonic.IsNotFound(err) && doing == Creating:
		return "Nothing was created: the server that responded does not know this path. Check base_url, and any proxies on the way."
	case status == http.StatusNotFound && !talonic.IsNotFound(err):
		return "Nothing was changed. This is not the API's own 404 for a " + s.Noun + " that does not exist, and its list does not confirm that it is " +
			"gone, so it is taken to exist. Check base_url, and gateways and proxies on the way."
	case status == http.StatusNotFound && doing == Creating:
		return "Nothing was created. Check that what the configuration refers to exists, and base_url."
	case status == http.StatusNotFound && doing == Importing:
		return WhereToLook(s.Noun) + " If a moved block names a " + s.Noun + " that no longer exists, run 'terraform state rm' with the old address: " +
			"the plan then creates it."
	case status == http.StatusNotFound:
		return "It was deleted outside of Terraform. Run terraform plan again: Terraform will plan to re-create it."
	case status == http.StatusConflict && (doing == Creating || doing == Updating):
		return "It seems to exist already. Import it with 'terraform import <address> <id>'."
	case isRefusal(status) && (doing == Creating || doing == Updating):
		return "Nothing was changed. Correct the configuration and apply again."
	}
	return ""
}

// WhereToLook returns the next step if the API does not know an ID.
func WhereToLook(noun string) string {
	return "Check the id, and that the API key belongs to the same organization: the API responds with 404 for " + noun + "s of other organizations."
}

// lookForIt returns the next step after a create with unknown outcome.
func (s Subject) lookForIt(err *talonic.OutcomeUnknownError) string {
	const importOne = importCommand
	switch {
	case err.Adoption != nil && len(err.Candidates) == 1:
		return fmt.Sprintf("The API lists exactly one %s that can be the result. If it is yours, import it and apply again, else apply again without:"+
			"\n\n  %s%s", s.Noun, importOne, err.Candidates[0])
	case len(err.Candidates) > 0:
		return fmt.Sprintf("Each of these %ss may be the result, and it cannot be told for certain:\n\n  %s%s\n\nImport the one that "+
			"belongs to this resource. Leave the others if they belong to someone else.",
			s.Noun, importOne, strings.Join(err.Candidates, "\n  "+importOne))
	case err.Lookup != nil:
		return fmt.Sprintf("The %s may exist all the same: it could not be looked up. %s\n\nLook for %s in the dashboard. If it is there, "+
			"import it with '%s<id>', else apply again.", s.Noun, s.describe(err.Lookup), s.Label(), importOne)
	}
	return fmt.Sprintf("The API's list does not contain it yet, but it may still appear. Before you apply again, look for %s in the dashboard; if it is there, "+
		"import it with '%s<id>'.", s.Label(), importOne)
}

// FindKey returns the byte index in text of the first occurrence of key that is not part of a longer key, or -1.
func FindKey(text, key string) int {
	partOfKey := func(b byte) bool {
		return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
	}
	for rest, offset := text, 0; ; {
		i := strings.Index(rest, key)
		if i < 0 {
			return -1
		}
		start, end := offset+i, offset+i+len(key)
		if (start == 0 || !partOfKey(text[start-1])) && (end == len(text) || !partOfKey(text[end])) {
			return start
		}
		rest, offset = text[end:], end
	}
}
