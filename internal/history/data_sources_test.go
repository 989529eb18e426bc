package history_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

func TestAttempts(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.attempts(toLedger, "ssf")
	a.attempts(toArchive, "sfi")
	for name, test := range map[string]struct {
		given map[string]any
		want  string
		total float64
	}{
		"all":               {nil, "6 5 4 3 2 1", 6},
		"of a binding":      {map[string]any{"binding_id": toLedger}, "3 2 1", 3},
		"to a destination":  {map[string]any{"destination_id": strings.ToUpper(archiveID)}, "6 5 4", 3},
		"with a status":     {map[string]any{"status": "failed"}, "5 3", 2},
		"by all":            {map[string]any{"binding_id": toArchive, "destination_id": archiveID, "status": "in_flight"}, "6", 1},
		"of another":        {map[string]any{"binding_id": toArchive, "destination_id": ledgerID}, "", 0},
		"the newest":        {map[string]any{"limit": 2}, "6 5", 6},
		"the newest failed": {map[string]any{"limit": 1, "status": "failed"}, "5", 2},
	} {
		got := a.serve(t, emulator.DefaultAPIKey).Read("talonic_delivery_attempts", test.given)
		if len(got.Errors)+len(got.Warnings) > 0 {
			t.Errorf("%s: %v", name, got)
			continue
		}
		if ids := idsIn(t, got.State["attempts"]); ids != test.want || got.State["total"] != test.total {
			t.Errorf("%s: %q of %v, not %q of %v", name, ids, got.State["total"], test.want, test.total)
		}
		if diff := cmp.Diff([]string{"list-attempts 200"}, a.requests()); diff != "" {
			t.Errorf("%s: requests (-want +got):\n%s", name, diff)
		}
	}

	got := a.serve(t, emulator.DefaultAPIKey).Read("talonic_delivery_attempts", map[string]any{"status": "failed", "limit": 1})
	shown, _ := got.State["attempts"].([]any)
	key, _ := shown[0].(map[string]any)["idempotency_key"].(string)
	if diff := cmp.Diff(map[string]any{
		"id": idOf("a", 5), "binding_id": toArchive, "event_id": "5", "idempotency_key": key, "status": "failed", "attempt": 1.0, "http_status": 503.0,
		"error_code": "connector_5xx", "error_message": "endpoint responded with 503", "duration_ms": 80.0,
		"created_at": "2026-08-14T09:35:00.000Z", "completed_at": "2026-08-14T09:35:00.080Z",
	}, shown[0]); diff != "" || len(key) != 32 {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// In whatever form and order the API lists, the newest come first, and all of them are counted.
func TestAttemptsInEveryForm(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		behavior emulator.Behavior
		requests int
		total    any
	}{
		"documented":                {emulator.Behavior{}, 1, 30.0},
		"as other lists":            {emulator.Behavior{HistoryAsList: true, ListForm: emulator.ListNumbered}, 1, 30.0},
		"bare":                      {emulator.Behavior{HistoryAsList: true, ListBareArray: true, ListLimit: emulator.LimitIgnored}, 1, 30.0},
		"in pages of its own":       {emulator.Behavior{ListPageSize: 4, ListLimit: emulator.LimitIgnored}, 2, 30.0},
		"limits are refused":        {emulator.Behavior{RefuseUnknownQuery: true}, 2, 30.0},
		"the oldest first":          {emulator.Behavior{HistoryOldestFirst: true}, 5, 30.0},
		"the oldest first, whole":   {emulator.Behavior{HistoryOldestFirst: true, ListLimit: emulator.LimitIgnored}, 1, 30.0},
		"times in another form":     {emulator.Behavior{Times: emulator.TimeEpochMillis}, 1, 30.0},
		"cursors, and it says more": {emulator.Behavior{HistoryAsList: true, ListPageSize: 4}, 1, 30.0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, test.behavior)
			a.attempts(toLedger, strings.Repeat("sf", 15))
			got := a.serve(t, emulator.DefaultAPIKey).Read("talonic_delivery_attempts", map[string]any{"limit": 6})
			if len(got.Errors) > 0 {
				t.Fatal(got)
			}
			if ids := idsIn(t, got.State["attempts"]); ids != "30 29 28 27 26 25" || got.State["total"] != test.total {
				t.Errorf("%s of %v", ids, got.State["total"])
			}
			if requests := a.requests(); len(requests) != test.requests {
				t.Errorf("%d requests, not %d: %v", len(requests), test.requests, requests)
			}
		})
	}
}

