package emulator

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
)

const bindingsPath = "/v1/delivery/bindings"

// plainBinding returns a create of a binding with only the required fields.
func plainBinding(destination string) string {
	return bindingWith(destination, "")
}

// bindingWith is like plainBinding, with more members. more begins with a comma.
func bindingWith(destination, more string) string {
	return `{"name":"b","signal_filter":{"event_type":"document.extracted"},"deliverable_type":"pipeline.capture",` +
		`"destination_id":"` + destination + `","serializer_format":"json"` + more + `}`
}

// bind creates a webhook and a binding for it, and returns the path of the binding.
func (a api) bind(more string) string {
	a.t.Helper()
	return bindingsPath + "/" + a.ok("POST", bindingsPath, bindingWith(id(a.create(plainWebhook)), more))["id"].(string)
}

func bindingID(path string) string { return strings.TrimPrefix(path, bindingsPath+"/") }

// A binding with all documented fields is returned as it was sent.
func TestBindingIsAnsweredAsSent(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	destination := id(a.create(plainWebhook))
	a.newID = func() string { return "a1b2c3d4-e5f6-7890-abcd-ef1234567890" }
	sent := `{"name":"extracted-to-ledger","signal_filter":{"event_type":"document.extracted","match":{"source_id":"3f0d"}},` +
		`"deliverable_type":"markdown","destination_id":"` + destination + `","serializer_format":"json",` +
		`"field_map":{"drop":["debug"],"rules":[{"source":"total","target":"amount"}],"static":{"origin":"talonic"}},` +
		`"delivery_policy":{"backoff_schedule":[1000,5000,30000],"max_attempts":5,"timeout_ms":15000}}`
	want := `{"id":"a1b2c3d4-e5f6-7890-abcd-ef1234567890","name":"extracted-to-ledger",` +
		`"signal_filter":{"event_type":"document.extracted","match":{"source_id":"3f0d"}},` +
		`"deliverable_type":"markdown","destination_id":"` + destination + `","serializer_format":"json",` +
		`"serializer_config":null,"resolver_config":null,` +
		`"field_map":{"drop":["debug"],"rules":[{"source":"total","target":"amount"}],"static":{"origin":"talonic"}},` +
		`"delivery_policy":{"backoff_schedule":[1000,5000,30000],"max_attempts":5,"timeout_ms":15000},` +
		`"is_active":true,"last_status":null,"created_at":"2024-09-01T10:00:00.000Z","updated_at":"2024-09-01T10:00:00.000Z"}`

	if got := a.do("POST", bindingsPath, sent); got.status != 201 || got.body != want {
		t.Errorf("create: %d\n got %s\nwant %s", got.status, got.body, want)
	}
	if got := a.do("GET", bindingsPath+"/a1b2c3d4-e5f6-7890-abcd-ef1234567890", ""); got.status != 200 || got.body != want {
		t.Errorf("read: %d %s", got.status, got.body)
	}
	if got := a.do("GET", bindingsPath, ""); got.status != 200 || got.body != `{"data":[`+want+`]}` {
		t.Errorf("list: %d %s", got.status, got.body)
	}
}

func TestBindingUpdateIsPartial(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	path := a.bind(`,"serializer_config":{"indent":2},"resolver_config":{"null_handling":"distinguish"},` +
		`"delivery_policy":{"max_attempts":3,"timeout_ms":10}`)
	other := id(a.create(sftp))
	for i, c := range []struct{ body, field, want string }{
		{`{"name":"x"}`, "name", `"x"`},
		{`{"is_active":false}`, "is_active", "false"},
		{`{}`, "is_active", "false"}, // only destinations are re-enabled
		{`{"serializer_config":{}}`, "serializer_config", "{}"},
		{`{"serializer_config":null}`, "serializer_config", "null"},
		{`{"serializer_format":"ndjson"}`, "resolver_config", `{"null_handling":"distinguish"}`},
		{`{"delivery_policy":{"max_attempts":4}}`, "delivery_policy", `{"max_attempts":4}`},
		{`{"delivery_policy":null,"resolver_config":null}`, "delivery_policy", "null"},
		{`{"field_map":{"static":{"a":[1]}}}`, "field_map", `{"static":{"a":[1]}}`},
		{`{"field_map":null}`, "field_map", "null"},
		{`{"destination_id":"` + other + `"}`, "destination_id", `"` + other + `"`},
		{`{"signal_filter":{"event_type":"result.approved"},"is_active":true}`, "signal_filter", `{"event_type":"result.approved"}`},
	} {
		got := a.ok("PUT", path, c.body)
		if show(got, c.field) != c.want {
			t.Errorf("%s: %s is %s, want %s", c.body, c.field, show(got, c.field), c.want)
		}
		if want := fmt.Sprintf(`"2024-09-01T10:00:00.%03dZ"`, i+1); show(got, "updated_at") != want {
			t.Errorf("%s: updated_at is %s, want %s", c.body, show(got, "updated_at"), want)
		}
		if read := a.ok("GET", path, ""); show(read, c.field) != c.want {
			t.Errorf("%s: read back %s", c.body, show(read, c.field))
		}
	}
}

