package apidiag

import (
	"strings"
	"testing"
)

// The name may be unknown while planning, and a new object has no ID.
func TestAbout(t *testing.T) {
	t.Parallel()
	for want, s := range map[string]Subject{
		`Delivery binding "b": Text.`:  {Noun: "binding", Name: "b", ID: "5b0f"},
		`Delivery binding 5b0f: Text.`: {Noun: "binding", ID: "5b0f"},
		`Delivery binding: Text.`:      {Noun: "binding"},
	} {
		if got := s.About("Text."); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if got := (Subject{Noun: "binding"}).Called(); got != "delivery binding" {
		t.Errorf("%q", got)
	}
}

// The warning about an object that was kept names the kind of the object.
func TestKept(t *testing.T) {
	t.Parallel()
	for _, noun := range []string{"destination", "binding"} {
		if got := (Subject{Noun: noun, Name: "a", ID: "id"}).Kept().Detail(); !strings.Contains(got, "The old "+noun+", id,") {
			t.Errorf("%s: %s", noun, got)
		}
	}
}
