package talonic

import (
	"errors"
	"net/http"
	"testing"
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
