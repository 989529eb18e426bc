package credentials

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// Every row of the truth table, with every value that its columns can have.
func TestAction(t *testing.T) {
	t.Parallel()
	const either = -1
	rows := []struct {
		configured tristate.Value
		sent       int
		changed    int
		stored     int
		absent     int
		want       Action
	}{
		{tristate.Unknown, either, either, either, either, Undecided},

		{tristate.Yes, either, either, 0, either, Send}, // the API has none, or lost it
		{tristate.Yes, either, int(tristate.Yes), 1, either, Send},
		{tristate.Yes, 0, int(tristate.No), 1, 0, Send},      // imported
		{tristate.Yes, 0, int(tristate.Unknown), 1, 0, Send}, // imported, with an unknown value
		{tristate.Yes, 0, int(tristate.No), 1, 1, Keep},      // imported and versioned, the value not supplied
		{tristate.Yes, 0, int(tristate.Unknown), 1, 1, Undecided},
		{tristate.Yes, 1, int(tristate.Unknown), 1, either, Undecided},
		{tristate.Yes, 1, int(tristate.No), 1, either, Keep},

		{tristate.No, 1, either, 1, either, Remove},
		{tristate.No, 1, either, 0, either, Keep}, // removed on both sides
		{tristate.No, 0, either, either, either, Keep},
	}
	matches := func(want, got int) bool { return want == either || want == got }
	bit := map[bool]int{true: 1}
	for _, configured := range []tristate.Value{tristate.No, tristate.Yes, tristate.Unknown} {
		for _, changed := range []tristate.Value{tristate.No, tristate.Yes, tristate.Unknown} {
			for i := range 8 {
				g := credentialGroup{configured: configured, changed: changed, sent: i&1 > 0, stored: i&2 > 0, absent: i&4 > 0}
				found := 0
				for _, row := range rows {
					if row.configured != configured || !matches(row.sent, bit[g.sent]) || !matches(row.changed, int(changed)) ||
						!matches(row.stored, bit[g.stored]) || !matches(row.absent, bit[g.absent]) {
						continue
					}
					found++
					if got := g.action(); got != row.want {
						t.Errorf("%+v: %d, not %d", g, got, row.want)
					}
				}
				if found != 1 {
					t.Errorf("%+v: in %d rows of the table", g, found)
				}
			}
		}
	}
}

func (s Action) String() string {
	return map[Action]string{Keep: "keep", Send: "send", Remove: "remove", Undecided: "undecided"}[s]
}
