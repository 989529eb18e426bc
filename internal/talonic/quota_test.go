package talonic

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// An exhausted quota is detected once. Until the quota resets, the client sends nothing.
func TestQuotaSpent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		connection := steps(respond(429, `{"message":"quota exceeded"}`, "Retry-After", "7200"), respond(200, `{"data":[]}`))
		client := newClient(t, DefaultBaseURL, WithTransport(connection))
		for range 3 {
			_, err := client.ListDestinations(t.Context())
			var e *Error
			if !errors.As(err, &e) || e.StatusCode != 429 || e.RetryAt.IsZero() || e.Message != "quota exceeded" {
				t.Fatalf("error = %v", err)
			}
		}
		if _, err := client.GetDestination(t.Context(), "d1"); err == nil || !strings.Contains(err.Error(), "/d1: not sent") {
			t.Errorf("error = %v, want it to name its own request", err)
		}
		if connection.attempts != 1 {
			t.Errorf("%d requests were spent", connection.attempts)
		}
		time.Sleep(2 * time.Hour)
		if _, err := client.ListDestinations(t.Context()); err != nil {
			t.Errorf("after the reset: %v", err)
		}
	})
}

// A burst limit is not an exhausted quota, even if the only time in the response is midnight.
func TestBurst(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		midnight := time.Now().Add(9 * time.Hour).UTC().Format(time.RFC3339)
		connection := steps(respond(429, "", "X-RateLimit-Remaining", "300", "X-RateLimit-Reset", midnight), respond(200, `{"data":[]}`))
		start := time.Now()
		if _, err := newClient(t, DefaultBaseURL, WithTransport(connection)).ListDestinations(t.Context()); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("it took %v", took)
		}
	})
}

func TestRequestsPerSecond(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		client := newClient(t, DefaultBaseURL, WithTransport(steps(respond(200, `{"data":[]}`))), WithRequestsPerSecond(2), WithTimeout(time.Second))
		start := time.Now()
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if _, err := client.ListDestinations(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if took := time.Since(start); took != 4*time.Second {
			t.Errorf("10 requests took %v, want 4s: 2 at once and 2 a second", took)
		}
	})
}
