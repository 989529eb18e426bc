package binding_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// routing returns a binding with these parts.
func routing(event, deliverable, serializer, destination string) string {
	return fmt.Sprintf(`  name              = "test"
  deliverable_type  = %q
  destination_id    = %s
  serializer_format = %q

  signal_filter {
    event_type = %q
  }
`, deliverable, destination, serializer, event)
}

const (
	toHook  = `"` + hookID + `"`
	toSheet = `"` + sheetID + `"`
)

// incompatible holds bindings that the API rejects by its six predicates.
var incompatible = map[string]string{
	"event_type":  routing("document.extractd", "markdown", "md", toHook),
	"deliverable": routing("document.extracted", "markdwn", "md", toHook),
	"serializer":  routing("document.extracted", "markdown", "mdx", toHook),
	"shape":       routing("document.extracted", "markdown", "csv", toHook),
	"connector":   routing("document.extracted", "pipeline.capture", "json", toSheet),
	"signal":      routing("run.dataspace.completed", "markdown", "md", toHook),
	"stub":        routing("document.extracted", "run.report", "md", toHook),
	"destination": routing("document.extracted", "markdown", "md", `"99999999-9999-4999-8999-999999999999"`),
}

// The plan rejects what the API would reject, on the argument at fault, and lists compatible values.
func TestIncompatible(t *testing.T) {
	t.Parallel()
	for name, arguments := range incompatible {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := withDestinations(t, emulator.Behavior{})
			w := a.workspace(t, arguments)
			acctest.Golden(t, "incompatible/"+name, w.Normalize(w.MustFail("plan").Stderr))
			if writes := a.writes(); len(writes) > 0 {
				t.Errorf("writes: %s", writes)
			}
		})
	}
}

// If a binding contradicts the catalogs but no documented check, the plan only warns: the API decides.
func TestDoubtfulKind(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/catalog/connectors") {
			_, _ = io.WriteString(w, `{"data":[{"type":"webhook","supported_serializers":["json"],"supported_deliverable_kinds":["graph"]}]}`)
			return
		}
		a.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	w := api{a.Emulator, server.URL}.workspace(t, routing("document.extracted", "pipeline.capture", "json", toHook))
	if out := w.Apply().Output(); !strings.Contains(unwrapped(out), "Warning: API may reject the delivery binding") || !strings.Contains(out, "validate_with_catalog") {
		t.Errorf("it is not warned of:\n%s", out)
	}
	w.PlanEmpty()
}

// Without the catalogs, the same configurations can be planned with one warning, and the API rejects them at apply.
func TestWithoutCatalogs(t *testing.T) {
	t.Parallel()
	const warning = "Warning: Delivery bindings are not fully checked"
	for name, c := range map[string]struct {
		behavior emulator.Behavior
		fault    emulator.FaultKind
		off      bool
		refused  []string // by the API; all if empty
	}{
		"500":           {fault: emulator.ServerError},
		"HTML":          {fault: emulator.HTMLBody},
		"no catalog":    {fault: emulator.NotFoundPage},
		"another shape": {fault: emulator.EmptyObject},
		"turned off":    {off: true},
		"only names":    {behavior: emulator.Behavior{Catalog: emulator.CatalogNames}, refused: []string{"shape", "connector", "signal", "stub"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := withDestinations(t, c.behavior)
			if c.fault != "" {
				a.Inject(emulator.Fault{Kind: c.fault, Path: "/v1/delivery/catalog/"})
			}
			var hcl strings.Builder
			names := c.refused
			for name := range incompatible {
				if c.refused == nil && (name != "destination" || c.off) {
					names = append(names, name)
				}
			}
			for _, name := range names {
				fmt.Fprintf(&hcl, "resource \"talonic_delivery_binding\" %q {\n%s}\n", name, strings.Replace(incompatible[name], `"test"`, `"`+name+`"`, 1))
			}
			configuration := a.using(hcl.String())
			if c.off {
				configuration = strings.Replace(configuration, "max_retries =", "validate_with_catalog = false\n  max_retries =", 1)
			}
			w := a.workspaceOf(t, "")
			w.Write("main.tf", configuration)
			warnings := 1
			if c.off {
				warnings = 0
			}
			if out := w.Plan().Output(); strings.Count(out, warning) != warnings {
				t.Errorf("%d warnings, not %d:\n%s", strings.Count(out, warning), warnings, out)
			}
			if got, asked := a.requests()["GET catalog"], !c.off; asked && got > 4 || !asked && got != 0 {
				t.Errorf("%d requests for catalogs", got)
			}
			out := unwrapped(w.MustFail("apply", "-auto-approve").Output())
			for _, name := range names {
				argument := map[string]string{
					"event_type": "event_type = ", "signal": "event_type = ", "deliverable": "deliverable_type = ", "stub": "deliverable_type = ",
					"destination": "destination_id = ",
				}[name]
				if argument == "" {
					argument = "serializer_format = "
				}
				refusal := ""
				for block := range strings.SplitSeq(out, "Error: Cannot create delivery binding") {
					if strings.Contains(block, "Delivery binding \""+name+"\": ") {
						refusal = block
					}
				}
				if refusal, _, _ = strings.Cut(refusal, "Nothing was changed."); !strings.Contains(refusal, ": "+argument) || !strings.Contains(refusal, "400") {
					t.Errorf("%s: not on %s:\n%s", name, argument, out)
				}
			}
		})
	}
}

