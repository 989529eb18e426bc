package talonic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
)

// letterAt returns a dead letter of a binding, created the given number of minutes after nine.
func letterAt(id, binding string, minute int) string {
	return fmt.Sprintf(`{"id":%q,"binding_id":%q,"event_id":"7","error_code":"connector_5xx","attempts":6,"created_at":"2026-08-14T09:%02d:00.000Z"}`,
		id, binding, minute)
}

func TestListDeadLetters(t *testing.T) {
	t.Parallel()
	a, b, c := letterAt("a", "b1", 1), letterAt("b", "b2", 2), letterAt("c", "b1", 3)
	ofFirst := func(d DeadLetter) bool { return d.BindingID == "b1" }
	for name, test := range map[string]struct {
		body    string
		matches func(DeadLetter) bool
		limit   int
		want    string
	}{
		"none":       {`{"data":[]}`, nil, 1, " of 0"},
		"all":        {`{"data":[` + c + `,` + a + `,` + b + `]}`, nil, 5, "a b c of 3"},
		"bare":       {`[` + c + `,` + a + `]`, nil, 5, "a c of 2"},
		"as items":   {`{"items":[` + c + `,` + a + `],"total":2}`, nil, 5, "a c of 2"},
		"the oldest": {`{"data":[` + c + `,` + b + `,` + a + `]}`, nil, 1, "a of 3"},
		"some":       {`{"data":[` + c + `,` + b + `,` + a + `]}`, ofFirst, 1, "a of 2"},
		"odd":        {`{"data":[{"id":"a","error_code":5,"attempts":"six","created_at":null,"last_item_id":null}]}`, nil, 1, "a of 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := record(always(200, test.body))
			got, err := newTestClient(t, server.ServeHTTP).ListDeadLetters(t.Context(), test.matches, test.limit)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, one := range got.Objects {
				ids = append(ids, one.ID)
			}
			if shown := fmt.Sprintf("%s of %d", strings.Join(ids, " "), *got.Total); shown != test.want {
				t.Errorf("%s, not %s", shown, test.want)
			}
			if r := server.only(t); r.method != http.MethodGet || r.uri != "/v1/delivery/dlq" {
				t.Errorf("%s %s", r.method, r.uri)
			}
		})
	}
}

// A client that reads 10,000 dead letters in pages holds only the selected ones in memory. It sends 21 requests: one for a page of
// the API's default size, which shows that there are more, and the others for pages of 500.
func TestTenThousandDeadLetters(t *testing.T) {
	t.Parallel()
	const count, wanted = 10_000, 100
	server := record(func(w http.ResponseWriter, r *http.Request) {
		limit, err := strconv.Atoi(r.URL.Query().Get("limit"))
		if err != nil {
			limit = 20
		}
		page, err := strconv.Atoi(r.URL.Query().Get("page"))
		if err != nil {
			page = 1
		}
		var shown []string
		for i := (page - 1) * limit; i < min(count, page*limit); i++ {
			shown = append(shown, fmt.Sprintf(`{"id":"l%05d","binding_id":"b1","created_at":%d}`, i, 1_790_000_000-i))
		}
		answer(w, 200, fmt.Sprintf(`{"data":[%s],"total":%d}`, strings.Join(shown, ","), count))
	})
	client := newTestClient(t, server.ServeHTTP)
	l := &listing[DeadLetter]{
		client: client, path: deadLettersPath, pages: &client.deadLetterPages, choice: choice[DeadLetter]{order: oldestFirst, most: wanted},
	}
	if err := l.read(t.Context(), l.whole); err != nil {
		t.Fatal(err)
	}
	if requests := len(server.all()); requests != 21 {
		t.Errorf("%d requests", requests)
	}
	if l.count != count || len(l.objects) != wanted || cap(l.objects) > 2*500 || l.objects[0].ID != "l09999" {
		t.Errorf("%d of %d, in memory for %d, the first is %s", len(l.objects), l.count, cap(l.objects), l.objects[0].ID)
	}
}

