package binding_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// A binding that is paused outside Terraform between plan and apply stays paused if the configuration does not set is_active.
func TestPausedBetweenPlanAndApply(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	w := a.workspace(t, minimal)
	w.Apply()
	w.Write("main.tf", a.configuration(strings.Replace(minimal, `"extracted"`, `"renamed"`, 1)))
	w.MustRun("plan", "-out=saved")
	a.edit(t, func(b *emulator.Binding) { b.IsActive = false })
	if out := unwrapped(w.MustFail("apply", "saved").Output()); !strings.Contains(out, "Nothing was changed") {
		t.Errorf("it is not said what happened:\n%s", out)
	}
	// A value that cannot be read may have changed, too.
	a.Inject(emulator.Fault{Kind: emulator.Unavailable, Operation: "read-binding"})
	w.MustFail("apply", "saved")
	a.ClearFaults()
	if b := a.only(t); b.IsActive || b.Name != "extracted" {
		t.Errorf("the API has %+v", b)
	}
	w.Apply()
	if b := a.only(t); b.IsActive || b.Name != "renamed" {
		t.Errorf("after another apply, the API has %+v", b)
	}
	w.PlanEmpty()
}

// rewriting starts an API that has destinations, and changes the bodies of its responses.
func rewriting(t *testing.T, change func(r *http.Request, body []byte) []byte) api {
	t.Helper()
	a := withDestinations(t, emulator.Behavior{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		recorder := httptest.NewRecorder()
		a.ServeHTTP(recorder, r)
		w.Header().Set("Content-Type", recorder.Header().Get("Content-Type"))
		w.WriteHeader(recorder.Code)
		_, _ = w.Write(change(r, recorder.Body.Bytes()))
	}))
	t.Cleanup(server.Close)
	a.url = server.URL
	return a
}

// The response to an update shows the binding as it was before the update. A read confirms the update.
func TestUpdateWithOldResponse(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{UpdateReturnsOld: true})
	w := a.workspace(t, minimal)
	w.Apply()
	w.Write("main.tf", a.configuration(strings.Replace(minimal, `"extracted"`, `"renamed"`, 1)))
	w.Apply()
	w.PlanEmpty()
	if b := a.Bindings(); len(b) != 1 || b[0].Name != "renamed" {
		t.Errorf("%+v", b)
	}
}

// If no argument can hold a value in the response to a create, the state has the planned values, so that a destroy without a refresh deletes
// the binding.
func TestUnreadableValueInCreate(t *testing.T) {
	t.Parallel()
	a := rewriting(t, func(_ *http.Request, body []byte) []byte {
		return bytes.ReplaceAll(body, []byte(`{"gzip":true}`), []byte(`"gzip"`))
	})
	w := a.workspace(t, minimal+"\n  serializer_config = jsonencode({ gzip = true })")
	out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
	for _, want := range []string{"serializer_config is a string", "The binding was created, and Terraform marks it as tainted", "-refresh=false"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not said:\n%s", want, out)
		}
	}
	if state := string(w.State()); !strings.Contains(state, `"event_type"`) {
		t.Errorf("the planned values are not in state:\n%s", state)
	}
	w.Destroy("-refresh=false")
	if n := len(a.Bindings()); n != 0 {
		t.Errorf("%d bindings are left", n)
	}
}

// A list that lacks the last update of this configuration does not show a diff: the binding is read by ID.
func TestListOlderThanState(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	w := a.workspace(t, "count = 3\n"+minimal)
	w.Apply()
	time.Sleep(10 * time.Millisecond) // updated_at has milliseconds
	a.SetBehavior(func(b *emulator.Behavior) { b.ListLag = time.Minute })
	w.Write("main.tf", a.configuration("count = 3\n"+strings.Replace(minimal, `"extracted"`, `count.index == 1 ? "renamed" : "extracted"`, 1)))
	w.Apply()
	a.requests()
	w.PlanEmpty()
	if got := a.requests(); got["GET bindings"] != 1 || got["GET one of bindings"] != 1 {
		t.Errorf("the plan sent %v, not one list and one read", got)
	}
}
