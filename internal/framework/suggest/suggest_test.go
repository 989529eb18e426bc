package suggest

import (
	"testing"
)

func TestNearest(t *testing.T) {
	t.Parallel()
	if got := Nearest("alpah", []string{"beta", "alpha"}); got != "alpha" {
		t.Errorf("alpah: %q", got)
	}
	candidates := []string{"document.extracted", "result.approved", "json"}
	for text, want := range map[string]string{
		"document.extractd": "document.extracted", "Result.Approved": "result.approved", "jsn": "json", "xml": "", "": "", "jsno": "",
	} {
		if got := Nearest(text, candidates); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
