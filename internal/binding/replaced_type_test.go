package binding_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

const intoSheet = `
  custom {
    type   = "google_sheets"
    config = jsonencode({ spreadsheet_id = "sheet" })
  }
`

// andBucket adds another destination, of a type that accepts JSON.
const andBucket = `
resource "talonic_delivery_destination" "second" {
  name = "second"
` + toBucket + `}
`

// A binding whose destination is replaced is checked with the type of the replacement, before anything is deleted.
func TestReplacedByIncompatibleType(t *testing.T) {
	t.Parallel()
	const (
		refused   = "Destination does not support the serializer"
		lifecycle = "\n  lifecycle {\n    create_before_destroy = true\n  }\n"
	)
	moved := func(hcl string) string {
		return strings.ReplaceAll(hcl, "= talonic_delivery_destination.test.id", "= talonic_delivery_destination.second.id")
	}
	for name, c := range map[string]struct {
		before, after string
		args          []string
		want          string // part of the plan's output
		fails         bool
	}{
		"destroyed first": {replaced(toWebhook, ""), replaced(intoSheet, ""), nil, "Error: " + refused, true},
		"created first":   {replaced(toWebhook, lifecycle), replaced(intoSheet, lifecycle), nil, "Error: " + refused, true},
		"with another one that would do": {
			replaced(toWebhook, ""), replaced(intoSheet, "") + andBucket, nil, "Warning: " + refused, false,
		},
		// Whether there is a warning depends on which of the two destinations the CLI plans first.
		"moved to another one": {replaced(toWebhook, ""), moved(replaced(intoSheet, "")) + andBucket, nil, "", false},
		"with -replace, and another serializer": {
			replaced(toWebhook, ""), strings.Replace(replaced(toWebhook, ""), `"json"`, `"rows"`, 1),
			[]string{"-replace=talonic_delivery_destination.test"}, "Error: " + refused, true,
		},
		"without the catalogs": {replaced(toWebhook, ""), replaced(intoSheet, ""), nil, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspaceOf(t, c.before)
			w.Apply()
			using := a.using(c.after)
			if name == "without the catalogs" {
				using = strings.Replace(using, "max_retries = 0", "validate_with_catalog = false", 1)
			}
			w.Write("main.tf", using)
			a.ResetRequests()
			result := w.Run(append([]string{"plan"}, c.args...)...)
			if out := unwrapped(result.Output()); (result.ExitCode != 0) != c.fails || !strings.Contains(out, c.want) {
				t.Errorf("the plan (to fail: %t) does not say %q:\n%s", c.fails, c.want, out)
			}
			if !c.fails {
				return
			}
			w.MustFail(append([]string{"apply", "-auto-approve"}, c.args...)...)
			if writes := a.writes(); len(writes) > 0 || len(a.Bindings()) != 2 {
				t.Errorf("%d bindings are left, writes: %s", len(a.Bindings()), writes)
			}
		})
	}
}

// The same holds for the kind of its deliverable, although the API does not document that check: a mistake would delete existing
// bindings.
func TestReplacedByTypeOfAnotherKind(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/catalog/connectors") {
			_, _ = io.WriteString(w, `{"data":[{"type":"webhook"},{"type":"s3","supported_deliverable_kinds":["graph"]}]}`)
			return
		}
		a.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	a = api{a.Emulator, server.URL}
	w := a.workspaceOf(t, replaced(toWebhook, ""))
	w.Apply()
	w.Write("main.tf", a.using(replaced(toBucket, "")))
	if out := unwrapped(w.MustFail("plan").Output()); !strings.Contains(out, "Error: API may reject the delivery binding") {
		t.Errorf("the plan does not refuse it:\n%s", out)
	}
}

// Each provider alias runs in its own process and does not know the destinations of others. It must not reject a valid plan.
func TestReplacedUnderAnotherAlias(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	aliased := func(hcl string) string {
		provider := strings.Replace(a.using(""), `provider "talonic" {`, "provider \"talonic\" {\n  alias = \"other\"", 1)
		const resource = `resource "talonic_delivery_binding" "test" {`
		return a.using(provider + strings.Replace(hcl, resource, resource+"\n  provider = talonic.other", 1))
	}
	w := a.workspaceOf(t, "")
	w.Write("main.tf", aliased(replaced(toWebhook, "")))
	w.Apply()
	w.Write("main.tf", aliased(strings.Replace(replaced(intoSheet, ""), `"json"`, `"rows"`, 1)))
	w.Apply()
	if n := len(a.Bindings()); n != 2 {
		t.Errorf("%d bindings", n)
	}
	w.PlanEmpty()
}

// A binding that moves while its old destination is replaced is created for the new one.
func TestMovedWhileReplaced(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspaceOf(t, replaced(toWebhook, ""))
	w.Apply()
	w.Write("main.tf", a.using(strings.ReplaceAll(replaced(intoSheet, ""), "= talonic_delivery_destination.test.id", "= talonic_delivery_destination.second.id")+andBucket))
	w.Apply()
	if n := len(a.Bindings()); n != 2 {
		t.Errorf("%d bindings", n)
	}
	w.PlanEmpty()
}

// With create_before_destroy on both, no event is lost: from the first request of the apply to the last, every event has a binding whose
// destination exists.
func TestCreateBeforeDestroyLosesNothing(t *testing.T) {
	t.Parallel()
	const lifecycle = "\n  lifecycle {\n    create_before_destroy = true\n  }\n"
	onBoth := func(connector string) string {
		hcl := replaced(connector, lifecycle)
		end := strings.LastIndex(hcl, "\n}")
		return hcl[:end] + lifecycle + hcl[end:]
	}
	e := emulator.New(emulator.Behavior{})
	var lost, watching atomic.Bool
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e.ServeHTTP(w, r)
		if watching.Load() && !routed(e, "document.extracted", "result.approved") {
			lost.Store(true)
		}
	}))
	t.Cleanup(server.Close)
	a := api{e, server.URL}
	w := a.workspaceOf(t, onBoth(toWebhook))
	w.Apply()
	watching.Store(true)
	w.Write("main.tf", a.using(onBoth(toBucket)))
	if out := unwrapped(w.Plan().Output()); !strings.Contains(out, "By default, Terraform deletes the old binding first") {
		t.Errorf("the plan is not true of both orders:\n%s", out)
	}
	w.Apply()
	if lost.Load() {
		t.Error("there was a moment without a binding for each event")
	}
	if d := e.Destinations(); len(d) != 1 || d[0].Type != "s3" || len(e.Bindings()) != 2 {
		t.Errorf("%+v, and %d bindings", d, len(e.Bindings()))
	}
	w.PlanEmpty()
}

// routed reports whether each of these events has a binding to an existing destination.
func routed(e *emulator.Emulator, events ...string) bool {
	destinations, bindings := e.Destinations(), e.Bindings()
	return !slices.ContainsFunc(events, func(event string) bool {
		return !slices.ContainsFunc(bindings, func(b emulator.Binding) bool {
			return b.SignalFilter["event_type"] == event && b.IsActive &&
				slices.ContainsFunc(destinations, func(d emulator.Destination) bool { return d.ID == b.DestinationID && d.IsActive })
		})
	})
}
