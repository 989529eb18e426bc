package faults

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"unicode"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// hostileAPI is the emulated API with one replaced response for each request of a kind.
type hostileAPI struct {
	*emulator.Emulator
	response atomic.Pointer[hostileResponse]
}

type hostileResponse struct {
	method, path string // a part of the path
	status       int
	body         string
}

func (a *hostileAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	hostile := a.response.Load()
	if hostile == nil || r.Method != hostile.method || !strings.Contains(r.URL.Path, hostile.path) {
		a.Emulator.ServeHTTP(w, r)
		return
	}
	a.Emulator.ServeHTTP(httptest.NewRecorder(), r) // the API executes the request nevertheless
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(hostile.status)
	_, _ = io.WriteString(w, hostile.body)
}

// applyConsistently applies, and returns an error in the cases in which a CLI would report an inconsistent result.
func (d *driver) applyConsistently(ctx context.Context, configuration map[string]any) error {
	planned, _, err := d.plan(ctx, configuration)
	if err != nil || errorIn(d.said) != nil {
		return err
	}
	if err := d.apply(ctx, configuration); err != nil || errorIn(d.said) != nil {
		return err
	}
	want, err := planned.PlannedState.Unmarshal(d.block().ValueType())
	if err != nil {
		return err
	}
	if at := inconsistency(want, d.state.value); at != "" {
		return fmt.Errorf("inconsistent result after apply at %s", at)
	}
	return nil
}

// inconsistency returns the path of a known planned value that differs from the result; "" if there is none.
func inconsistency(planned, actual tftypes.Value) string {
	if !planned.IsKnown() {
		return ""
	}
	if planned.IsNull() || actual.IsNull() || !planned.IsFullyKnown() && planned.Type().Is(tftypes.String) {
		if planned.IsNull() != actual.IsNull() {
			return "."
		}
		return ""
	}
	var before, after map[string]tftypes.Value
	if planned.As(&before) == nil && actual.As(&after) == nil {
		for name, value := range before {
			if at := inconsistency(value, after[name]); at != "" {
				return name + "." + at
			}
		}
		return ""
	}
	var beforeItems, afterItems []tftypes.Value
	if planned.As(&beforeItems) == nil && actual.As(&afterItems) == nil {
		if len(beforeItems) != len(afterItems) {
			return "[]"
		}
		for i, value := range beforeItems {
			if at := inconsistency(value, afterItems[i]); at != "" {
				return at
			}
		}
		return ""
	}
	if !planned.Equal(actual) {
		return fmt.Sprintf("(%s, not %s)", actual, planned)
	}
	return ""
}

// seedBodies holds responses that are almost correct.
var seedBodies = []string{
	``, `null`, `{}`, `[]`, `"text"`, `<html>`, `{"data":[]}`, `{"data":[{}]}`, `{"data":null}`, `{"data":[],"pagination":{"has_more":true,"next_cursor":"a"}}`,
	`{"id":"00000000-0000-4000-8000-000000000001","name":"created","type":"webhook","config":{"url":"https://api.example.com/created"},"is_active":true,"has_auth_config":false,"has_signing_secret":false,"payload_cap_bytes":null,"created_at":"2026-01-01T00:00:00.000Z","updated_at":"2026-01-01T00:00:00.000Z"}`,
	`{"id":"00000000-0000-4000-8000-000000000001","name":"renamed","type":"webhook","config":{"url":"https://api.example.com/renamed"},"is_active":true}`,
	`{"id":"00000000-0000-4000-8000-000000000001","ID":"2","name":"renamed","type":"webhook"}`,
	`{"id":"00000000-0000-4000-8000-000000000001","name":"renamed","type":"s3","config":null,"created_at":5,"last_delivery_status":"\u001b[2J"}`,
	`{"id":"00000000-0000-4000-8000-000000000001","name":"renamed","type":"webhook","config":{"url":1,"headers":{"a":null}},"created_at":"1999-01-01T00:00:00Z","is_active":null}`,
	`{"success":true}`, `{"success":false,"message":"\u202e"}`, `{"success":"yes"}`, `{"data":{"s3":{}}}`, `{"data":["s3",5]}`, `{"data":[{"type":"a\nb"}]}`,
	`{"id":"00000000-0000-4000-8000-000000000001","name":"created","signal_filter":{"event_type":"document.extracted","match":{"source_id":"3f0d"}},"deliverable_type":"pipeline.capture","destination_id":"11111111-1111-4111-8111-111111111111","serializer_format":"json","serializer_config":{"indent":2},"delivery_policy":{"max_attempts":3},"is_active":true,"created_at":"2026-01-01T00:00:00.000Z","updated_at":"2026-01-01T00:00:00.000Z"}`,
	`{"id":"00000000-0000-4000-8000-000000000001","name":"renamed","signal_filter":"all","deliverable_type":null,"destination_id":7,"field_map":{"a":[],"rules":{}},"delivery_policy":{"max_attempts":"3","backoff":[1,-1],"rate_limit":{"ratePerSec":1e99}},"is_active":true}`,
	`{"data":[{"id":"00000000-0000-4000-8000-000000000001","name":"\u001b]0;a\u0007\u202e\n::set-output","type":"webhook","config":{"url":"\u009b"},"signal_filter":{"event_type":"\r"},"destination_id":"\u2066","is_active":true}]}`,
	`{"statusCode":404,"code":"not_found","message":"no"}`, `{"error":{"code":"x","message":["a","b"]}}`, `{"statusCode":409,"message":"taken"}`,
}

