package provider

import "testing"

// Any text disables the fast path.
func TestFastPathIsDisabledByEnvironment(t *testing.T) {
	for value, want := range map[string]bool{"": true, "1": false, "false": false} {
		t.Setenv(disableFastPathVariable, value)
		if usesFastPath() != want {
			t.Errorf("%q: %t", value, !want)
		}
	}
}