func TestDeletedBindingIsGone(t *testing.T) {
	t.Parallel()
	a := start(t)
	path, other := a.bind(""), a.bind("")
	if got := a.do("POST", path+"/preview", "{}"); got.status != 200 || a.object(got)["available"] != true {
		t.Errorf("preview: %d %s", got.status, got.body)
	}
	if got := a.do("DELETE", path, ""); got.status != 200 || got.body != `{"deleted":true,"id":"`+bindingID(path)+`"}` {
		t.Fatalf("%d %s", got.status, got.body)
	}
	for method, target := range map[string]string{"GET": path, "PUT": path, "DELETE": path, "POST": path + "/preview"} {
		got := a.do(method, target, "{}")
		if object := a.object(got); got.status != 404 || object["code"] != "not_found" || object["message"] != "Binding not found." {
			t.Errorf("%s: %d %s", method, got.status, got.body)
		}
	}
	a.ok("GET", other, "")
	if got := len(a.Destinations()); got != 2 {
		t.Errorf("%d destinations", got)
	}
}

// Deleting a destination also deletes its bindings.
//
// API docs: Get / Update / Delete / Test.
func TestDeletingADestinationCascades(t *testing.T) {
	t.Parallel()
	a := start(t)
	kept := a.bind("")
	for _, remove := range []func(destination string){
		func(destination string) { a.ok("DELETE", destinationsPath+"/"+destination, "") },
		func(destination string) { a.Remove(destination) },
	} {
		destination := id(a.create(plainWebhook))
		for range 2 {
			a.ok("POST", bindingsPath, plainBinding(destination))
		}
		remove(destination)
		if left := a.Bindings(); len(left) != 1 || left[0].ID != bindingID(kept) {
			t.Errorf("left are %v", left)
		}
	}
}

func TestBindingsFromOutside(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	destination := id(a.create(plainWebhook))
	filter := map[string]any{"event_type": "document.extracted", "match": map[string]int{"n": 1}}
	added := a.AddBinding(Binding{Name: "n", SignalFilter: filter, DestinationID: destination, IsActive: true, LastStatus: "failed"})
	filter["event_type"] = "changed"
	want := `{"id":"` + added + `","name":"n","signal_filter":{"event_type":"document.extracted","match":{"n":1}},"deliverable_type":"",` +
		`"destination_id":"` + destination + `","serializer_format":"","serializer_config":null,"resolver_config":null,"field_map":null,` +
		`"delivery_policy":null,"is_active":true,"last_status":"failed",` +
		`"created_at":"2024-09-01T10:00:00.000Z","updated_at":"2024-09-01T10:00:00.000Z"}`
	if got := a.do("GET", bindingsPath+"/"+added, "").body; got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if got := a.do("PUT", bindingsPath+"/"+added, `{"name":"x"}`); got.status != 400 { // the whole binding is checked again
		t.Errorf("an update: %d %s", got.status, got.body)
	}

	a.Bindings()[0].SignalFilter["event_type"] = "changed"
	if !a.EditBinding(added, func(b *Binding) {
		b.ID, b.DeliverableType, b.SerializerFormat = "ignored", "markdown", "md"
		b.FieldMap = map[string]any{"static": map[string]int{"a": 1}}
	}) {
		t.Fatal("not found")
	}
	got := a.ok("PUT", bindingsPath+"/"+added, `{"name":"x"}`)
	if show(got, "name") != `"x"` || show(got, "field_map") != `{"static":{"a":1}}` || show(got, "updated_at") != `"2024-09-01T10:00:00.002Z"` {
		t.Errorf("got %v", got)
	}
	if a.EditBinding("unknown", func(*Binding) {}) || a.RemoveBinding("unknown") {
		t.Error("an unknown binding was found")
	}
	if !a.RemoveBinding(added) || a.do("GET", bindingsPath+"/"+added, "").status != 404 || len(a.Bindings()) != 0 {
		t.Error("not removed")
	}
	if fixed := a.AddBinding(Binding{ID: "fixed"}); fixed != "fixed" {
		t.Errorf("id is %s", fixed)
	}
}

