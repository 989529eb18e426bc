package destination_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// receiver accepts deliveries, or rejects them.
type receiver struct {
	url    string
	status atomic.Int64
}

func newReceiver(t *testing.T, status int) *receiver {
	t.Helper()
	r := &receiver{}
	r.status.Store(int64(status))
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(int(r.status.Load())) }))
	t.Cleanup(server.Close)
	r.url = server.URL
	return r
}

// hook returns a webhook that delivers to the receiver.
func (r *receiver) hook(more string) string {
	return "name = \"hook\"\nwebhook {\n  url = \"" + r.url + "\"\n}\n" + more
}

// checked is a check of the destination.
const checked = `
check "delivery" {
  data "talonic_delivery_destination_test" "test" {
    destination_id = talonic_delivery_destination.test.id
  }

  assert {
    condition     = data.talonic_delivery_destination_test.test.success
    error_message = data.talonic_delivery_destination_test.test.message
  }
}
`

// notTainted fails the test if the CLI would re-create the destination.
func notTainted(t *testing.T, w *acctest.Workspace) {
	t.Helper()
	if state := string(w.State()); strings.Contains(state, "tainted") || !strings.Contains(state, `"talonic_delivery_destination"`) {
		t.Errorf("the destination is tainted, or not there:\n%s", state)
	}
}

// A failed check only causes a warning.
func TestCheckOfNewDestination(t *testing.T) {
	t.Parallel()
	a, r := newAPI(t, emulator.Behavior{}), newReceiver(t, http.StatusUnauthorized)
	w := a.workspace(t, "")
	w.Write("main.tf", a.configuration(r.hook(""))+checked)

	out := unwrapped(w.Apply().Output())
	for _, want := range []string{
		`Connectivity test failed`, `The API reported "endpoint refused the credentials" (HTTP status 401, after`, r.url,
		"The receiver rejects the credentials.", "Check block assertion failed", "Apply complete! Resources: 1 added",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
	notTainted(t, w)
	if tests := a.tests(); tests != 1 {
		t.Errorf("%d tests, not one after the create", tests)
	}

	// Every plan and every apply runs checks again; the plan shows nothing else.
	r.status.Store(http.StatusNoContent)
	out = unwrapped(w.Plan().Output())
	if !strings.Contains(out, "0 to add, 0 to change, 0 to destroy") || strings.Contains(out, "failed") {
		t.Errorf("plan:\n%s", out)
	}

	// Inside a check, a test that cannot be run is a warning, too.
	a.Inject(emulator.Fault{Kind: emulator.ServerErrorFinal, Operation: "test"})
	out = unwrapped(w.Apply().Output())
	if !strings.Contains(out, "Cannot test delivery destination") || !strings.Contains(out, "Apply complete!") {
		t.Errorf("apply:\n%s", out)
	}
	notTainted(t, w)
	w.Destroy()
}

// The documentation quotes what a check prints.
func TestCheckPrints(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook(""))
	w.Apply()
	w.PlanEmpty()
	if tests := a.tests(); tests != 0 {
		t.Errorf("%d tests, although nothing asks for one", tests)
	}
	id := a.only(t).ID
	a.SetTestOutcome(id, emulator.TestOutcome{HTTPStatus: 401, DurationMs: 212, Message: "endpoint refused the credentials"})
	w.Write("main.tf", a.configuration(hook(""))+checked)
	out := w.Normalize(w.Apply().Output(), id, "<id>")
	acctest.Golden(t, "probe/check", out[strings.Index(out, "Warning: Connectivity test failed"):])
	if tests := a.tests(); tests != 2 {
		t.Errorf("%d tests, not one to plan and one to apply", tests)
	}
}

// A condition turns a failed test into an error, before anything that depends on the destination changes.
func TestConditionOnProbe(t *testing.T) {
	t.Parallel()
	a, r := populated(t, emulator.Behavior{}), newReceiver(t, http.StatusNoContent)
	a.Edit(hookID, func(d *emulator.Destination) { d.Config["url"] = r.url })
	w := a.lookingWorkspace(t, `
		data "talonic_delivery_destination_test" "test" {
			destination_id = "`+hookID+`"
		}
		resource "terraform_data" "relies" {
			input = "a"
			lifecycle {
				precondition {
					condition     = data.talonic_delivery_destination_test.test.success
					error_message = "No deliveries: ${data.talonic_delivery_destination_test.test.message}"
				}
			}
		}
	`)
	w.Apply()
	w.PlanEmpty()
	r.status.Store(http.StatusServiceUnavailable)
	out := unwrapped(w.MustFail("plan").Output())
	for _, want := range []string{"No deliveries: endpoint responded with 503 Service Unavailable", `Connectivity test failed`} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
}

// triggered configures a test after the destination is created or changed.
const (
	trigger = `
lifecycle {
  action_trigger {
    events  = [after_create, after_update]
    actions = [action.talonic_delivery_destination_test.test]
  }
}
`
	triggered = `
action "talonic_delivery_destination_test" "test" {
  config {
    destination_id = caller.id
  }
}
`
)

// The action tests a destination after a change and on demand. Its result does not affect the destination.
func TestAction(t *testing.T) {
	t.Parallel()
	a, r := newAPI(t, emulator.Behavior{}), newReceiver(t, http.StatusUnauthorized)
	w := a.workspace(t, "")
	configure := func(arguments string) { w.Write("main.tf", a.configuration(r.hook(arguments+trigger))+triggered) }
	configure("")
	if !acctest.TestedCLI(t).Knows(triggered) {
		if out := w.MustFail("validate").Output(); !strings.Contains(out, `Blocks of type "action" are not expected here`) {
			t.Errorf("refused otherwise:\n%s", out)
		}
		return
	}
	expect := func(r acctest.Result, tests int, wanted ...string) {
		t.Helper()
		out := unwrapped(r.Output())
		for _, want := range wanted {
			if !strings.Contains(out, want) {
				t.Errorf("%q is not said:\n%s", want, r.Output())
			}
		}
		notTainted(t, w)
		if got := a.tests(); got != tests {
			t.Errorf("%d tests, not %d", got, tests)
		}
		a.ResetRequests()
	}

	expect(w.Apply(), 1, `Connectivity test failed. Delivery destination "hook": The API reported "endpoint refused the credentials" (HTTP status 401`,
		"The receiver rejects the credentials.", "Apply complete! Resources: 1 added")
	expect(w.PlanEmpty(), 0)

	const byHand = "-invoke=action.talonic_delivery_destination_test.test"
	expect(w.Apply(byHand), 1, "Warning: Connectivity test failed", "Actions: 1 invoked")

	r.status.Store(http.StatusNoContent)
	configure("payload_cap_bytes = 1000\n")
	expect(w.Apply(), 1, `The test succeeded. The API reported "Destination is reachable" (HTTP status 204`, "1 changed")

	// Only a test that cannot be run ends the apply.
	a.Inject(emulator.Fault{Kind: emulator.ServerErrorFinal, Operation: "test"})
	configure("payload_cap_bytes = 2000\n")
	expect(w.MustFail("apply", "-auto-approve"), 1, "Error: Cannot test delivery destination", "cannot tell whether the API can reach the destination")
	if limit := a.only(t).PayloadCapBytes; limit != 2000 {
		t.Errorf("the destination was not changed: payload_cap_bytes is %d", limit)
	}
	expect(w.PlanEmpty(), 0)
}
