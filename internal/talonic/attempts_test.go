package talonic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// attemptAt returns an attempt of a binding with a created_at in the given minute.
func attemptAt(id string, minute int) string {
	return fmt.Sprintf(`{"id":%q,"binding_id":"b1","status":"failed","created_at":"2026-08-14T09:%02d:00.000Z"}`, id, minute)
}

func items(total string, items ...string) string {
	return `{"items":[` + strings.Join(items, ",") + `]` + total + `}`
}

func TestListAttempts(t *testing.T) {
	t.Parallel()
	a, b, c := attemptAt("a", 3), attemptAt("b", 2), attemptAt("c", 1)
	const refused = `{"code":"validation_error","message":"unknown parameter limit"}`
	for name, test := range map[string]struct {
		query  AttemptQuery
		bodies map[string]string // by query
		want   string            // IDs, newest first, and the total
		uris   []string
	}{
		"none":        {AttemptQuery{Limit: 2}, map[string]string{"limit=2": items(`,"total":0`)}, " of 0", []string{"limit=2"}},
		"whole":       {AttemptQuery{Limit: 3}, map[string]string{"limit=3": items(`,"total":2`, a, b)}, "a b of 2", []string{"limit=3"}},
		"newest only": {AttemptQuery{Limit: 2}, map[string]string{"limit=2": items(`,"total":70`, a, b)}, "a b of 70", []string{"limit=2"}},
		"the API ignores the limit": {
			AttemptQuery{Limit: 2}, map[string]string{"limit=2": items(`,"total":3`, a, b, c)}, "a b of 3", []string{"limit=2"},
		},
		"the oldest come first": {AttemptQuery{Limit: 2}, map[string]string{"limit=2": items("", c, b, a)}, "a b of 3", []string{"limit=2"}},
		"the oldest come first, in pages": {
			AttemptQuery{Limit: 1},
			map[string]string{"limit=1": items(`,"total":3`, c, b), "limit=1&page=2": items(`,"total":3`, a)},
			"a of 3", []string{"limit=1", "limit=1&page=2"},
		},
		"smaller pages than were asked for": {
			AttemptQuery{Limit: 2},
			map[string]string{"limit=2": items(`,"total":3`, a), "limit=2&page=2": items(`,"total":3`, b)},
			"a b of 3", []string{"limit=2", "limit=2&page=2"},
		},
		"a page shifts while it is read": {
			AttemptQuery{Limit: 3},
			map[string]string{"limit=3": items(`,"total":4`, a, b), "limit=3&page=2": items(`,"total":5`, a, b, c)},
			"a b c of 5", []string{"limit=3", "limit=3&page=2"},
		},
		"cursor": {
			AttemptQuery{Limit: 2},
			map[string]string{
				"limit=2":          `{"data":[` + a + `],"pagination":{"has_more":true,"next_cursor":"x"}}`,
				"cursor=x&limit=2": `{"data":[` + b + `],"pagination":{"has_more":true,"next_cursor":"y"}}`,
			},
			"a b of unknown", []string{"limit=2", "cursor=x&limit=2"},
		},
		"large pages are refused": {
			AttemptQuery{Limit: 200},
			map[string]string{"limit=200": refused, "limit=100": items(`,"total":2`, a, b)}, "a b of 2", []string{"limit=200", "limit=100"},
		},
		"limits are refused": {
			AttemptQuery{Limit: 200}, map[string]string{"limit=200": refused, "limit=100": refused, "": items("", a, b)},
			"a b of 2", []string{"limit=200", "limit=100", ""},
		},
		"filters": {
			AttemptQuery{"b1", "d1", "failed", 1}, map[string]string{"binding_id=b1&destination_id=d1&limit=1&status=failed": `[` + a + `]`},
			"a of 1", []string{"binding_id=b1&destination_id=d1&limit=1&status=failed"},
		},
		"times that are numbers": {
			AttemptQuery{Limit: 2}, map[string]string{"limit=2": `[{"id":"x","created_at":1790000000},{"id":"y","created_at":1790000001}]`},
			"y x of 2", []string{"limit=2"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := record(func(w http.ResponseWriter, r *http.Request) {
				switch body, ok := test.bodies[r.URL.RawQuery]; {
				case !ok:
					answer(w, 500, `{"retryable":false}`)
				case body == refused:
					answer(w, 400, body)
				default:
					answer(w, 200, body)
				}
			})
			got, err := newTestClient(t, server.ServeHTTP).ListAttempts(t.Context(), test.query)
			if err != nil {
				t.Fatal(err)
			}
			var ids, uris []string
			for _, one := range got.Objects {
				ids = append(ids, one.ID)
			}
			total := "unknown"
			if got.Total != nil {
				total = fmt.Sprint(*got.Total)
			}
			if shown := strings.Join(ids, " ") + " of " + total; shown != test.want {
				t.Errorf("%s, not %s", shown, test.want)
			}
			for _, r := range server.all() {
				uris = append(uris, strings.TrimPrefix(strings.TrimPrefix(r.uri, "/v1/delivery/items"), "?"))
			}
			if diff := cmp.Diff(test.uris, uris); diff != "" {
				t.Errorf("requests (-want +got):\n%s", diff)
			}
		})
	}
}

