package binding_test

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// minimal is a binding with only the required arguments.
const minimal = `
  name              = "extracted"
  deliverable_type  = "pipeline.capture"
  destination_id    = "` + hookID + `"
  serializer_format = "json"

  signal_filter {
    event_type = "document.extracted"
  }
`

// complete is a binding with every argument.
const complete = `
  name              = "approved"
  deliverable_type  = "pipeline.capture"
  destination_id    = "` + hookID + `"
  serializer_format = "ndjson"
  serializer_config = jsonencode({ gzip = true, level = 3 })
  resolver_config   = jsonencode({ null_handling = "omit_absent" })
  is_active         = false

  signal_filter {
    event_type = "result.approved"
    match      = jsonencode({ source_id = "3f0d", reviewed = true })
  }

  field_map {
    static = jsonencode({ origin = "talonic", tags = ["a"] })
    drop   = ["debug"]

    rule {
      source = "total"
      target = "amount"
    }

    rule {
      source = "id"
      target = "document_id"
    }
  }

  delivery_policy {
    max_attempts     = 5
    backoff_schedule = [1000, 5000, 20000]
    timeout_ms       = 15000

    rate_limit {
      rate_per_sec = 2.5
      capacity     = 10
    }
  }
`

// stored returns a binding as the API stores it, without what differs between runs.
func stored(b emulator.Binding) emulator.Binding {
	return emulator.Binding{
		Name: b.Name, SignalFilter: b.SignalFilter, DeliverableType: b.DeliverableType, DestinationID: b.DestinationID,
		SerializerFormat: b.SerializerFormat, SerializerConfig: b.SerializerConfig, ResolverConfig: b.ResolverConfig, FieldMap: b.FieldMap,
		DeliveryPolicy: b.DeliveryPolicy, IsActive: b.IsActive,
	}
}

var (
	minimalStored = emulator.Binding{
		Name: "extracted", SignalFilter: map[string]any{"event_type": "document.extracted"}, DeliverableType: "pipeline.capture",
		DestinationID: hookID, SerializerFormat: "json", IsActive: true,
	}
	completeStored = emulator.Binding{
		Name: "approved", DeliverableType: "pipeline.capture", DestinationID: hookID, SerializerFormat: "ndjson",
		SignalFilter:     map[string]any{"event_type": "result.approved", "match": map[string]any{"source_id": "3f0d", "reviewed": true}},
		SerializerConfig: map[string]any{"gzip": true, "level": 3.0},
		ResolverConfig:   map[string]any{"null_handling": "omit_absent"},
		FieldMap: map[string]any{
			"rules": []any{
				map[string]any{"source": "total", "target": "amount"},
				map[string]any{"source": "id", "target": "document_id"},
			},
			"static": map[string]any{"origin": "talonic", "tags": []any{"a"}},
			"drop":   []any{"debug"},
		},
		DeliveryPolicy: map[string]any{
			"max_attempts": 5.0, "backoff_schedule": []any{1000.0, 5000.0, 20000.0}, "timeout_ms": 15000.0,
			"rate_limit": map[string]any{"ratePerSec": 2.5, "capacity": 10.0},
		},
	}
)

// has checks the binding that the API stores.
func (a api) has(t *testing.T, want emulator.Binding) {
	t.Helper()
	if diff := cmp.Diff(want, stored(a.only(t))); diff != "" {
		t.Errorf("at the API (-want +got):\n%s", diff)
	}
}

// stateOf returns the attributes of the only resource in the state.
func stateOf(t *testing.T, w *acctest.Workspace) map[string]any {
	t.Helper()
	var state struct {
		Resources []struct {
			Instances []struct{ Attributes map[string]any }
		}
	}
	if err := json.Unmarshal(w.State(), &state); err != nil || len(state.Resources) != 1 || len(state.Resources[0].Instances) != 1 {
		t.Fatalf("no state of one resource: %v\n%s", err, w.State())
	}
	return state.Resources[0].Instances[0].Attributes
}

// importsAs imports the binding in a workspace of its own, and compares the state with another one, except for the text of static.
func (a api) importsAs(t *testing.T, arguments, id string, want map[string]any) {
	t.Helper()
	w := a.workspace(t, arguments)
	w.MustRun("import", address, id)
	static := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == `["static"]` }, cmp.Ignore())
	if diff := cmp.Diff(want, stateOf(t, w), static); diff != "" {
		t.Errorf("imported as %q (-want +got):\n%s", id, diff)
	}
}

