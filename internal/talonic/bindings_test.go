package talonic

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/google/go-cmp/cmp"
)

const bindingBody = `{
  "id": "b1",
  "customer_id": "c1",
  "name": "extracted-to-ledger",
  "signal_filter": { "event_type": "document.extracted", "match": {"source_id": "3f0d", "size": 1.10} },
  "deliverable_type": "pipeline.capture",
  "destination_id": "d1",
  "serializer_format": "json",
  "serializer_config": {"pretty":true},
  "resolver_config": {"null_handling":"omit_absent"},
  "field_map": { "rules": [{"source": "total", "target": "amount"}], "static": {"origin": "talonic", "rate": 1.10}, "drop": ["debug"] },
  "delivery_policy": { "max_attempts": 5, "backoff_schedule": [1000, 5000], "timeout_ms": 15000, "rate_limit": {"ratePerSec": 0.5, "capacity": 2} },
  "is_active": true,
  "last_status": "succeeded",
  "created_at": "2026-08-14T09:30:00.000Z",
  "updated_at": "2026-08-14T09:31:00.000Z"
}`

// minimalBinding returns a binding with only the required fields.
func minimalBinding(id string) string {
	return `{"id":"` + id + `","name":"n","signal_filter":{"event_type":"document.extracted"},"deliverable_type":"markdown",` +
		`"destination_id":"d1","serializer_format":"md"}`
}

// plainBinding returns the arguments that create a minimalBinding.
func plainBinding() NewBinding {
	return NewBinding{
		Name: "n", SignalFilter: SignalFilter{EventType: "document.extracted"}, DeliverableType: "markdown", DestinationID: "d1",
		SerializerFormat: "md",
	}
}