// FuzzAnswers returns an arbitrary response to each call of the provider. The provider must not crash or return an inconsistent result, and
// with good responses the next apply must restore the configured state.
//
// Run it with -fuzzminimizetime=1x. Otherwise Go would waste a minute on each new input, because concurrent requests make the covered code
// differ between two executions of one input.
func FuzzAnswers(f *testing.F) {
	n := 0
	for i := range hostileOperations {
		for j, body := range seedBodies {
			if (i+j)%3 == 0 { // the fuzzer finds the other pairs, and a plain test run has no time for all
				f.Add(byte(i), []int{200, 400, 200, 404, 200, 500}[n%6], body)
				n++
			}
		}
	}
	f.Fuzz(func(t *testing.T, which byte, status int, body string) {
		if status < 200 || status > 599 || status >= 300 && status < 400 {
			status = 200
		}
		op := hostileOperations[int(which)%len(hostileOperations)]
		api := &hostileAPI{Emulator: emulator.New(emulator.Behavior{})}
		server := httptest.NewServer(api)
		defer server.Close()
		ctx := t.Context()
		api.Add(emulator.Destination{ID: targetID, Name: "target", Type: "webhook", IsActive: true})
		start := func() *driver {
			d, err := newDriver(ctx, op.of.resourceType, map[string]any{
				"api_key": emulator.DefaultAPIKey, "base_url": server.URL, "max_retries": 0, "max_retry_wait": "1ms",
			})
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		d := start()
		if !op.creates {
			if err := d.apply(ctx, op.of.configuration("created")); err != nil || errorIn(d.said) != nil {
				t.Fatal(err, errorIn(d.said))
			}
		}
		body = strings.ReplaceAll(body, "00000000-0000-4000-8000-000000000001", d.state.id()) // as if the response concerned this object
		api.response.Store(&hostileResponse{op.method, op.path, status, body})
		if err := op.run(ctx, d); err != nil {
			t.Fatalf("%s %s answered with %d %s: %v", op.method, op.path, status, body, err)
		}
		for _, said := range d.said {
			if unsafe := text(said); strings.ContainsFunc(unsafe, isHostile) {
				t.Errorf("%s %s answered with %d %q: %q", op.method, op.path, status, body, unsafe)
			}
		}
		api.response.Store(nil)
		next := start() // a run caches the catalogs that it has read
		next.state = d.state
		next.heals(t, op.of.configuration("renamed"))
	})
}

// isHostile reports whether a terminal could interpret a character of a diagnostic as a command.
func isHostile(r rune) bool {
	return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || unicode.Is(unicode.Bidi_Control, r)
}

// heals applies once more with good responses. Afterwards, a plan is empty.
func (d *driver) heals(t *testing.T, configuration map[string]any) {
	t.Helper()
	ctx := t.Context()
	if !d.state.value.IsNull() && !d.state.tainted {
		if err := d.refresh(ctx); err != nil || errorIn(d.said) != nil {
			t.Fatalf("the next refresh: %v, %v", err, errorIn(d.said))
		}
	}
	for range 2 { // an object that is replaced because of its type is created again
		if err := d.apply(ctx, configuration); err != nil {
			if err.Error() == "it would be replaced" {
				if err := d.apply(ctx, nil); err != nil {
					t.Fatal(err)
				}
				continue
			}
			t.Fatalf("the next apply: %v", err)
		}
		break
	}
	if err := errorIn(d.said); err != nil {
		t.Fatalf("the next apply: %v", err)
	}
	planned, _, err := d.plan(ctx, configuration)
	if err != nil || errorIn(d.said) != nil {
		t.Fatal(err, errorIn(d.said))
	}
	if state, err := planned.PlannedState.Unmarshal(d.block().ValueType()); err != nil || !state.Equal(d.state.value) {
		t.Errorf("the state has not healed: %v\nplanned %s\nstate %s", err, state, d.state.value)
	}
}
