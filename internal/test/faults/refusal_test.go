package faults

import (
	"fmt"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// A rejection proves nothing about earlier attempts. Here, the API executed one of them.
func TestRefusalAfterALostAttempt(t *testing.T) {
	t.Parallel()
	for _, status := range []int{400, 401, 403, 408, 409, 422, 425, 429, 460, 499} {
		t.Run(fmt.Sprint(status), func(t *testing.T) {
			t.Parallel()
			c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true, ListLag: time.Minute}, quick, hook("ours", `name = "ours"`, "ours"))
			c.api.Inject(
				emulator.Fault{Kind: emulator.LostResponse, Operation: "create", Times: 1},
				emulator.Fault{Kind: emulator.Refused, Status: status, Operation: "create"},
			)
			r := c.Run("apply", "-auto-approve")
			ends(t, r, 1)
			says(t, r, `"ours"`, "import")
			denies(t, r, "nothing was changed", "nothing was created", "was not created")
			if len(c.api.Destinations()) != 1 || len(c.ids(t)) != 0 {
				t.Errorf("in state: %v, at the API: %v", c.ids(t), c.everything())
			}
		})
	}
}

// If the list contains the result of the lost attempt, the rejection does not matter.
func TestRefusalAfterALostAttemptThatTheListShows(t *testing.T) {
	t.Parallel()
	c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, quick, hook("ours", `name = "ours"`, "ours"))
	c.api.Inject(
		emulator.Fault{Kind: emulator.LostResponse, Operation: "create", Times: 1},
		emulator.Fault{Kind: emulator.LaggingList, Operation: "list", Times: 1},
		emulator.Fault{Kind: emulator.Refused, Status: 409, Operation: "create"},
	)
	r := c.Run("apply", "-auto-approve")
	all := c.api.Destinations()
	if len(all) != 1 {
		t.Fatalf("at the API: %v", all)
	}
	switch c.ids(t)["ours"] {
	case all[0].ID:
		ends(t, r, 0)
		says(t, r, "Warning", all[0].ID)
	case "":
		ends(t, r, 1)
		says(t, r, "import")
		denies(t, r, "nothing was changed")
	default:
		t.Errorf("in state: %v", c.ids(t))
	}
}
