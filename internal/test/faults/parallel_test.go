package faults

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// Two hundred concurrent creates, of which every other request fails, create two hundred destinations, although the API does not honor
// Idempotency-Key.
func TestParallelCreates(t *testing.T) {
	t.Parallel()
	c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true}, `
  max_retries    = 20
  max_retry_wait = "1s"`, `
resource "talonic_delivery_destination" "test" {
  count = 200
  name  = "hook ${count.index}"

  webhook {
    url = "https://api.example.com/ingest"
    auth_bearer {
      token_wo = "token ${count.index}"
    }
  }
}`)
	c.api.Inject(
		emulator.Fault{Kind: emulator.LostResponse, Operation: "create", Percent: 30},
		emulator.Fault{Kind: emulator.RateLimited, Percent: 10},
		emulator.Fault{Kind: emulator.Unavailable, Percent: 10},
	)
	c.Apply("-parallelism=50")

	known := map[string]string{} // addresses by id
	for address, id := range c.ids(t) {
		if other, twice := known[id]; twice {
			t.Errorf("%s and %s are both %s", address, other, id)
		}
		known[id] = address
	}
	stored := c.api.Destinations()
	if len(stored) != 200 || len(known) != 200 {
		t.Errorf("%d destinations at the API and %d in state, not 200", len(stored), len(known))
	}
	for _, d := range stored {
		if known[d.ID] == "" {
			t.Errorf("an orphan: %s (%s)", d.Name, d.ID)
		}
	}
	counts := map[emulator.FaultKind]int{}
	for _, r := range c.api.Requests() {
		counts[r.Fault]++
	}
	t.Logf("requests by fault: %v", counts)

	c.api.ClearFaults()
	c.PlanEmpty()
}