// The one warning names the catalogs that could not be read.
func TestDoubtsInPlan(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	a.Inject(emulator.Fault{Kind: emulator.ServerError, Path: "/v1/delivery/catalog/signals"}, emulator.Fault{Kind: emulator.BadGateway, Path: "/v1/delivery/catalog/connectors"})
	w := a.workspace(t, minimal)
	acctest.Golden(t, "plan/doubts", withoutVolatile(w.Normalize(w.Plan().Output())))
}

// Plans read the catalogs only if there is something to write.
func TestRequestsOfPlans(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	w := a.workspace(t, minimal)
	expect := func(what string, want map[string]int) {
		t.Helper()
		if diff := cmp.Diff(want, a.requests()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", what, diff)
		}
	}
	w.Plan()
	expect("plan of a create", map[string]int{"GET catalog": 4, "GET one of destinations": 1})
	w.Apply()
	a.requests()
	w.PlanEmpty()
	expect("plan without a change", map[string]int{"GET one of bindings": 1})
	w.MustRun("plan", "-destroy")
	expect("plan of a destroy", map[string]int{"GET one of bindings": 1})
	a.SetBehavior(func(b *emulator.Behavior) { b.RefuseUnknownKeys = true })
	w.Write("main.tf", strings.Replace(a.configuration(strings.Replace(minimal, `"extracted"`, `"renamed"`, 1)),
		"max_retries =", "validate_with_catalog = false\n  max_retries =", 1))
	w.Apply()
	// The second read is for is_active, which the update repeats.
	expect("an update without catalogs", map[string]int{"GET one of bindings": 2, "PUT one of bindings": 1})
	w.Destroy()
	expect("a destroy", map[string]int{"GET one of bindings": 1, "DELETE one of bindings": 1})
}

// A refresh costs one list request for bindings and one for destinations, for any number of them.
func TestRequestsForMany(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspaceOf(t, `
resource "talonic_delivery_destination" "test" {
  count = 30
  name  = "hook ${count.index}"

  webhook {
    url = "https://api.example.com/${count.index}"
  }
}

resource "talonic_delivery_binding" "test" {
  count             = 300
  name              = "binding ${count.index}"
  deliverable_type  = "pipeline.capture"
  destination_id    = talonic_delivery_destination.test[count.index % 30].id
  serializer_format = "json"

  signal_filter {
    event_type = "document.extracted"
  }
}
`)
	w.Apply()
	got := a.requests()
	if got["POST bindings"] != 300 || got["POST destinations"] != 30 || got["GET catalog"] > 8 || got["GET one of destinations"]+got["GET destinations"] > 31 {
		t.Errorf("creates: %v", got)
	}
	w.PlanEmpty("-parallelism=50")
	want := map[string]int{"GET bindings": 1, "GET destinations": 1}
	again := acctest.Rereads(a.Requests(), kindOf)
	got = acctest.WithoutRereads(want, a.requests(), again)
	for kind, list := range map[string]string{"GET one of bindings": "GET bindings", "GET one of destinations": "GET destinations"} {
		if got[kind] <= 1+again[list] {
			delete(got, kind) // on a busy machine, the first read may not be merged with others
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("a plan (-want +got):\n%s", diff)
	}
}