// A binding from create to destroy: first with the required arguments, then with every argument, and back.
func TestLifecycle(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{RefuseUnknownKeys: true})
	w := a.workspace(t, minimal)
	w.Apply()
	a.has(t, minimalStored)
	id, state := a.only(t).ID, stateOf(t, w)
	if state["is_active"] != true || state["last_status"] != nil || state["created_at"] == nil {
		t.Errorf("the state is %v", state)
	}
	w.PlanEmpty()
	a.importsAs(t, minimal, id, state)

	w.Write("main.tf", a.configuration(complete))
	plan := w.Apply().Stdout
	for _, want := range []string{
		"# " + address + ` will be updated in-place`, `(?m)^ +id += "` + id + `"$`, `(?m)^ +~ updated_at += ".*" -> \(known after apply\)$`,
	} {
		if !regexp.MustCompile(want).MatchString(plan) {
			t.Errorf("the plan does not match %q:\n%s", want, plan)
		}
	}
	a.has(t, completeStored)
	if now := a.only(t).ID; now != id {
		t.Errorf("the binding was replaced: %s is now %s", id, now)
	}
	w.PlanEmpty()
	state = stateOf(t, w)
	a.importsAs(t, complete, id, state)

	w.Write("main.tf", a.configuration(minimal+"\n  is_active = true\n"))
	w.Apply()
	a.has(t, minimalStored)
	w.PlanEmpty()
	w.Destroy()
	if left := a.Bindings(); len(left) > 0 {
		t.Errorf("left at the API: %+v", left)
	}
	if len(a.Destinations()) != 3 {
		t.Error("a destination is gone")
	}
	if diff := cmp.Diff([]string{"POST 201", "PUT 200", "PUT 200", "DELETE 200"}, a.writes()); diff != "" {
		t.Errorf("writes (-want +got):\n%s", diff)
	}
}

// An update sends only what changed, and is_active.
func TestUpdateSendsWhatChanged(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	w := a.workspace(t, complete)
	w.Apply()
	for name, c := range map[string]struct{ old, new, sent string }{
		"name":       {`"approved"`, `"renamed"`, `{"name":"renamed","is_active":false}`},
		"serializer": {`"ndjson"`, `"json"`, `{"serializer_format":"json","is_active":false}`},
		"match":      {`reviewed = true`, `reviewed = false`, `{"signal_filter":{"event_type":"result.approved","match":{"reviewed":false,"source_id":"3f0d"}},"is_active":false}`},
		"config":     {`level = 3`, `level = 4`, `{"serializer_config":{"gzip":true,"level":4},"is_active":false}`},
		"null":       {`resolver_config   = jsonencode({ null_handling = "omit_absent" })`, ``, `{"resolver_config":null,"is_active":false}`},
		"drop":       {`["debug"]`, `["debug", "trace"]`, `{"field_map":{"rules":[{"source":"total","target":"amount"},{"source":"id","target":"document_id"}],"static":{"origin":"talonic","tags":["a"]},"drop":["debug","trace"]},"is_active":false}`},
		"policy":     {`timeout_ms       = 15000`, ``, `{"delivery_policy":{"max_attempts":5,"backoff_schedule":[1000,5000,20000],"rate_limit":{"ratePerSec":2.5,"capacity":10}},"is_active":false}`},
		"active":     {`is_active         = false`, `is_active         = true`, `{"is_active":true}`},
	} {
		a.ResetRequests()
		w.Write("main.tf", a.configuration(strings.Replace(complete, c.old, c.new, 1)))
		w.Apply()
		var sent []string
		for _, r := range a.Requests() {
			if r.Method != "GET" {
				sent = append(sent, string(r.Body))
			}
		}
		if diff := cmp.Diff([]string{c.sent}, sent); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		w.Write("main.tf", a.configuration(complete))
		w.Apply()
		if diff := cmp.Diff(completeStored, stored(a.only(t))); diff != "" {
			t.Errorf("%s, undone (-want +got):\n%s", name, diff)
		}
	}
}

// Other formatting of JSON, or another order of keys, shows no diff and sends no request.
func TestSpellingIsNoChange(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	w := a.workspace(t, complete)
	w.Apply()
	respelled := strings.NewReplacer(
		`jsonencode({ gzip = true, level = 3 })`, `"{ \"level\": 3.0,\n \"gzip\": true }"`,
		`jsonencode({ source_id = "3f0d", reviewed = true })`, `"{\"source_id\": \"3f0d\", \"reviewed\": true}"`,
		`jsonencode({ origin = "talonic", tags = ["a"] })`, `"{ \"tags\": [\"a\"], \"origin\": \"talonic\" }"`,
		`jsonencode({ null_handling = "omit_absent" })`, `"{\"null_handling\":   \"omit_absent\"}"`,
	)
	w.Write("main.tf", a.configuration(respelled.Replace(complete)))
	w.PlanEmpty()
	// Beside another change, the formatting is not part of the update.
	w.Write("main.tf", a.configuration(strings.NewReplacer(`jsonencode({ gzip = true, level = 3 })`, `"{ \"level\": 3, \"gzip\": true }"`,
		`"approved"`, `"renamed"`).Replace(complete)))
	if out := w.Apply().Output(); strings.Contains(out, "gzip") || !strings.Contains(out, "renamed") {
		t.Errorf("the plan speaks of the spelling:\n%s", out)
	}
	w.PlanEmpty()
}

