package faults

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

const oursAsBinding = `
resource "talonic_delivery_binding" "ours" {
  name              = "shared"
  deliverable_type  = "pipeline.capture"
  destination_id    = "` + targetID + `"
  serializer_format = "json"
  signal_filter {
    event_type = "document.extracted"
    match      = jsonencode({ source_id = "3f0d" })
  }
}
`

// theirBinding returns a binding of another pipeline that looks like ours.
func theirBinding() emulator.Binding {
	return emulator.Binding{
		ID: "22222222-2222-4222-8222-222222222222", Name: "shared", DeliverableType: "pipeline.capture", DestinationID: targetID,
		SerializerFormat: "json", IsActive: true, SignalFilter: map[string]any{"event_type": event, "match": map[string]any{"source_id": "3f0d"}},
	}
}

// bindings returns the complete stored form of each binding, by ID.
func (c cli) bindings() map[string]string { return bindings.objects(c.api) }

// If the API did not execute a create of a binding, the provider does not adopt a binding that another pipeline created at the same moment,
// unless the two are indistinguishable.
func TestSecondPipelineOfBindings(t *testing.T) {
	t.Parallel()
	for what, change := range map[string]func(*emulator.Binding){
		"nothing":                 func(*emulator.Binding) {},
		"another filter":          func(b *emulator.Binding) { b.SignalFilter["match"] = map[string]any{"source_id": "9c1e"} },
		"another format":          func(b *emulator.Binding) { b.SerializerFormat = "ndjson" },
		"more in its policy":      func(b *emulator.Binding) { b.DeliveryPolicy = map[string]any{"max_attempts": 2} },
		"paused":                  func(b *emulator.Binding) { b.IsActive = false },
		"a name in another form":  func(b *emulator.Binding) { b.Name = "Shared" },
		"created before we began": func(b *emulator.Binding) { b.CreatedAt = time.Now().Add(-time.Minute) },
	} {
		for _, inPart := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, lists in part: %t", what, inPart), func(t *testing.T) {
				t.Parallel()
				c := newCLI(t, emulator.Behavior{IgnoreIdempotencyKey: true, FillDefaults: !inPart, ListWithoutConfig: inPart}, quick+"\n  validate_with_catalog = false", oursAsBinding)
				c.api.Add(emulator.Destination{ID: targetID, Name: "target", Type: "webhook", IsActive: true})
				theirs := theirBinding()
				change(&theirs)
				var creates atomic.Int32
				c.api.OnRequest(func(r emulator.Request) {
					if r.Operation == "create-binding" && creates.Add(1) == 1 {
						c.api.AddBinding(theirs)
					}
				})
				c.api.Inject(emulator.Fault{Kind: emulator.Unavailable, Operation: "create-binding", Times: 1})
				r := c.Run("apply", "-auto-approve")
				before := c.bindings()[theirs.ID]
				switch ours := c.ids(t)["ours"]; {
				case what == "nothing":
					ends(t, r, 0)
					says(t, r, "Warning", theirs.ID)
					if ours != theirs.ID || len(c.bindings()) != 1 {
						t.Errorf("in state: %q, at the API: %v", ours, c.bindings())
					}
					c.PlanEmpty()
					return
				case ours == theirs.ID:
					t.Errorf("it has taken over theirs:\n%s", r)
				case ours == "":
					ends(t, r, 1)
					says(t, r, theirs.ID, "terraform import")
				default:
					ends(t, r, 0)
					if len(c.bindings()) != 2 {
						t.Errorf("at the API: %v", c.bindings())
					}
				}
				if before == "" {
					t.Fatal("theirs is not there")
				}
				c.Destroy()
				if c.bindings()[theirs.ID] != before {
					t.Errorf("theirs is not as it was: %q, before: %q", c.bindings()[theirs.ID], before)
				}
			})
		}
	}
}
