package faulttest

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

const twoInTurn = `
resource "talonic_delivery_destination" "first" {
  name = "first"
  webhook {
    url = "https://api.example.com/ingest"
  }
}

resource "talonic_delivery_destination" "second" {
  name = "second"
  webhook {
    url = "https://api.example.com/ingest"
  }
  depends_on = [talonic_delivery_destination.first]
}
`

// An interrupt ends whatever the provider waits for at once, and what was created before is in state.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there are no signals on Windows")
	}
	second := func(kind emulator.FaultKind) emulator.Fault {
		return emulator.Fault{Kind: kind, Operation: "create", After: 1, RetryAfter: 50 * time.Second}
	}
	for name, c := range map[string]struct {
		settings string
		faults   []emulator.Fault
		requests int // after which the interrupt comes
		stored   int // at the API then
	}{
		"in a request":                     {"", []emulator.Fault{second(emulator.Hang)}, 2, 1},
		"in a request that was executed":   {"", []emulator.Fault{second(emulator.HangAfter)}, 2, 2},
		"in the middle of a body":          {"", []emulator.Fault{second(emulator.SlowBody)}, 2, 2},
		"before a retry":                   {"", []emulator.Fault{second(emulator.RateLimited)}, 2, 1},
		"before a look for what was lost":  {"", []emulator.Fault{second(emulator.Unavailable)}, 2, 1},
		"in the look for what was lost":    {"", []emulator.Fault{second(emulator.LostResponse), {Kind: emulator.Hang, Operation: "list"}}, 3, 2},
		"in the limit of requests":         {"requests_per_second = 0.02", nil, 1, 1},
		"in a retry with a spent patience": {`max_retry_wait = "50s"`, []emulator.Fault{second(emulator.RateLimitedISO)}, 2, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newCLI(t, emulator.Behaviour{}, c.settings, twoInTurn)
			w.api.Inject(c.faults...)

			command := w.Start("apply", "-auto-approve")
			isAt := func() bool { return len(w.api.Requests()) >= c.requests && command.HasPrinted("second: Creating...") }
			for deadline := time.Now().Add(time.Minute); !isAt() && time.Now().Before(deadline); {
				time.Sleep(10 * time.Millisecond)
			}
			time.Sleep(200 * time.Millisecond) // for the answer to arrive, if there is one
			begin := time.Now()
			command.Interrupt()
			result := command.Wait()

			// Much of this is the CLI's own, and other tests run at the same time.
			if took := time.Since(begin); took > 5*time.Second {
				t.Errorf("it took %s to end:\n%s", took, result)
			} else {
				t.Logf("it took %s", took)
			}
			if result.ExitCode != 1 {
				t.Errorf("%s", result)
			}
			stored := w.api.Destinations()
			if len(stored) != c.stored {
				t.Fatalf("%d destinations at the API, not %d", len(stored), c.stored)
			}
			if ids := w.ids(t); ids["first"] != stored[0].ID || len(ids) != 1 {
				t.Errorf("in state: %v", ids)
			}
			said := strings.Join(strings.Fields(result.Stderr), " ") // the CLI breaks lines
			if c.stored == 2 && !strings.Contains(said, "terraform import ") {
				t.Errorf("it does not say how to import what may be there:\n%s", result)
			}
			if !strings.Contains(said, `"second"`) {
				t.Errorf("it does not name the destination:\n%s", result)
			}
			for _, untrue := range []string{"could not be reached", "looked for and not found"} {
				if strings.Contains(said, untrue) {
					t.Errorf("it says %q, which is not why it ended:\n%s", untrue, said)
				}
			}
		})
	}
}
