package text_test

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

const (
	composed   = "Caf\u00e9 Z\u00fcrich"
	decomposed = "Cafe\u0301 Zu\u0308rich"
)

func TestEqual(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"", "", true},
		{"a", "a", true},
		{"a", "A", false},
		{"a", "a ", false},
		{composed, decomposed, true},
		{composed, "Cafe Zurich", false},
		{"\u212b", "\u00c5", true},                      // the sign of the unit Angstrom
		{"\uac00", "\u1100\u1161", true},                // Hangul
		{"a\u0323\u0307", "a\u0307\u0323", true},        // marks in another order
		{"\ufb01", "fi", false},                         // a ligature differs from its letters
		{"\uff21", "A", false},                          // a wide letter differs from the ordinary letter
		{"a\u200bb", "ab", false},                       // an invisible space counts
		{"\xff", "\xff", true}, {"\xff", "\xfe", false}, // no UTF-8
	} {
		if got := text.Equal(c.a, c.b); got != c.want {
			t.Errorf("%+q and %+q: equal %t, want %t", c.a, c.b, got, c.want)
		}
		if got := text.Compare(c.b, c.a) == 0; got != c.want {
			t.Errorf("%+q and %+q: compare as equal %t, want %t", c.b, c.a, got, c.want)
		}
	}
}

func TestHasPrefix(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		s, prefix string
		want      bool
	}{
		{composed, "", true},
		{composed, "Caf\u00e9", true},
		{composed, "Cafe\u0301", true},
		{decomposed, "Caf\u00e9", true},
		{decomposed, "Cafe", false},
		{composed, "caf\u00e9", false},
	} {
		if got := text.HasPrefix(c.s, c.prefix); got != c.want {
			t.Errorf("%+q begins with %+q: %t, want %t", c.s, c.prefix, got, c.want)
		}
	}
}

func TestCanonical(t *testing.T) {
	t.Parallel()
	if got := text.Canonical(decomposed); got != composed {
		t.Errorf("Canonical(%+q) = %+q", decomposed, got)
	}
}