func TestBindingWritesAreIdempotent(t *testing.T) {
	t.Parallel()
	a := start(t)
	body := plainBinding(id(a.create(plainWebhook)))
	first := a.do("POST", bindingsPath, body, "Idempotency-Key", "k")
	if again := a.do("POST", bindingsPath, body, "Idempotency-Key", "k"); again.status != 201 || again.body != first.body || len(a.Bindings()) != 1 {
		t.Errorf("a repeat: %d %s, %d bindings", again.status, again.body, len(a.Bindings()))
	}
}

// Faults have separate names for the operations of bindings, and return bindings.
func TestFaultsOfBindings(t *testing.T) {
	t.Parallel()
	const message = `"message":"A binding like this exists already."`
	for _, c := range []struct {
		fault             Fault
		method, rest      string // after the path of the list
		status            int
		contains, without string
		bindings          int // number of bindings afterwards
	}{
		{Fault{Kind: Conflict, Operation: "create-binding"}, "POST", "", 409, message, "", 2},
		{Fault{Kind: ServerErrorAfter, Operation: "create-binding"}, "POST", "", 500, "internal_error", "", 3},
		{Fault{Kind: OtherDestination, Operation: "create-binding"}, "POST", "", 201, `"deliverable_type":"document_capture"`, "", 3},
		{Fault{Kind: OtherDestination}, "GET", "/ID", 200, `"name":"somebody else's","signal_filter":{"event_type":"result.approved"}`, "", 2},
		{Fault{Kind: OtherDestination}, "PUT", "/ID", 200, `"name":"somebody else's"`, "", 2},
		{Fault{Kind: OtherDestination}, "GET", "", 200, `"name":"b"`, "else", 2},
		{Fault{Kind: RateLimited, Operation: "read-binding"}, "GET", "/ID", 429, "rate_limited", "", 2},
		{Fault{Kind: RateLimited, Operation: "read"}, "GET", "/ID", 200, `"name":"b"`, "", 2},
		{Fault{Kind: NotFound, Operation: "update-binding"}, "PUT", "/ID", 404, "Binding not found.", "", 2},
		{Fault{Kind: Unavailable, Operation: "delete-binding"}, "DELETE", "/ID", 503, "service_unavailable", "", 2},
		{Fault{Kind: GatewayTimeout, Operation: "delete-binding"}, "DELETE", "/ID", 504, "html", "", 1},
		{Fault{Kind: EmptyObject, Operation: "preview-binding"}, "POST", "/ID/preview", 200, "{}", "available", 2},
		{Fault{Kind: LaggingList, Operation: "list-bindings"}, "GET", "", 200, `"name":"b"`, `},{"id"`, 2},
		{Fault{Kind: DuplicateItems, Operation: "list-bindings"}, "GET", "", 200, `},{`, "", 2},
		{Fault{Kind: RepeatedCursor}, "GET", "", 200, `"has_more":true`, "", 2},
		{Fault{Kind: FailedPage}, "GET", "?cursor=x", 500, "internal_error", "", 2},
		{Fault{Kind: ServerError, Operation: "list"}, "GET", "", 200, `"data"`, "", 2},
	} {
		a := start(t)
		destination := id(a.create(plainWebhook))
		first := a.ok("POST", bindingsPath, plainBinding(destination))["id"].(string)
		a.ok("POST", bindingsPath, plainBinding(destination))
		a.Inject(c.fault)
		body := "{}"
		if c.method == "POST" && c.rest == "" {
			body = plainBinding(destination)
		}
		got := a.do(c.method, bindingsPath+strings.Replace(c.rest, "/ID", "/"+first, 1), body)
		if got.status != c.status || !strings.Contains(got.body, c.contains) || c.without != "" && strings.Contains(got.body, c.without) {
			t.Errorf("%+v: %d %s", c.fault, got.status, got.body)
		}
		if left := len(a.Bindings()); left != c.bindings {
			t.Errorf("%+v: %d bindings, want %d", c.fault, left, c.bindings)
		}
	}
}

// A create is executed even if its response is lost. Repeating it with the same key does not create a second binding.
func TestLostResponseToABinding(t *testing.T) {
	t.Parallel()
	a := start(t)
	body := plainBinding(id(a.create(plainWebhook)))
	a.Inject(Fault{Kind: LostResponse, Operation: "create-binding", Times: 1})
	func() {
		defer func() {
			if err, _ := recover().(error); !errors.Is(err, http.ErrAbortHandler) {
				t.Error("there was a response")
			}
		}()
		a.do("POST", bindingsPath, body, "Idempotency-Key", "k")
	}()
	if got := a.do("POST", bindingsPath, body, "Idempotency-Key", "k"); got.status != 201 || len(a.Bindings()) != 1 {
		t.Errorf("a repeat: %d %s, %d bindings", got.status, got.body, len(a.Bindings()))
	}
}
