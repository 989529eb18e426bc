package talonic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

// A cause that affects every request stops the rest of a run: later calls send nothing and report the cause.
func TestStops(t *testing.T) {
	t.Parallel()
	refusal := func(status int, code string) http.HandlerFunc {
		return always(status, fmt.Sprintf(`{"statusCode":%d,"code":%q,"message":"no"}`, status, code))
	}
	read := func(c *Client) error { _, err := c.GetDestination(context.Background(), "d1"); return err }
	write := func(c *Client) error { return c.DeleteDestination(context.Background(), "d1") }
	for name, c := range map[string]struct {
		answer http.HandlerFunc
		calls  []func(*Client) error
		sent   int // number of requests, without retries
		stops  int // calls that are not sent
	}{
		"key refused":              {refusal(401, "unauthorized"), []func(*Client) error{read, read, write}, 1, 2},
		"key refused by a gateway": {always(401, "<html>"), []func(*Client) error{read, read}, 1, 1},
		"scope missing":            {refusal(403, "forbidden"), []func(*Client) error{write, write, read}, 2, 1},
		"forbidden by a gateway":   {always(403, "<html>"), []func(*Client) error{write, write}, 2, 0},
		"forbidden in Tyk's form":  {always(403, `{"error":"Forbidden"}`), []func(*Client) error{write, write}, 2, 0},
		"not found":                {refusal(404, "not_found"), []func(*Client) error{read, read, read, read, read, read}, 7, 0},
		"five failures":            {refusal(500, "internal"), []func(*Client) error{read, read, write, read, read, read, write}, 5, 2},
		"four failures":            {refusal(503, "internal"), []func(*Client) error{read, read, write, read}, 4, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := record(c.answer)
			client := newTestClient(t, server.ServeHTTP, WithMaxRetries(0))
			stopped := 0
			for _, call := range c.calls {
				var e *StoppedError
				if errors.As(call(client), &e) {
					stopped++
				}
			}
			if got := len(server.all()); got != c.sent || stopped != c.stops {
				t.Errorf("%d requests and %d stopped, want %d and %d", got, stopped, c.sent, c.stops)
			}
		})
	}
}

// A success resets the count of failures.
func TestFailuresInARow(t *testing.T) {
	t.Parallel()
	n := 0
	client := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
		n++
		if n%5 == 0 {
			always(200, `{"data":[]}`)(w, r)
			return
		}
		always(500, `{"code":"x"}`)(w, r)
	}, WithMaxRetries(0))
	for range 20 {
		_, err := client.ListDestinations(t.Context())
		var e *StoppedError
		if errors.As(err, &e) {
			t.Fatal(err)
		}
	}
}

// If the API is unreachable, later calls send nothing.
func TestUnreachableStops(t *testing.T) {
	t.Parallel()
	client, err := New("http://127.0.0.1:1", "tlnc_key", WithMaxRetries(0))
	if err != nil {
		t.Fatal(err)
	}
	_, first := client.GetDestination(t.Context(), "d1")
	_, second := client.GetDestination(t.Context(), "d1")
	var e *StoppedError
	if errors.As(first, &e) || !errors.As(second, &e) || StopOf(first) == nil || StopOf(first) != StopOf(second) || !NothingSent(second) {
		t.Errorf("%v, then %v", first, second)
	}
}

// The first error of a cause reports the number of other stopped operations, after that number has been constant for half a
// second.
func TestTell(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		stop := &Stop{cause: &Error{StatusCode: 401}}
		if stop.Others() != 0 {
			t.Error("what stops nothing counts")
		}
		stop.begin()
		if !stop.Tell("first") || stop.Tell("second") || stop.First() != "first" {
			t.Error("the first is not the first")
		}
		for about, want := range map[string]bool{"erp": true, "": false} {
			shared := &Stop{cause: &Error{StatusCode: 400}}
			if !shared.Tell(about) || shared.Tell("other") || shared.Tell(about) != want {
				t.Errorf("%q: an object that is told twice", about)
			}
		}
		if stop.Tell("first") {
			t.Error("a cause that stops the run is explained twice")
		}
		for i := range 8 {
			go func() { time.Sleep(time.Duration(i+1) * 400 * time.Millisecond); stop.Tell("") }()
		}
		if got, again := stop.Others(), stop.Others(); got != 8 || again != 0 {
			t.Errorf("%d others, then %d, want 8 and 0", got, again)
		}
		if got := stop.Cause(); got != "status 401" {
			t.Errorf("the cause is %q", got)
		}
	})
}

// Failures share a cause if their kind of request and their text are equal. An empty body says nothing about the cause.
func TestFailuresThatShareACause(t *testing.T) {
	t.Parallel()
	get, put := call{method: http.MethodGet, path: "/v1/delivery/destinations/d1"}, call{method: http.MethodPut, path: "/v1/delivery/destinations/d1"}
	for name, c := range map[string]struct {
		first, second call
		a, b          Error
		want          bool
	}{
		"the same":          {put, put, Error{StatusCode: 400, Message: "no"}, Error{StatusCode: 400, Message: "no"}, true},
		"another object":    {put, call{method: http.MethodPut, path: "/v1/delivery/destinations/d2"}, Error{StatusCode: 400, Message: "no"}, Error{StatusCode: 400, Message: "no"}, true},
		"another text":      {put, put, Error{StatusCode: 400, Message: "no"}, Error{StatusCode: 400, Message: "never"}, false},
		"another kind":      {get, put, Error{StatusCode: 503, Message: "no"}, Error{StatusCode: 503, Message: "no"}, false},
		"another status":    {put, put, Error{StatusCode: 400, Message: "no"}, Error{StatusCode: 422, Message: "no"}, false},
		"without text":      {put, put, Error{StatusCode: 400}, Error{StatusCode: 400}, false},
		"without text, 502": {put, put, Error{StatusCode: 502}, Error{StatusCode: 502}, false},
	} {
		var b breaker
		first, second := StopOf(b.note(c.first, &c.a, 0, time.Now())), StopOf(b.note(c.second, &c.b, 0, time.Now()))
		if got := first != nil && first == second; got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	var b breaker
	for i := range 3 * mostFailed {
		_ = b.note(put, &Error{StatusCode: 400, Message: fmt.Sprint(i)}, 0, time.Now())
	}
	if len(b.failed) > mostFailed {
		t.Errorf("%d causes are kept", len(b.failed))
	}
}