func TestAttempt(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.AddAttempt(emulator.Attempt{
		ID: idOf("a", 1), BindingID: toLedger, Status: emulator.StatusFailed, ErrorCode: "connector_4xx", CreatedAt: start, CompletedAt: start.Add(time.Second),
		RequestBody: `{"payload":{"total":12}}`, ResponseBody: "no such account\n",
	})
	for name, test := range map[string]struct {
		given             map[string]any
		request, response any
	}{
		"without bodies": {map[string]any{"id": idOf("a", 1)}, nil, nil},
		"declined":       {map[string]any{"id": idOf("a", 1), "include_bodies": false}, nil, nil},
		"with bodies":    {map[string]any{"id": idOf("a", 1), "include_bodies": true}, `{"payload":{"total":12}}`, "no such account\n"},
	} {
		got := a.serve(t, emulator.DefaultAPIKey).Read("talonic_delivery_attempt", test.given)
		if len(got.Errors) > 0 || got.State["request_body"] != test.request || got.State["response_body"] != test.response || got.State["error_code"] != "connector_4xx" {
			t.Errorf("%s: %v", name, got)
		}
		if diff := cmp.Diff([]string{"read-attempt 200"}, a.requests()); diff != "" {
			t.Errorf("%s: requests (-want +got):\n%s", name, diff)
		}
	}
}

func TestDeadLetters(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.letters(toLedger, "connector_5xx", 2)
	a.letters(toArchive, "auth_failed", 1)
	a.letters(toArchive, "connector_5xx", 1)
	for name, test := range map[string]struct {
		given    map[string]any
		want     string
		total    float64
		requests []string
	}{
		"all":              {nil, "1 2 3 4", 4, nil},
		"of a binding":     {map[string]any{"binding_id": strings.ToUpper(toLedger)}, "1 2", 2, nil},
		"to a destination": {map[string]any{"destination_id": archiveID}, "3 4", 2, []string{"list-bindings 200"}},
		"with a code":      {map[string]any{"error_code": "connector_5xx"}, "1 2 4", 3, nil},
		"by all":           {map[string]any{"destination_id": archiveID, "binding_id": toArchive, "error_code": "auth_failed"}, "3", 1, []string{"list-bindings 200"}},
		"the oldest":       {map[string]any{"limit": 1}, "1", 4, nil},
		"to nothing":       {map[string]any{"destination_id": idOf("e", 1)}, "", 0, []string{"list-bindings 200"}},
	} {
		got := a.serve(t, emulator.DefaultAPIKey).Read("talonic_delivery_dead_letters", test.given)
		if len(got.Errors)+len(got.Warnings) > 0 {
			t.Errorf("%s: %v", name, got)
			continue
		}
		if ids := idsIn(t, got.State["dead_letters"]); ids != test.want || got.State["total"] != test.total {
			t.Errorf("%s: %q of %v, not %q of %v", name, ids, got.State["total"], test.want, test.total)
		}
		if diff := cmp.Diff(append(test.requests, "list-dead-letters 200"), a.requests()); diff != "" {
			t.Errorf("%s: requests (-want +got):\n%s", name, diff)
		}
	}
}

// Of 10,000 dead letters, no more gets into a state than is wanted, and pages of 500 are read.
func TestTenThousandDeadLetters(t *testing.T) {
	t.Parallel()
	for form, b := range map[string]emulator.Behavior{
		"cursors":      {ListPageSize: 20},
		"page numbers": {ListForm: emulator.ListNumbered, ListPageSize: 20},
	} {
		t.Run(form, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, b)
			for n := range 10_000 {
				a.AddDeadLetter(emulator.DeadLetter{ID: idOf("d", n+1), BindingID: toLedger, CreatedAt: start.Add(time.Duration(n) * time.Second)})
			}
			got := a.serve(t, emulator.DefaultAPIKey).Read("talonic_delivery_dead_letters", map[string]any{"destination_id": ledgerID, "limit": 3})
			if ids := idsIn(t, got.State["dead_letters"]); ids != "1 2 3" || got.State["total"] != 10_000.0 {
				t.Errorf("%s of %v", ids, got.State["total"])
			}
			if requests := a.requests(); len(requests) > 1+1+20 {
				t.Errorf("%d requests", len(requests))
			}
		})
	}
}

