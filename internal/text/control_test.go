package text_test

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

func TestControl(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		"": "", "a b": "", "\u00fc": "",
		"a\n": "ends with a line break", "a\r\n": "ends with a line break", "\n": "ends with a line break",
		"a\nb\n": "has a line break in it", "a\tb": "has a tab in it", "a\t": "has a tab in it",
		"a\x00": "has a control character in it", "a\x7f\n": "has a control character in it",
	} {
		if got := text.Control(value); got != want {
			t.Errorf("Control(%q) = %q, want %q", value, got, want)
		}
	}
}
