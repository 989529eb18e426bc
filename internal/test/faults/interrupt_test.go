package faults

import (
	"runtime"
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

// An interrupt ends every wait of the provider, and objects that were created before are in state. The client finishes and looks up a create
// that it has sent, within the time of one request, because the create would otherwise leave an orphan.
func TestInterrupt(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("there are no signals on Windows")
	}
	second := func(kind emulator.FaultKind) emulator.Fault {
		return emulator.Fault{Kind: kind, Operation: "create", After: 1, RetryAfter: 50 * time.Second, Delay: time.Second}
	}
	const (
		patient   = `request_timeout = "20s"`
		impatient = `request_timeout = "3s"`
	)
	for name, c := range map[string]struct {
		settings string
		faults   []emulator.Fault
		requests int           // the interrupt follows these requests
		stored   int           // objects in the API afterwards
		finished bool          // the created object is in state
		within   time.Duration // maximum duration
	}{
		"in a request":                     {impatient, []emulator.Fault{second(emulator.Hang)}, 2, 1, false, 3 * time.Second},
		"in a request that was executed":   {impatient, []emulator.Fault{second(emulator.HangAfter)}, 2, 2, false, 3 * time.Second},
		"in a request that takes long":     {patient, []emulator.Fault{second(emulator.LateResponse)}, 2, 2, true, time.Second},
		"in the middle of a body":          {impatient, []emulator.Fault{second(emulator.SlowBody)}, 2, 2, false, 3 * time.Second},
		"before a late body":               {patient, []emulator.Fault{second(emulator.LateBody)}, 2, 2, true, time.Second},
		"before a retry":                   {"", []emulator.Fault{second(emulator.RateLimited)}, 2, 1, false, 0},
		"before a look for what was lost":  {impatient, []emulator.Fault{second(emulator.Unavailable)}, 2, 1, false, 3 * time.Second},
		"in the look for what was lost":    {impatient, []emulator.Fault{second(emulator.LostResponse), {Kind: emulator.Hang, Operation: "list"}}, 3, 2, false, 3 * time.Second},
		"in a look that takes long":        {patient, []emulator.Fault{second(emulator.LostResponse), {Kind: emulator.LateBody, Operation: "list", Delay: time.Second}}, 3, 2, true, 2 * time.Second},
		"in the limit of requests":         {"requests_per_second = 0.02", nil, 1, 1, false, 0},
		"in a retry with a spent patience": {`max_retry_wait = "50s"`, []emulator.Fault{second(emulator.RateLimitedISO)}, 2, 1, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newCLI(t, emulator.Behavior{}, c.settings, twoInTurn)
			w.api.Inject(c.faults...)

			command := w.Start("apply", "-auto-approve")
			isAt := func() bool { return len(w.api.Requests()) >= c.requests && command.HasPrinted("second: Creating...") }
			for deadline := time.Now().Add(time.Minute); !isAt() && time.Now().Before(deadline); {
				time.Sleep(10 * time.Millisecond)
			}
			time.Sleep(200 * time.Millisecond) // for the response to arrive, if there is one
			begin := time.Now()
			command.Interrupt()
			result := command.Wait()

			// The CLI takes much of this time, and other tests run concurrently.
			if took := time.Since(begin); took > c.within+20*time.Second {
				t.Errorf("it took %s to end:\n%s", took, result)
			} else {
				t.Logf("it took %s", took)
			}
			stored := w.api.Destinations()
			if len(stored) != c.stored {
				t.Fatalf("%d destinations at the API, not %d\n%s", len(stored), c.stored, result)
			}
			ids := w.ids(t)
			if ids["first"] != stored[0].ID {
				t.Errorf("in state: %v", ids)
			}
			if c.finished || c.stored == 2 && len(ids) == 2 { // if the request timed out before the interrupt, there is time to adopt the result
				if ids["second"] != stored[1].ID {
					t.Errorf("in state: %v\n%s", ids, result)
				}
				return
			}
			if result.ExitCode != 1 || len(ids) != 1 {
				t.Errorf("in state: %v\n%s", ids, result)
			}
			if c.stored == 2 {
				says(t, result, "terraform import ")
			}
			says(t, result, `"second"`)
			denies(t, result, "could not be reached", "list does not contain the") // the run ended for a different reason
		})
	}
}