func TestDismissDeadLetter(t *testing.T) {
	t.Parallel()
	none := respond(200, `{"data":[]}`)
	for name, test := range map[string]struct {
		steps    *script
		requests int
		attempts int    // attempts that may have had an effect
		want     string // part of the error
	}{
		"dismissed":              {steps(respond(200, `{"dismissed":true}`)), 1, 1, ""},
		"without a body":         {steps(respond(204, ``)), 1, 1, ""},
		"deleted, and gone":      {steps(respond(200, `{"deleted":true,"id":"x1"}`), none), 2, 1, ""},
		"a text":                 {steps(respond(200, `ok`), none), 2, 1, ""},
		"a text, and not gone":   {steps(respond(200, `ok`), respond(200, `{"data":[{"id":"x1"}]}`)), 2, 1, "the dead letter still exists"},
		"not dismissed":          {steps(respond(200, `{"dismissed":false}`)), 1, 1, `its "dismissed" is not true`},
		"gone":                   {steps(respond(404, ownNotFound)), 1, 1, "404"},
		"lost, and gone then":    {steps(breakOff(errors.New("reset")), respond(404, ownNotFound)), 2, 2, "404"},
		"lost, and there still":  {steps(breakOff(errors.New("reset")), respond(200, `{"dismissed":true}`)), 2, 2, ""},
		"refused for now":        {steps(respond(429, `{"statusCode":429,"message":"slow down"}`), respond(200, `{"dismissed":true}`)), 2, 1, ""},
		"organization-wide key?": {steps(respond(400, `{"code":"bad_request","message":"no"}`)), 1, 1, "400"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			attempts, err := newTestClient(t, http.NotFound, WithTransport(test.steps)).DismissDeadLetter(t.Context(), "x1")
			if (err == nil) != (test.want == "") || err != nil && !strings.Contains(err.Error(), test.want) || isOutcomeUnknown(err) {
				t.Errorf("error = %v, want %q", err, test.want)
			}
			if test.steps.attempts != test.requests || attempts != test.attempts {
				t.Errorf("%d requests, %d of them may have had an effect", test.steps.attempts, attempts)
			}
		})
	}
}

// If the list that would confirm a dismissal cannot be read, the outcome is unknown, whatever the API responds to the list request.
func TestDismissalNotConfirmed(t *testing.T) {
	t.Parallel()
	for _, list := range []step{
		respond(400, ownRefusal), respond(403, ownRefusal), respond(401, ownRefusal), respond(404, ownNotFound), respond(503, ownRefusal), breakOff(errors.New("reset")),
	} {
		connection := steps(respond(200, `ok`), list)
		attempts, err := newTestClient(t, http.NotFound, WithTransport(connection), WithMaxRetries(0)).DismissDeadLetter(t.Context(), "x1")
		var (
			unknown *OutcomeUnknownError
			said    *Error
		)
		if !errors.As(err, &unknown) || unknown.Lookup == nil || errors.As(err, &said) || StopOf(err) != nil || attempts != 1 {
			t.Errorf("%d attempts, error = %v", attempts, err)
		}
	}
}

// An attempt that was not sent, because the wait for its turn ended, does not count, and does not make up for an earlier attempt.
func TestDismissalsThatWereNotSent(t *testing.T) {
	t.Parallel()
	for first, want := range map[int]int{http.StatusBadGateway: 1, http.StatusTooManyRequests: 0} {
		client := newTestClient(t, http.NotFound, WithTransport(steps(respond(first, ownRefusal), breakOff(notSentError{context.Canceled}))), WithMaxRetries(1))
		if attempts, err := client.DismissDeadLetter(t.Context(), "x1"); attempts != want || err == nil {
			t.Errorf("%d: %d attempts, error = %v", first, attempts, err)
		}
	}
}

// Messages from the API and from receivers may contain secrets of this process.
func TestHistoryIsScreened(t *testing.T) {
	t.Parallel()
	client := newTestClient(t, always(200, `[{"id":"x","binding_id":"b","error_code":"`+testKey+`","error_message":"the key `+testKey+` is wrong"}]`))
	letters, err := client.ListDeadLetters(t.Context(), nil, 1)
	if err != nil {
		t.Fatal(err)
	}
	attempts, err := client.ListAttempts(t.Context(), AttemptQuery{Limit: 1})
	if err != nil {
		t.Fatal(err)
	}
	for _, shown := range []*string{
		letters.Objects[0].ErrorCode, letters.Objects[0].ErrorMessage, attempts.Objects[0].ErrorCode, attempts.Objects[0].ErrorMessage,
	} {
		if *shown != "(sensitive value)" {
			t.Error(*shown)
		}
	}
}
