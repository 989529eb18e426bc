package apidiag

import (
	"fmt"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// Subject is the object that a diagnostic concerns.
type Subject struct {
	Noun string // such as "destination"
	Name string // empty if it was never read
	ID   string

	// Hide redacts a text from outside the provider; nil redacts nothing. Subject calls Hide before it splits the text into lines, because
	// Hide would not find a value that spans two lines.
	Hide func(text string) string
}

// without returns text redacted by s.Hide.
func (s Subject) without(text string) string {
	if s.Hide == nil {
		return text
	}
	return s.Hide(text)
}

// Label returns the noun and the name or ID by which users recognize the object.
func (s Subject) Label() string {
	if s.Name != "" {
		return redact.Line(fmt.Sprintf("%q", s.Name))
	}
	return redact.Line(s.ID)
}

// WithID returns a copy of s with the given ID.
func (s Subject) WithID(id string) Subject {
	s.ID = id
	return s
}

// Called returns the noun and the name of the object for the middle of a sentence.
func (s Subject) Called() string { return strings.TrimSpace("delivery " + s.Noun + " " + s.Label()) }

// calledOrNothing returns s.Called, or "" if s is the zero value.
func (s Subject) calledOrNothing() string {
	if s.Noun == "" {
		return ""
	}
	return s.Called()
}

// About prepends the name of the object to a detail. Titles do not contain the name, because CLIs fold warnings with equal titles.
func (s Subject) About(detail string) string {
	return strings.TrimSpace("Delivery "+s.Noun+" "+s.Label()) + ": " + detail
}

// AboutError returns the detail of a diagnostic for err, with the name of the object at the beginning; see [Subject.Detail].
func (s Subject) AboutError(err error, next string) string { return s.About(s.Detail(err, next)) }

// Count returns a number of things in words, such as "1 binding" or "2 bindings".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