func TestGetBinding(t *testing.T) {
	t.Parallel()
	server := record(always(200, bindingBody))
	got, err := newTestClient(t, server.ServeHTTP).GetBinding(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	want := &Binding{
		ID: "b1", CustomerID: "c1", Name: "extracted-to-ledger",
		SignalFilter:    SignalFilter{EventType: "document.extracted", Match: json.RawMessage(`{"source_id": "3f0d", "size": 1.10}`)},
		DeliverableType: "pipeline.capture", DestinationID: "d1", SerializerFormat: "json",
		SerializerConfig: json.RawMessage(`{"pretty":true}`), ResolverConfig: json.RawMessage(`{"null_handling":"omit_absent"}`),
		FieldMap: &FieldMap{
			Rules:  []FieldRule{{Source: "total", Target: "amount"}},
			Static: map[string]any{"origin": "talonic", "rate": json.Number("1.10")},
			Drop:   []string{"debug"},
		},
		DeliveryPolicy: &DeliveryPolicy{
			MaxAttempts: new(int64(5)), BackoffSchedule: []int64{1000, 5000}, TimeoutMS: new(int64(15000)),
			RateLimit: &DeliveryRate{RatePerSec: new(0.5), Capacity: new(int64(2))},
		},
		IsActive: true, LastStatus: new("succeeded"), CreatedAt: "2026-08-14T09:30:00.000Z", UpdatedAt: "2026-08-14T09:31:00.000Z",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if r := server.only(t); r.method != "GET" || r.uri != "/v1/delivery/bindings/b1" || r.body != "" {
		t.Errorf("requested %s %s %s", r.method, r.uri, r.body)
	}
}

// Optional fields may be absent, null or empty, in whole or in part.
func TestGetBindingWithLittle(t *testing.T) {
	t.Parallel()
	shown := func(more string) string { return strings.TrimSuffix(minimalBinding("b1"), "}") + more + "}" }
	for body, change := range map[string]func(*Binding){
		shown(``): func(*Binding) {},
		shown(`,"serializer_config":null,"resolver_config":null,"field_map":null,"delivery_policy":null,"last_status":null`): func(b *Binding) { b.Partial = false },
		strings.Replace(shown(``), `"document.extracted"`, `"document.extracted","match":null`, 1):                           func(*Binding) {},
		shown(`,"delivery_policy":{"max_attempts":null,"backoff_schedule":null,"timeout_ms":null,"rate_limit":null}`): func(b *Binding) {
			b.DeliveryPolicy = &DeliveryPolicy{}
		},
		shown(`,"delivery_policy":{"backoff_schedule":[],"rate_limit":{"capacity":1},"new":1}`): func(b *Binding) {
			b.DeliveryPolicy = &DeliveryPolicy{BackoffSchedule: []int64{}, RateLimit: &DeliveryRate{Capacity: new(int64(1))}}
		},
		shown(`,"serializer_config":{},"resolver_config":[1]`): func(b *Binding) {
			b.SerializerConfig, b.ResolverConfig = json.RawMessage(`{}`), json.RawMessage(`[1]`)
		},
	} {
		got, err := newTestClient(t, always(200, body)).GetBinding(t.Context(), "b1")
		if err != nil {
			t.Errorf("%s: %v", body, err)
			continue
		}
		plain := plainBinding()
		want := &Binding{
			ID: "b1", Name: plain.Name, SignalFilter: plain.SignalFilter, DeliverableType: plain.DeliverableType,
			DestinationID: plain.DestinationID, SerializerFormat: plain.SerializerFormat, Partial: true,
		}
		change(want)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

// The API may return an integer in any notation, or as a string.
func TestGetBindingWithNumbers(t *testing.T) {
	t.Parallel()
	policy := `{"max_attempts":"5","backoff_schedule":[1e3,"5000"],"timeout_ms":15000.0,"rate_limit":{"ratePerSec":"0.5","capacity":2.0}}`
	body := strings.TrimSuffix(minimalBinding("b1"), "}") + `,"delivery_policy":` + policy + "}"
	got, err := newTestClient(t, always(200, body)).GetBinding(t.Context(), "b1")
	if err != nil {
		t.Fatal(err)
	}
	want := &DeliveryPolicy{
		MaxAttempts: new(int64(5)), BackoffSchedule: []int64{1000, 5000}, TimeoutMS: new(int64(15000)),
		RateLimit: &DeliveryRate{RatePerSec: new(0.5), Capacity: new(int64(2))},
	}
	if diff := cmp.Diff(want, got.DeliveryPolicy); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The error names missing required fields and fields of the wrong type.
func TestGetBindingThatIsNone(t *testing.T) {
	t.Parallel()
	whole := minimalBinding("b1")
	for body, want := range map[string]string{
		minimal("b1"): `it has no "signal_filter.event_type"`,
		strings.Replace(whole, `"name":"n",`, ``, 1):                            `it has no "name"`,
		strings.Replace(whole, `"markdown"`, `null`, 1):                         `it has no "deliverable_type"`,
		strings.Replace(whole, `"d1"`, `""`, 1):                                 `it has no "destination_id"`,
		strings.Replace(whole, `,"serializer_format":"md"`, ``, 1):              `it has no "serializer_format"`,
		strings.Replace(whole, `{"event_type":"document.extracted"}`, `{}`, 1):  `it has no "signal_filter.event_type"`,
		strings.Replace(whole, `{"event_type":"document.extracted"}`, `"x"`, 1): `its "signal_filter" is a JSON string`,
		strings.Replace(whole, `"id"`, `"field_map":[],"id"`, 1):                `its "field_map" is a JSON array`,
		strings.Replace(whole, `"id"`, `"delivery_policy":{"backoff_schedule":5},"id"`, 1): `its "delivery_policy.backoff_schedule" is a ` +
			`JSON number`,
	} {
		_, err := newTestClient(t, always(200, body)).GetBinding(t.Context(), "b1")
		if !isUnexpectedBody(err) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error = %v, want one with %s", body, err, want)
		}
	}
}

func TestCreateBindingRequest(t *testing.T) {
	t.Parallel()
	everything := plainBinding()
	everything.SignalFilter.Match = json.RawMessage(`{"source_id": "3f0d"}`)
	everything.SerializerConfig, everything.ResolverConfig = json.RawMessage(`{}`), json.RawMessage(`{"null_handling":"distinguish"}`)
	everything.FieldMap = &FieldMap{
		Rules: []FieldRule{{"total", "amount"}}, Static: map[string]any{"n": json.Number("1.0")}, Drop: []string{"debug"}, Flat: true,
	}
	everything.DeliveryPolicy = &DeliveryPolicy{
		MaxAttempts: new(int64(5)), BackoffSchedule: []int64{0, 1000}, TimeoutMS: new(int64(1)),
		RateLimit: &DeliveryRate{RatePerSec: new(0.5), Capacity: new(int64(2))},
	}
	everything.IsActive = new(false)

	part := plainBinding()
	part.FieldMap, part.DeliveryPolicy = &FieldMap{Drop: []string{}}, &DeliveryPolicy{TimeoutMS: new(int64(0))}

	const head = `{"name":"n","signal_filter":{"event_type":"document.extracted"`
	const named = `},"deliverable_type":"markdown","destination_id":"d1","serializer_format":"md"`
	for _, tt := range []struct {
		name string
		b    NewBinding
		want string
	}{
		{"the least", plainBinding(), head + named + `}`},
		{"a part of the objects", part, head + named + `,"field_map":{"drop":[]},"delivery_policy":{"timeout_ms":0}}`},
		{
			"everything", everything,
			head + `,"match":{"source_id":"3f0d"}` + named + `,"serializer_config":{},"resolver_config":{"null_handling":"distinguish"},` +
				`"field_map":{"rules":[{"source":"total","target":"amount"}],"static":{"n":1.0},"drop":["debug"]},` +
				`"delivery_policy":{"max_attempts":5,"backoff_schedule":[0,1000],"timeout_ms":1,"rate_limit":{"ratePerSec":0.5,"capacity":2}},` +
				`"is_active":false}`,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := record(created("b1"))
			got, err := newTestClient(t, server.ServeHTTP).CreateBinding(t.Context(), tt.b)
			if err != nil || got.Object.ID != "b1" {
				t.Errorf("CreateBinding = %v, %v, want b1", got, err)
			}
			r := server.only(t)
			if r.method != "POST" || r.uri != "/v1/delivery/bindings" {
				t.Errorf("requested %s %s", r.method, r.uri)
			}
			if diff := cmp.Diff(tt.want, r.body); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
		})
	}
}

func TestUpdateBindingRequest(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		change BindingChange
		want   string
	}{
		{"nothing", BindingChange{}, `{}`},
		{"name", BindingChange{Name: "m"}, `{"name":"m"}`},
		{"no match any more", BindingChange{SignalFilter: &SignalFilter{EventType: "e"}}, `{"signal_filter":{"event_type":"e"}}`},
		{"match", BindingChange{SignalFilter: &SignalFilter{"e", json.RawMessage(`{"a":1}`)}}, `{"signal_filter":{"event_type":"e","match":{"a":1}}}`},
		{
			"names", BindingChange{DeliverableType: "markdown", DestinationID: "d2", SerializerFormat: "md"},
			`{"deliverable_type":"markdown","destination_id":"d2","serializer_format":"md"}`,
		},
		{"pause", BindingChange{IsActive: new(false)}, `{"is_active":false}`},
		{
			"objects",
			BindingChange{
				SerializerConfig: Value(json.RawMessage(`{}`)), ResolverConfig: Value(json.RawMessage(`{"a":[]}`)),
				FieldMap: Value(FieldMap{Drop: []string{"a"}}), DeliveryPolicy: Value(DeliveryPolicy{MaxAttempts: new(int64(1))}),
			},
			`{"serializer_config":{},"resolver_config":{"a":[]},"field_map":{"drop":["a"]},"delivery_policy":{"max_attempts":1}}`,
		},
		{
			"no objects any more",
			BindingChange{
				SerializerConfig: Null[json.RawMessage](), ResolverConfig: Null[json.RawMessage](), FieldMap: Null[FieldMap](),
				DeliveryPolicy: Null[DeliveryPolicy](),
			},
			`{"serializer_config":null,"resolver_config":null,"field_map":null,"delivery_policy":null}`,
		},
		{"empty objects", BindingChange{FieldMap: Value(FieldMap{}), DeliveryPolicy: Value(DeliveryPolicy{})}, `{"field_map":{},"delivery_policy":{}}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := record(always(200, minimalBinding("b1")))
			got, err := newTestClient(t, server.ServeHTTP).UpdateBinding(t.Context(), "b1", tt.change)
			if err != nil || got.ID != "b1" {
				t.Errorf("UpdateBinding = %v, %v, want b1", got, err)
			}
			r := server.only(t)
			if r.method != "PUT" || r.uri != "/v1/delivery/bindings/b1" {
				t.Errorf("requested %s %s", r.method, r.uri)
			}
			if diff := cmp.Diff(tt.want, r.body); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
		})
	}
}

// If the API responds to an update without a body, the binding is read.
func TestUpdateBindingWithoutBody(t *testing.T) {
	t.Parallel()
	server := record(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPut {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		answer(w, 200, bindingBody)
	})
	got, err := newTestClient(t, server.ServeHTTP).UpdateBinding(t.Context(), "b1", BindingChange{Name: "extracted-to-ledger"})
	if err != nil || got.Name != "extracted-to-ledger" || len(server.all()) != 2 {
		t.Errorf("UpdateBinding = %v, %v after %v", got, err, server.all())
	}
}

func TestDeleteBinding(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"no content":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
		"deleted":      always(200, `{"deleted":true,"id":"b1"}`),
		"already gone": nothingThere,
	} {
		server := record(handler)
		if err := newTestClient(t, server.ServeHTTP).DeleteBinding(t.Context(), "b1"); err != nil && (name != "already gone" || !IsNotFound(err)) {
			t.Errorf("%s: %v", name, err)
		}
		if requests := len(server.all()); requests > 2 || requests == 2 && name != "already gone" {
			t.Errorf("%d requests", requests)
		}
		if r := server.all()[0]; r.method != "DELETE" || r.uri != "/v1/delivery/bindings/b1" || r.body != "" {
			t.Errorf("requested %s %s %s", r.method, r.uri, r.body)
		}
	}
}

func TestListBindings(t *testing.T) {
	t.Parallel()
	page := func(more string, ids ...string) string {
		var items []string
		for _, id := range ids {
			items = append(items, minimalBinding(id))
		}
		return `{"data":[` + strings.Join(items, ",") + `]` + more + `}`
	}
	for name, c := range map[string]struct {
		pages map[string]string
		want  []string
	}{
		"none":       {map[string]string{"": `{"data":[]}`}, nil},
		"bare array": {map[string]string{"": `[` + minimalBinding("b1") + `]`}, []string{"b1"}},
		"pages": {map[string]string{
			"":  page(`,"pagination":{"has_more":true,"next_cursor":"x"}`, "b1", "b2"),
			"x": page(``, "b2", "b3"),
		}, []string{"b1", "b2", "b3"}},
	} {
		server := pages(c.pages)
		all, err := newTestClient(t, server.ServeHTTP).ListBindings(t.Context())
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if got := validIDs(all); !slices.Equal(got, c.want) || len(server.all()) != len(c.pages) {
			t.Errorf("%s: %v with %d requests, want %v", name, got, len(server.all()), c.want)
		}
	}
	_, err := newTestClient(t, always(200, `[`+minimalBinding("b1")+`,{"name":"n"}]`)).ListBindings(t.Context())
	if want := `item 1 of the list has no valid "id"`; !isUnexpectedBody(err) || !strings.Contains(err.Error(), want) {
		t.Errorf("error = %v, want one with %s", err, want)
	}
}

// Some bindings match a create or may match it, and other bindings differ.
func TestBindingMatch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		match  string // the match that was sent
		change func(*Binding)
		want   Match
	}{
		{"the same", ``, func(*Binding) {}, Same},
		{"defaults were filled in", ``, func(b *Binding) { b.SignalFilter.Match, b.DeliveryPolicy = json.RawMessage(`{}`), &DeliveryPolicy{} }, Same},
		{"match in another spelling", `{"a":1,"b":"<"}`, func(b *Binding) { b.SignalFilter.Match = json.RawMessage(`{ "b": "\u003c", "a": 1.0 }`) }, Same},
		{"field map in the flat form", ``, func(b *Binding) { b.FieldMap = &FieldMap{Flat: true} }, Same},
		{"another name", ``, func(b *Binding) { b.Name = "m" }, Different},
		{"name in another form", ``, func(b *Binding) { b.Name = "N " }, Unsure},
		{"paused", ``, func(b *Binding) { b.IsActive = false }, Unsure},
		{"another event", ``, func(b *Binding) { b.SignalFilter.EventType = "result.approved" }, Different},
		{"another match", `{"a":1}`, func(b *Binding) { b.SignalFilter.Match = json.RawMessage(`{"a":"1"}`) }, Different},
		{"no match", `{"a":1}`, func(*Binding) {}, Different},
		{"a match", ``, func(b *Binding) { b.SignalFilter.Match = json.RawMessage(`{"a":1}`) }, Different},
		{"another deliverable", ``, func(b *Binding) { b.DeliverableType = "document_capture" }, Different},
		{"another destination", ``, func(b *Binding) { b.DestinationID = "d2" }, Different},
		{"another format", ``, func(b *Binding) { b.SerializerFormat = "txt" }, Different},
	} {
		sent := plainBinding()
		sent.SignalFilter.Match = json.RawMessage(tt.match)
		var listed Binding
		if err := decodeJSON([]byte(minimalBinding("b1")), &listed); err != nil {
			t.Fatal(err)
		}
		listed.IsActive = true
		tt.change(&listed)
		if got := sent.match(listed); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// If the response to a create contains a different binding, the result is an error.
func TestCreateBindingAnsweredWithAnother(t *testing.T) {
	t.Parallel()
	for from, to := range map[string]string{`"d1"`: `"d2"`, `"n"`: `"m"`} {
		synctest.Test(t, func(t *testing.T) {
			another := respond(201, strings.Replace(minimalBinding("b1"), from, to, 1))
			client := newClient(t, DefaultBaseURL, WithTransport(steps(another, respond(200, `{"data":[]}`))))
			_, err := client.CreateBinding(t.Context(), plainBinding())
			if !isOutcomeUnknown(err) || !strings.Contains(err.Error(), "it describes a binding") {
				t.Errorf("%s: error = %v", to, err)
			}
		})
	}
}

func TestCreateBindingThatCannotBeEncoded(t *testing.T) {
	t.Parallel()
	b := plainBinding()
	b.SerializerConfig = json.RawMessage(`{"a":`)
	_, err := newTestClient(t, always(500, "")).CreateBinding(t.Context(), b)
	if err == nil || isOutcomeUnknown(err) || !strings.Contains(err.Error(), "cannot be encoded") {
		t.Errorf("error = %v", err)
	}
}
