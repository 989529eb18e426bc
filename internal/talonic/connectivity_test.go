package talonic

import (
	"errors"
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A connectivity test whose response is lost is retried.
func TestProbeAgain(t *testing.T) {
	t.Parallel()
	answer := respond(200, `{"success":true}`)
	for name, c := range map[string]struct {
		connection *script
		attempts   int
		fails      bool
	}{
		"the API has a problem":  {steps(respond(500, `{"code":"X"}`), answer), 2, false},
		"a gateway gave up":      {steps(respond(504, "<html>"), answer), 2, false},
		"the answer was lost":    {steps(breakOff(errors.New("connection reset")), answer), 2, false},
		"refused for now":        {steps(respond(429, `{"code":"X"}`), answer), 2, false},
		"refused for ever":       {steps(respond(404, ownNotFound), respond(200, `{"data":[]}`)), 2, true},
		"the answer is no probe": {steps(respond(200, "{}")), 1, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := newTestClient(t, http.NotFound, WithTransport(c.connection))
			_, err := client.TestDestination(t.Context(), "d1")
			if (err != nil) != c.fails || isOutcomeUnknown(err) {
				t.Errorf("error = %v", err)
			}
			if c.connection.attempts != c.attempts {
				t.Errorf("%d attempts, not %d", c.connection.attempts, c.attempts)
			}
		})
	}
}

func TestTestDestination(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]ConnectivityTest{
		`{"success":true,"durationMs":12}`:                                               {Success: true, DurationMS: 12},
		`{"success":false,"httpStatus":401,"durationMs":212,"message":"refused","x":[]}`: {HTTPStatus: new(int64(401)), DurationMS: 212, Message: "refused"},
		`{"success":true,"httpStatus":"204","durationMs":12.7}`:                          {Success: true, HTTPStatus: new(int64(204)), DurationMS: 13},
		`{"success":true,"durationMs":"12"}`:                                             {Success: true, DurationMS: 12},
		`{"success":true}`:                                                               {Success: true},
	} {
		server := record(always(200, body))
		got, err := newTestClient(t, server.ServeHTTP).TestDestination(t.Context(), "d1")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(&want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
		if r := server.only(t); r.method != "POST" || r.uri != "/v1/delivery/destinations/d1/test" || r.body != "{}" {
			t.Errorf("requested %s %s %s", r.method, r.uri, r.body)
		}
	}
}
