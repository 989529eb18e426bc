package destination_test

import (
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// A type that the API's catalog does not have causes a warning, if the catalog can be read.
func TestUnknownType(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	for given, want := range map[string]string{
		"google_sheet": `"google_sheet" is not in the API's catalog. Did you mean "google_sheets"?`, "google_sheets": "",
	} {
		w := a.workspace(t, "name = \"a\"\ncustom {\n  type = \""+given+"\"\n}\n")
		got := unwrapped(strings.ReplaceAll(w.Plan().Output(), "│", ""))
		if strings.Contains(got, "Unknown connector type") != (want != "") || !strings.Contains(got, want) {
			t.Errorf("%s: %s", given, got)
		}
	}
}
