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
		"a\nb\n": "contains a line break", "a\tb": "contains a tab", "a\t": "contains a tab",
		"a\x00": "contains a control character", "a\x7f\n": "contains a control character",
	} {
		if got := text.Control(value); got != want {
			t.Errorf("Control(%q) = %q, want %q", value, got, want)
		}
	}
}
