package binding_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// replaced returns a destination with two bindings.
func replaced(connector, lifecycle string) string {
	return `
resource "talonic_delivery_destination" "test" {
  name = "archive"
` + connector + lifecycle + `
}

resource "talonic_delivery_binding" "test" {
  for_each          = toset(["document.extracted", "result.approved"])
  name              = each.key
  deliverable_type  = "pipeline.capture"
  destination_id    = talonic_delivery_destination.test.id
  serializer_format = "json"

  signal_filter {
    event_type = each.key
  }
}
`
}

const (
	toWebhook = `
  webhook {
    url = "https://api.example.com"
  }
`
	toBucket = `
  s3 {
    bucket = "acme-archive"
    region = "eu-central-1"
    auth_access_key {
      access_key_id        = "AKIAEXAMPLE"
      secret_access_key_wo = "secret"
    }
  }
`
)

// If a destination is replaced, the API also deletes its bindings. They are deleted before and re-created after it, and the plan shows
// that.
func TestReplacementOfDestination(t *testing.T) {
	t.Parallel()
	for name, lifecycle := range map[string]string{
		"destroyed first": "",
		"created first":   "\n  lifecycle {\n    create_before_destroy = true\n  }\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspaceOf(t, replaced(toWebhook, lifecycle))
			w.Apply()
			before := a.Bindings()
			w.Write("main.tf", a.using(replaced(toBucket, lifecycle)))

			plan := unwrapped(w.Plan().Output())
			for _, want := range []string{
				"3 to add, 0 to change, 3 to destroy", "(known after apply) # forces replacement",
				`Bindings are deleted with a delivery destination`, `Delivery binding is replaced`,
				"The API also deletes the destination's bindings",
			} {
				if !strings.Contains(plan, want) {
					t.Errorf("the plan does not say %q:\n%s", want, plan)
				}
			}
			a.ResetRequests()
			w.Apply()
			var order []string
			for _, r := range a.Requests() {
				if r.Method == "GET" {
					continue
				}
				if r.Status >= 300 {
					t.Errorf("%s %s: %d", r.Method, r.Path, r.Status)
				}
				kind, _, _ := strings.Cut(strings.TrimPrefix(r.Path, "/v1/delivery/"), "/")
				order = append(order, r.Method+" "+kind)
			}
			// Terraform 1.16.0 does not destroy what depends on an object that is created first, with any provider. The API then deletes
			// the old bindings with the old destination.
			forgotten := lifecycle != "" && !slices.Contains(order, "DELETE bindings")
			tooLate := slices.Contains(order[max(0, slices.Index(order, "DELETE destinations")):], "DELETE bindings")
			if len(order) != 6 && !forgotten || tooLate || slices.Index(order, "POST bindings") < slices.Index(order, "POST destinations") {
				t.Errorf("writes: %s", order)
			}
			after := a.Bindings()
			if len(after) != 2 {
				t.Fatalf("%d bindings, not 2", len(after))
			}
			for _, b := range after {
				was := slices.IndexFunc(before, func(old emulator.Binding) bool { return old.Name == b.Name })
				same := before[was]
				same.DestinationID = b.DestinationID
				if diff := cmp.Diff(stored(same), stored(b)); diff != "" || b.DestinationID != a.Destinations()[0].ID {
					t.Errorf("%s (-before +after):\n%s", b.Name, diff)
				}
			}
			w.PlanEmpty()
			a.ResetRequests()
			w.Destroy()
			if writes := a.writes(); slices.Contains(writes, "DELETE 404") {
				t.Errorf("the destroy: %s", writes)
			}
		})
	}
}

// A new destination replaces the binding, and the plan explains why.
func TestOtherDestination(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	w := a.workspace(t, minimal)
	w.Apply()
	id := a.only(t).ID
	w.Write("main.tf", a.configuration(strings.Replace(minimal, hookID, bucketID, 1)))
	acctest.Golden(t, "plan/replaced", withoutVolatile(w.Normalize(w.Plan("-refresh=false").Output(), id, "<id>")))
	w.Apply()
	if b := a.only(t); b.ID == id || b.DestinationID != bucketID {
		t.Errorf("not replaced: %+v", b)
	}
	w.PlanEmpty()
}