// Bad input is an error before anything is read, and what cannot be read is one that says what to do.
func TestDataSourcesFail(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		source string
		given  map[string]any
		key    any
		want   []string
	}{
		"a binding that is none":       {"attempts", map[string]any{"binding_id": "to ledger"}, emulator.DefaultAPIKey, []string{"Invalid ID", "binding_id is not a valid ID"}},
		"a status that does not exist": {"attempts", map[string]any{"status": "lost"}, emulator.DefaultAPIKey, []string{"status", "in_flight"}},
		"no limit":                     {"attempts", map[string]any{"limit": 0}, emulator.DefaultAPIKey, []string{"limit", "between 1 and 1000"}},
		"a destination that is none":   {"dead_letters", map[string]any{"destination_id": "x"}, emulator.DefaultAPIKey, []string{"Invalid ID"}},
		"an empty code":                {"dead_letters", map[string]any{"error_code": ""}, emulator.DefaultAPIKey, []string{"Empty argument"}},
		"an attempt that is none":      {"attempt", map[string]any{"id": "x"}, emulator.DefaultAPIKey, []string{"Invalid ID"}},
		"an attempt that is gone": {
			"attempt", map[string]any{"id": idOf("a", 9)}, emulator.DefaultAPIKey,
			[]string{"Cannot read delivery attempt\nDelivery attempt " + idOf("a", 9), "404 Not Found", "request ID", "Check the ID"},
		},
		"attempts with a wrong key":     {"attempts", nil, "wrong", []string{"Cannot list the delivery attempts", "401", "TALONIC_API_KEY"}},
		"dead letters with a wrong key": {"dead_letters", nil, "wrong", []string{"Cannot list the delivery dead letters", "401"}},
		"attempts yet":                  {"attempts", nil, notYet, []string{"Cannot list the delivery attempts yet"}},
		"dead letters yet":              {"dead_letters", nil, notYet, []string{"Cannot list the delivery dead letters yet"}},
		"an attempt yet":                {"attempt", map[string]any{"id": idOf("a", 1)}, notYet, []string{"Cannot read delivery attempt yet"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			got := a.serve(t, test.key).Read("talonic_delivery_"+test.source, test.given)
			if len(got.Errors) != 1 {
				t.Fatalf("%v", got)
			}
			for _, want := range test.want {
				if !strings.Contains(got.Errors[0], want) {
					t.Errorf("%q is not said: %s", want, got.Errors[0])
				}
			}
		})
	}
}

// Of a URL that is a secret by its form, messages show the host alone.
func TestMessagesWithSecretURLs(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	const said, shown = "POST https://hooks.slack.com/services/T0FAKE/B0FAKE/fakeone failed", "POST https://hooks.slack.com/... failed"
	a.AddAttempt(emulator.Attempt{ID: idOf("a", 1), BindingID: toArchive, Status: emulator.StatusFailed, ErrorMessage: said, CreatedAt: start})
	a.AddDeadLetter(emulator.DeadLetter{ID: idOf("d", 1), BindingID: toArchive, ErrorMessage: said, CreatedAt: start})
	for source, list := range map[string]string{"talonic_delivery_attempts": "attempts", "talonic_delivery_dead_letters": "dead_letters"} {
		got := a.serve(t, emulator.DefaultAPIKey).Read(source, nil)
		objects, _ := got.State[list].([]any)
		if len(objects) != 1 {
			t.Fatalf("%s: %v", source, got)
		}
		if message := objects[0].(map[string]any)["error_message"]; message != shown {
			t.Errorf("%s: %v", source, message)
		}
	}
}
