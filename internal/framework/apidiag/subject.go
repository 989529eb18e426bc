package apidiag

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// Subject is the object that a diagnostic is about.
type Subject struct {
	Noun string // such as "destination"
	Name string // empty if it was never read
	ID   string

	// Hide redacts a text from outside the provider; nil redacts nothing. It is called before the text is broken into lines, because a
	// value that spans two lines would not be found.
	Hide func(text string) string
}

// without returns text redacted by s.Hide.
func (s Subject) without(text string) string {
	if s.Hide == nil {
		return text
	}
	return s.Hide(text)
}

// Label returns the text by which users recognize the object.
func (s Subject) Label() string {
	if s.Name != "" {
		return redact.Line(fmt.Sprintf("%q", s.Name))
	}
	return redact.Line(s.ID)
}

// WithID returns a copy of s with that ID.
func (s Subject) WithID(id string) Subject {
	s.ID = id
	return s
}

// Called returns the object's name for the middle of a sentence.
func (s Subject) Called() string { return "delivery " + s.Noun + " " + s.Label() }

// About prepends the object to a detail. Titles do not name the object, because CLIs fold warnings with equal titles.
func (s Subject) About(detail string) string {
	return "Delivery " + s.Noun + " " + s.Label() + ": " + detail
}

// AboutError returns the detail of a diagnostic for err that begins with the object; see [Subject.Detail].
func (s Subject) AboutError(err error, next string) string { return s.About(s.Detail(err, next)) }

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

// NotRead returns an error if the object was never read and a warning otherwise, because the provider could not call the API yet. An
// object that was never read cannot be planned: without its values, the plan would show wrong changes.
func (s Subject) NotRead(everRead bool) diag.Diagnostic {
	if !everRead {
		return diag.NewErrorDiagnostic(
			fmt.Sprintf("Cannot import delivery %s yet", s.Noun),
			s.About("The provider's api_key or base_url is known only after apply, so the API cannot be asked. Set them from values that are known at plan time, "+
				"or apply what they come from first, with -target."))
	}
	return diag.NewWarningDiagnostic(
		fmt.Sprintf("Delivery %s was not refreshed", s.Noun),
		s.About("The provider's api_key or base_url is known only after apply, so the API could not be asked. The plan is made from the state as it is."))
}

// Count returns a number of things in words, such as "1 binding" or "2 bindings".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
