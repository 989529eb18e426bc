package destination_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// driftCheck is the command of a nightly drift check.
var driftCheck = []string{"plan", "-refresh-only", "-detailed-exitcode"}

// deliver simulates deliveries to every destination, each of which also changes updated_at.
func (a api) deliver(times int) {
	for i := range times {
		at := time.Now().UTC().Add(time.Duration(i) * time.Second)
		for _, d := range a.Destinations() {
			a.Edit(d.ID, func(d *emulator.Destination) {
				d.LastDeliveryAt, d.LastDeliveryStatus = at, "succeeded"
			})
		}
	}
}

// noDrift fails the test if the drift check or a plan shows a diff.
func noDrift(t *testing.T, w *acctest.Workspace) {
	t.Helper()
	if r := w.Run(driftCheck...); r.ExitCode != 0 {
		t.Errorf("the drift check finds something:\n%s", r)
	}
	w.PlanEmpty()
}

// Deliveries are not drift, and the check costs one list request.
func TestTrafficIsQuiet(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, "count = 100\n"+hook(""))
	w.Apply()
	a.deliver(10)
	a.requests()
	if r := w.Run(driftCheck...); r.ExitCode != 0 {
		t.Errorf("1,000 deliveries are drift:\n%s", r)
	}
	a.expectRequestsOfMany(t, "requests", map[string]int{"GET list": 1})
	w.PlanEmpty()
}

// If another resource refers to a whole destination, a delivery between plan and apply does not fail the apply, and a later one shows no
// diff.
func TestWholeDestinationReferredTo(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook("", signed))
	const follower = "\nresource \"terraform_data\" \"follows\" {\n  triggers_replace = [talonic_delivery_destination.test]\n}\n"
	w.Write("follower.tf", follower)
	w.Apply()
	a.deliver(1)
	noDrift(t, w)
	w.Write("main.tf", a.configuration(strings.Replace(hook("", signed), `"hook"`, `"renamed"`, 1)))
	w.MustRun("plan", "-out=tfplan")
	a.deliver(2)
	w.MustRun("apply", "tfplan")
	a.deliver(3)
	noDrift(t, w)
}

// Everything else that changes is drift: the plan shows it, and what the next apply does.
func TestKindsOfDrift(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		arguments string
		outside   func(*emulator.Destination)
		next      int // exit code of the next plan
	}{
		"renamed":                  {hook(""), func(d *emulator.Destination) { d.Name = "elsewhere" }, 2},
		"another url":              {hook(""), func(d *emulator.Destination) { d.Config["url"] = "https://b.example.com" }, 2},
		"switched off":             {hook(""), func(d *emulator.Destination) { d.IsActive = false }, 0},
		"switched off, configured": {"is_active = true\n" + hook(""), func(d *emulator.Destination) { d.IsActive = false }, 2},
		"credentials lost":         {hook("", bearer), func(d *emulator.Destination) { d.HasAuthConfig = false }, 2},
		"key added":                {hook(""), func(d *emulator.Destination) { d.Config["retries"] = 3 }, 0},
		"header added":             {hook(""), func(d *emulator.Destination) { d.Config["headers"] = map[string]any{"X-Team": "erp"} }, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, c.arguments)
			w.Apply()
			a.deliver(1)
			a.Edit(a.only(t).ID, c.outside)
			r := w.Run(driftCheck...)
			if r.ExitCode != 2 {
				t.Fatalf("no drift: %s", r)
			}
			id := a.only(t).ID
			topic := "drift/" + strings.NewReplacer(" ", "_", ",", "").Replace(name)
			acctest.Golden(t, topic, driftText(w, r.Stdout, id))
			plan := w.Run("plan", "-detailed-exitcode")
			if plan.ExitCode != c.next {
				t.Errorf("%s, not %d", plan, c.next)
			}
			acctest.Golden(t, topic+"_plan", driftText(w, plan.Stdout, id))
			w.Apply()
			a.deliver(2)
			w.PlanEmpty()
		})
	}
}

// driftText returns the drift in the CLI's output, without what differs between runs and CLIs.
func driftText(w *acctest.Workspace, out, id string) string {
	if i := strings.Index(out, "\n─"); i >= 0 {
		out = out[:i]
	}
	out = w.Normalize(out, id, "<id>", "tofu apply", "terraform apply", " (current -> planned)", "")
	out = writeOnlyLine.ReplaceAllString(hiddenInBlocks.ReplaceAllString(out, ""), "")
	return timestamps.ReplaceAllString(out, "<time>")
}

// OpenTofu prints a line for each write-only argument of a changed block; Terraform counts it as hidden.
var writeOnlyLine = regexp.MustCompile(`\n +(~ \w+ += \(write-only attribute\)|# \(\d unchanged attributes? hidden\))`)

// A state from before a destination's first delivery shows no diff.
func TestOlderStateIsQuiet(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, hook(""))
	w.Apply()
	recorded := strings.ReplaceAll(string(w.State()), `"last_delivery_at": null`, `"last_delivery_at": "2026-01-02T03:04:05.000Z"`)
	recorded = strings.ReplaceAll(recorded, `"last_delivery_status": null`, `"last_delivery_status": "succeeded"`)
	if recorded == string(w.State()) {
		t.Fatal("the state has no such attributes")
	}
	w.Write("terraform.tfstate", recorded)
	a.deliver(3)
	noDrift(t, w)
}
