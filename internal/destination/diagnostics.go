package destination

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/diagnose"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// operation is what was being done when something failed.
type operation string

const (
	creating  operation = "create"
	reading   operation = "read"
	updating  operation = "update"
	deleting  operation = "delete"
	importing operation = "import"
	disabling operation = "disable"
)

// describe makes a diagnostic of an error: what failed for which destination, what the API said, and what to do next. It is
// on the argument that the API names, if it names one.
func describe(doing operation, m *model, err error) diag.Diagnostic {
	title := fmt.Sprintf("Cannot %s delivery destination %s", doing, m.label())
	detail := diagnose.Detail(err, nextStep(doing, m, err))
	var said *talonic.Error
	if errors.As(err, &said) && said.StatusCode == http.StatusBadRequest {
		if at, ok := m.argumentNamed(said.Message); ok {
			return diag.NewAttributeErrorDiagnostic(at, title, detail)
		}
	}
	return diag.NewErrorDiagnostic(title, detail)
}

// label is what people know the destination by.
func (m *model) label() string {
	if name := m.Name.ValueString(); name != "" {
		return fmt.Sprintf("%q", name)
	}
	return m.ID.ValueString()
}

// nextStep is what to do about an error, where that follows from what was being done.
func nextStep(doing operation, m *model, err error) string {
	var (
		unknown *talonic.OutcomeUnknownError
		said    *talonic.Error
	)
	if errors.As(err, &unknown) {
		return lookForIt(m, unknown)
	}
	var unreadable unreadableError
	if errors.As(err, &unreadable) {
		return "This version of the provider cannot hold that. Look for a newer one, or report it to the provider's maintainers."
	}
	if !errors.As(err, &said) {
		if (doing == updating || doing == deleting) && !errors.Is(err, context.Canceled) {
			return "The API could not be reached, or did not answer as expected, so this may have taken effect or not. Check the network and " +
				"base_url, and plan again: Terraform compares with what the API has then."
		}
		return ""
	}
	switch status := said.StatusCode; {
	case status == http.StatusNotFound && doing == importing:
		return "Check the id, and that the API key belongs to the same organisation: the API answers 404 for the destinations of others."
	case status == http.StatusNotFound:
		return "It was deleted outside of Terraform. Plan again: Terraform will offer to create it anew."
	case status == http.StatusConflict && (doing == creating || doing == updating):
		return "It seems to exist already. Import it with 'terraform import <address> <id>'."
	case (status == http.StatusBadRequest || status == http.StatusUnprocessableEntity) && (doing == creating || doing == updating):
		return "Nothing was changed. Correct the configuration and apply again."
	}
	return ""
}

// lookForIt is what to do when a create may or may not have happened.
func lookForIt(m *model, err *talonic.OutcomeUnknownError) string {
	const importOne = "terraform import <address of the resource> "
	switch {
	case len(err.Candidates) > 0:
		return fmt.Sprintf("Each of these destinations named %s was created in the meantime and may be the result:\n\n  %s%s\n\nImport the one that "+
			"belongs to this resource and delete the others, or leave them if they are somebody else's.",
			m.label(), importOne, strings.Join(err.Candidates, "\n  "+importOne))
	case err.Lookup != nil:
		return fmt.Sprintf("The destination may exist all the same: it could not be looked for (%s). Look for %s in the dashboard. If it is there, "+
			"import it with '%s<id>', else apply again.", err.Lookup, m.label(), importOne)
	}
	return fmt.Sprintf("It was looked for and not found, but may still appear. Before you apply again, look for %s in the dashboard; if it is there, "+
		"import it with '%s<id>'.", m.label(), importOne)
}

// argumentNamed finds the argument that a message of the API speaks of: config.<key>, auth_config.<key>, or a key of the
// request itself. For a secret it is the block: CLIs print the line that a diagnostic points at.
func (m *model) argumentNamed(message string) (path.Path, bool) {
	c, _, ok := m.connector()
	if !ok {
		return path.Empty(), false
	}
	at := c.path()
	names := func(key string) bool { return containsWord(message, key) }
	for _, a := range c.arguments {
		if names("config."+a.name) && !names("auth_config."+a.name) {
			return at.AtName(a.name), true
		}
	}
	if names(signingSecret) || strings.Contains(message, "auth_config") {
		return c.header(), true
	}
	if names("config") { // or a key of it that has no argument of its own
		return c.header(), true
	}
	for _, a := range c.arguments {
		if names(a.name) {
			return at.AtName(a.name), true
		}
	}
	for _, key := range []string{"payload_cap_bytes", "is_active", "name"} {
		if names(key) {
			return path.Root(key), true
		}
	}
	return path.Empty(), false
}

// containsWord reports whether a key stands in a text by itself, not as a part of another key.
func containsWord(text, key string) bool {
	partOfKey := func(b byte) bool {
		return b == '_' || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
	}
	for rest, offset := text, 0; ; {
		i := strings.Index(rest, key)
		if i < 0 {
			return false
		}
		start, end := offset+i, offset+i+len(key)
		if (start == 0 || !partOfKey(text[start-1])) && (end == len(text) || !partOfKey(text[end])) {
			return true
		}
		rest, offset = text[end:], end
	}
}

// goneWarning says that a destination is not there any more and how to get it back.
func goneWarning(m *model, err error) diag.Diagnostic {
	return diag.NewWarningDiagnostic(
		fmt.Sprintf("Delivery destination %s is gone", m.label()),
		diagnose.Detail(err, fmt.Sprintf("It was deleted outside of Terraform, or the API key belongs to another organisation than before. "+
			"Terraform forgets the destination %s and will plan to create it anew. If that is not what you want, check the API key before you "+
			"apply.", m.ID.ValueString())))
}

// notRead says that the API could not be asked yet. What was never read cannot be planned: it would look like a destination of
// another type, to be replaced.
func notRead(m *model) diag.Diagnostic {
	if m.Type.IsNull() {
		return diag.NewErrorDiagnostic(
			fmt.Sprintf("Cannot import delivery destination %s yet", m.label()),
			"The provider's api_key or base_url is known only after apply, so the API cannot be asked. Set them from values that are known at plan time, "+
				"or apply what they come from first, with -target.")
	}
	return diag.NewWarningDiagnostic(
		fmt.Sprintf("Delivery destination %s was not refreshed", m.label()),
		"The provider's api_key or base_url is known only after apply, so the API could not be asked. The plan is made from the state as it is.")
}
