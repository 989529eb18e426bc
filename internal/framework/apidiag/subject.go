package apidiag

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// Subject is what a diagnostic speaks of.
type Subject struct {
	Noun string // such as "destination"
	Name string // empty while it was never read
	ID   string

	// Hide takes out of a text from outside what is not shown; nil takes out nothing. It gets texts before they are broken into
	// lines, because a value that is broken apart is not recognized.
	Hide func(text string) string
}

// without is a text from outside without what is not shown.
func (s Subject) without(text string) string {
	if s.Hide == nil {
		return text
	}
	return s.Hide(text)
}

// Label is what people know it by.
func (s Subject) Label() string {
	if s.Name != "" {
		return redact.Line(fmt.Sprintf("%q", s.Name))
	}
	return redact.Line(s.ID)
}

// WithID is the subject with an id.
func (s Subject) WithID(id string) Subject {
	s.ID = id
	return s
}

// Called is what texts call it in the middle of a sentence.
func (s Subject) Called() string { return "delivery " + s.Noun + " " + s.Label() }

// About is a detail that says first what it is about. Titles do not: CLIs fold warnings with equal titles.
func (s Subject) About(detail string) string {
	return "Delivery " + s.Noun + " " + s.Label() + ": " + detail
}

// AboutError is the detail of a diagnostic of an error: what it is about first, then [Subject.Detail].
func (s Subject) AboutError(err error, next string) string { return s.About(s.Detail(err, next)) }

// Gone says that it is not there any more and how to get it back. isOwn says that the API key is known to belong to its organization.
func (s Subject) Gone(err error, isOwn bool) diag.Diagnostic {
	cause, next := "It was deleted outside of Terraform, or the API key belongs to another organization than before.", "check the API key"
	if isOwn {
		cause, next = "It was deleted outside of Terraform.", "remove it from the configuration"
	}
	return diag.NewWarningDiagnostic(fmt.Sprintf("Delivery %s is gone", s.Noun), s.AboutError(err, fmt.Sprintf(
		"%s Terraform removes the %s %s from state and plans to re-create it. If that is not what you want, %s before you apply.",
		cause, s.Noun, s.ID, next)))
}

// NotRead says that the API could not be asked yet. What was never read cannot be planned: it would look like something else
// than it is.
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

// Count is a number of things.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