// Attempts that do not match the query are an error. A list without end is also an error.
func TestListAttemptsFails(t *testing.T) {
	t.Parallel()
	a := attemptAt("a", 3)
	for name, test := range map[string]struct {
		query AttemptQuery
		body  string
		want  string
	}{
		"another binding":  {AttemptQuery{BindingID: "b2", Limit: 1}, items("", a), "item 0 of the list belongs to a binding"},
		"another status":   {AttemptQuery{Status: "succeeded", Limit: 1}, items("", a), "item 0 of the list has a status that was not requested"},
		"no id":            {AttemptQuery{Limit: 1}, `[{}]`, `has no valid "id"`},
		"no list":          {AttemptQuery{Limit: 1}, `{"total":0}`, `there is no "data"`},
		"the same forever": {AttemptQuery{Limit: 2}, items(`,"total":3`, a), "pages repeat"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := newTestClient(t, always(200, test.body)).ListAttempts(t.Context(), test.query)
			if err == nil || got != nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v, %v, want an error with %q", got, err, test.want)
			}
		})
	}
}

func TestGetAttempt(t *testing.T) {
	t.Parallel()
	texts := func(a *AttemptWithBodies) string {
		shown := []string{string(a.EventID), "none", "none"}
		for i, body := range []*string{a.RequestBody, a.ResponseBody} {
			if body != nil {
				shown[1+i] = *body
			}
		}
		return strings.Join(shown, ", ")
	}
	for name, test := range map[string]struct{ more, want string }{
		"no bodies":      {``, ", none, none"},
		"null":           {`,"request_body":null,"response_body":null`, ", none, none"},
		"texts":          {`,"event_id":"9007199254740993","request_body":"{\"a\":1}","response_body":""`, `9007199254740993, {"a":1}, `},
		"JSON":           {`,"event_id":9007199254740993,"request_body":{"a":1,"A":2},"response_body":[1]`, `9007199254740993, {"a":1,"A":2}, [1]`},
		"a secret in it": {`,"response_body":"no such key: ` + testKey + `"`, ", none, (sensitive value)"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := newTestClient(t, always(200, `{"id":"a1","status":"failed"`+test.more+`}`)).GetAttempt(t.Context(), "a1")
			if err != nil {
				t.Fatal(err)
			}
			if shown := texts(got); shown != test.want {
				t.Errorf("%s, not %s", shown, test.want)
			}
		})
	}
	for name, body := range map[string]string{"another": `{"id":"a2","status":"failed"}`, "no id": `{}`, "no status": `{"id":"a1"}`} {
		if got, err := newTestClient(t, always(200, body)).GetAttempt(t.Context(), "a1"); err == nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// A replay is not retried, unless the attempt certainly had no effect.
func TestReplay(t *testing.T) {
	t.Parallel()
	replayed, refused := respond(200, `{"replayed":true}`), respond(429, `{"statusCode":429,"message":"slow down"}`)
	reset := breakOff(errors.New("connection reset"))
	for name, test := range map[string]struct {
		steps           *script
		attempts        int
		attempt, letter string // results of the replays of an attempt and of a dead letter: "", "unknown" or "error"
	}{
		"replayed":               {steps: steps(replayed), attempts: 1},
		"accepted without words": {steps: steps(respond(202, ``)), attempts: 1, letter: "unknown"},
		"accepted with a text":   {steps: steps(respond(200, `queued`)), attempts: 1, letter: "unknown"},
		"an item":                {steps: steps(respond(201, `{"id":"a9","status":"in_flight"}`)), attempts: 1, letter: "unknown"},
		"not replayed":           {steps: steps(respond(200, `{"replayed":false}`)), attempts: 1, attempt: "unknown", letter: "unknown"},
		"a page of HTML":         {steps: steps(respond(200, `<html>`)), attempts: 1, attempt: "unknown", letter: "unknown"},
		"refused for now":        {steps: steps(refused, replayed), attempts: 2},
		"lost":                   {steps: steps(reset, replayed), attempts: 1, attempt: "unknown", letter: "unknown"},
		"failed":                 {steps: steps(respond(500, `{}`), replayed), attempts: 1, attempt: "unknown", letter: "unknown"},
		"gateway":                {steps: steps(respond(504, `<html>`), replayed), attempts: 1, attempt: "unknown", letter: "unknown"},
		"gone":                   {steps: steps(respond(404, ownNotFound)), attempts: 1, attempt: "error", letter: "error"},
		"rate limit, gateway":    {steps: steps(respond(429, `<html>`), replayed), attempts: 1, attempt: "unknown", letter: "unknown"},
		"rate limit, headers":    {steps: steps(respond(429, ``, "X-RateLimit-Limit", "500"), replayed), attempts: 2},
		"rejected by a gateway":  {steps: steps(respond(403, `{"message":"Forbidden"}`)), attempts: 1, attempt: "unknown", letter: "unknown"},
		"not routed":             {steps: steps(respond(404, ``)), attempts: 1, attempt: "error", letter: "error"},
		"organization-wide key":  {steps: steps(respond(400, `{"code":"bad_request"}`)), attempts: 1, attempt: "error", letter: "error"},
	} {
		for object, replay := range map[string]func(*Client, context.Context, string) error{
			"attempt": (*Client).ReplayAttempt, "dead letter": (*Client).ReplayDeadLetter,
		} {
			t.Run(name+"/"+object, func(t *testing.T) {
				t.Parallel()
				connection := steps(test.steps.steps...)
				err := replay(newTestClient(t, http.NotFound, WithTransport(connection)), t.Context(), "x1")
				want, got := map[string]string{"attempt": test.attempt, "dead letter": test.letter}[object], ""
				switch {
				case isOutcomeUnknown(err):
					got = "unknown"
				case err != nil:
					got = "error"
				}
				if got != want || connection.attempts != test.attempts {
					t.Errorf("%q after %d attempts, not %q after %d: %v", got, connection.attempts, want, test.attempts, err)
				}
			})
		}
	}
}

// An interrupted run waits for the response to a replay in flight, and starts no other replay.
func TestReplayIsFinished(t *testing.T) {
	t.Parallel()
	ctx, interrupt := context.WithCancel(t.Context())
	client := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
		interrupt()
		answer(w, 200, `{"replayed":true}`)
	})
	if err := client.ReplayDeadLetter(ctx, "x1"); err != nil {
		t.Error(err)
	}
	if err := client.ReplayDeadLetter(ctx, "x2"); !errors.Is(err, context.Canceled) || isOutcomeUnknown(err) {
		t.Error(err)
	}
}