// A change outside Terraform is drift of a configured argument, and ignored for an omitted one.
func TestDrift(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	w := a.workspace(t, complete)
	w.Apply()
	set := func(object, key string, value any) func(*emulator.Binding) {
		return func(b *emulator.Binding) {
			all := map[string]map[string]any{"filter": b.SignalFilter, "map": b.FieldMap, "policy": b.DeliveryPolicy, "config": b.SerializerConfig}
			all[object][key] = value
		}
	}
	for name, change := range map[string]func(*emulator.Binding){
		"name":          func(b *emulator.Binding) { b.Name = "other" },
		"deliverable":   func(b *emulator.Binding) { b.DeliverableType = "document_capture" },
		"serializer":    func(b *emulator.Binding) { b.SerializerFormat = "txt" },
		"event type":    set("filter", "event_type", "document.extracted"),
		"match":         set("filter", "match", map[string]any{"source_id": "other"}),
		"match gone":    func(b *emulator.Binding) { delete(b.SignalFilter, "match") },
		"match grown":   set("filter", "match", map[string]any{"source_id": "3f0d", "reviewed": true, "more": 1.0}),
		"config":        set("config", "level", 9.0),
		"config gone":   func(b *emulator.Binding) { b.SerializerConfig = nil },
		"resolver gone": func(b *emulator.Binding) { b.ResolverConfig = nil },
		"rules":         set("map", "rules", []any{map[string]any{"source": "a", "target": "b"}}),
		"rules swapped": set("map", "rules", []any{map[string]any{"source": "id", "target": "document_id"}, map[string]any{"source": "total", "target": "amount"}}),
		"static":        set("map", "static", map[string]any{"origin": "other"}),
		"drop":          set("map", "drop", []any{}),
		"map gone":      func(b *emulator.Binding) { b.FieldMap = nil },
		"attempts":      set("policy", "max_attempts", 9.0),
		"schedule":      set("policy", "backoff_schedule", []any{1.0}),
		"timeout gone":  func(b *emulator.Binding) { delete(b.DeliveryPolicy, "timeout_ms") },
		"rate":          set("policy", "rate_limit", map[string]any{"ratePerSec": 3.0, "capacity": 10.0}),
		"rate gone":     func(b *emulator.Binding) { delete(b.DeliveryPolicy, "rate_limit") },
		"policy gone":   func(b *emulator.Binding) { b.DeliveryPolicy = nil },
		"active":        func(b *emulator.Binding) { b.IsActive = true },
	} {
		a.edit(t, change)
		if out := w.Apply().Output(); !strings.Contains(out, "0 to add, 1 to change, 0 to destroy") {
			t.Errorf("%s: not seen as drift:\n%s", name, out)
		}
		if diff := cmp.Diff(completeStored, stored(a.only(t))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}

	w.Write("main.tf", a.configuration(minimal+"\n  is_active = true\n"))
	w.Apply()
	full := completeStored
	a.edit(t, func(b *emulator.Binding) {
		b.SignalFilter["match"] = full.SignalFilter["match"]
		b.SerializerConfig, b.ResolverConfig, b.FieldMap, b.DeliveryPolicy = full.SerializerConfig, full.ResolverConfig, full.FieldMap, full.DeliveryPolicy
	})
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(strings.Replace(minimal, `"extracted"`, `"renamed"`, 1)))
	w.Apply()
	if b := a.only(t); b.FieldMap == nil || b.DeliveryPolicy == nil || b.SerializerConfig == nil {
		t.Errorf("what others set is gone: %+v", b)
	}
}

// A binding deleted outside Terraform is planned for re-creation; a destroy of it succeeds.
func TestDeletedOutside(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	w := a.workspace(t, minimal)
	w.Apply()
	a.RemoveBinding(a.only(t).ID)
	out := unwrapped(w.Apply().Output())
	for _, want := range []string{`Delivery binding not found`, "1 to add, 0 to change, 0 to destroy", "Terraform removes it from state"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in:\n%s", want, out)
		}
	}
	a.RemoveBinding(a.only(t).ID)
	w.Destroy("-refresh=false")
	if state := string(w.State()); strings.Contains(state, "extracted") {
		t.Errorf("it is still in state:\n%s", state)
	}
}
