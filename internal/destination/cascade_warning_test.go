package destination

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// A binding that the plan named is recognized by its ID in any form.
func TestUnplannedBindings(t *testing.T) {
	t.Parallel()
	const id, upper, other = "5b0f4c1e-0000-4000-8000-00000000000a", "5B0F4C1E-0000-4000-8000-00000000000A", "5b0f4c1e-0000-4000-8000-00000000000b"
	planned := newCascadeRecord([]talonic.Binding{{ID: id}}, true)
	got := planned.unplanned([]talonic.Binding{{ID: upper}, {ID: other}, {ID: "{" + id + "}"}})
	if len(got) != 1 || got[0].ID != other {
		t.Errorf("%v", got)
	}
}
