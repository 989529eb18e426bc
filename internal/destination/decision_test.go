package destination

import (
	"testing"
)

// Every row of the truth table, and every answer that its columns can have.
func TestStep(t *testing.T) {
	t.Parallel()
	const either = -1
	rows := []struct {
		configured answer
		sent       int
		changed    int
		stored     int
		absent     int
		want       step
	}{
		{unknown, either, either, either, either, undecided},

		{yes, either, either, 0, either, send}, // the API has none, or lost it
		{yes, either, int(yes), 1, either, send},
		{yes, 0, int(no), 1, 0, send},      // imported
		{yes, 0, int(unknown), 1, 0, send}, // likewise: whatever the value is
		{yes, 0, int(no), 1, 1, keep},      // imported and pinned, the value not at hand
		{yes, 0, int(unknown), 1, 1, undecided},
		{yes, 1, int(unknown), 1, either, undecided},
		{yes, 1, int(no), 1, either, keep},

		{no, 1, either, 1, either, remove},
		{no, 1, either, 0, either, keep}, // removed on both sides
		{no, 0, either, either, either, keep},
	}
	matches := func(want, got int) bool { return want == either || want == got }
	bit := map[bool]int{true: 1}
	for _, configured := range []answer{no, yes, unknown} {
		for _, changed := range []answer{no, yes, unknown} {
			for i := range 8 {
				g := group{configured: configured, changed: changed, sent: i&1 > 0, stored: i&2 > 0, absent: i&4 > 0}
				found := 0
				for _, row := range rows {
					if row.configured != configured || !matches(row.sent, bit[g.sent]) || !matches(row.changed, int(changed)) ||
						!matches(row.stored, bit[g.stored]) || !matches(row.absent, bit[g.absent]) {
						continue
					}
					found++
					if got := g.step(); got != row.want {
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

func (s step) String() string {
	return map[step]string{keep: "keep", send: "send", remove: "remove", undecided: "undecided"}[s]
}
