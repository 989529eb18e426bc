package talonic

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var (
	errDial  = &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connection refused")}
	errProxy = &net.OpError{Op: "proxyconnect", Net: "tcp", Err: errDial}
	errRead  = &net.OpError{Op: "read", Net: "tcp", Err: errors.New("connection reset by peer")}
	errCert  = &tls.CertificateVerificationError{Err: x509.UnknownAuthorityError{}}
)

func TestWorthRetrying(t *testing.T) {
	t.Parallel()
	const limit = time.Minute
	yes, no := true, false
	inURL := func(err error) error { return &url.Error{Op: "Post", URL: "https://x", Err: err} }
	tests := []struct {
		name     string
		a        attempt
		want     bool
		wantOnce bool // want for a non-idempotent call
	}{
		{"success", attempt{status: 200}, false, false},
		{"redirect", attempt{status: 302}, false, false},
		{"bad request", attempt{status: 400}, false, false},
		{"bad request that calls itself retryable", attempt{status: 400, retryable: &yes}, false, false},
		{"not found", attempt{status: 404}, false, false},
		{"conflict", attempt{status: 409}, false, false},
		{"too many requests", attempt{status: 429}, true, true},
		{"too many requests, by a gateway", attempt{status: 429, notFromAPI: true}, true, false},
		{"too many requests, final", attempt{status: 429, retryable: &no}, false, false},
		{"too many requests, wait at the limit", attempt{status: 429, wait: limit}, true, true},
		{"too many requests, wait beyond the limit", attempt{status: 429, wait: limit + 1}, false, false},
		{"internal error", attempt{status: 500}, true, false},
		{"internal error, final", attempt{status: 500, retryable: &no}, false, false},
		{"internal error, retryable", attempt{status: 500, retryable: &yes}, true, false},
		{"not implemented", attempt{status: 501}, false, false},
		{"bad gateway", attempt{status: 502}, true, false},
		{"unavailable", attempt{status: 503}, true, false},
		{"unavailable, wait beyond the limit", attempt{status: 503, wait: 2 * limit}, false, false},
		{"gateway timeout", attempt{status: 504}, true, false},
		{"no connection", attempt{failure: inURL(errDial)}, true, true},
		{"no connection to the proxy", attempt{failure: inURL(errProxy)}, true, true},
		{"proxy error", attempt{failure: inURL(&net.OpError{Op: "proxyconnect", Err: io.EOF})}, true, true},
		{"connection lost", attempt{failure: inURL(errRead)}, true, false},
		{"answer breaks off", attempt{failure: inURL(io.ErrUnexpectedEOF)}, true, false},
		{"time is up", attempt{failure: inURL(context.DeadlineExceeded)}, true, false},
		{"body too large", attempt{failure: inURL(ErrBodyTooLarge)}, false, false},
		{"certificate not trusted", attempt{failure: inURL(errCert)}, false, false},
		{"no TLS at the other end", attempt{failure: inURL(http.ErrSchemeMismatch)}, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := shouldRetry(tt.a, limit); got != tt.want {
				t.Errorf("shouldRetry = %v, want %v", got, tt.want)
			}
			tt.a.nonIdempotent = true
			if got := shouldRetry(tt.a, limit); got != tt.wantOnce {
				t.Errorf("shouldRetry of a call that must happen only once = %v, want %v", got, tt.wantOnce)
			}
		})
	}
}

func TestNotSent(t *testing.T) {
	t.Parallel()
	for err, want := range map[error]bool{
		errDial:                             true,
		errProxy:                            true,
		errCert:                             true,
		http.ErrSchemeMismatch:              true,
		errRead:                             false,
		io.EOF:                              false,
		context.Canceled:                    false,
		&net.OpError{Op: "write", Err: nil}: false,
	} {
		if got := notSent(fmt.Errorf("wrapped: %w", err)); got != want {
			t.Errorf("notSent(%T %+v) = %v, want %v", err, err, got, want)
		}
	}
}

func TestRequestedWait(t *testing.T) {
	t.Parallel()
	const aYear = 365 * 24 * time.Hour
	now := time.Date(2026, 8, 14, 9, 30, 0, 0, time.UTC)
	epoch := func(d time.Duration) string { return strconv.FormatInt(now.Add(d).Unix(), 10) }
	tests := []struct {
		name       string
		retryAfter string
		reset      string
		want       time.Duration
		ok         bool
	}{
		{"nothing", "", "", 0, false},
		{"seconds", "30", "", 30 * time.Second, true},
		{"fraction of a second", "0.5", "", 500 * time.Millisecond, true},
		{"now", "0", "", 0, true},
		{"date", "Fri, 14 Aug 2026 09:31:30 GMT", "", 90 * time.Second, true},
		{"date in the past", "Fri, 14 Aug 2026 09:00:00 GMT", "", 0, true},
		{"more seconds than fit", "1e300", "", aYear, true},
		{"infinity", "Inf", "", aYear, true},
		{"no number", "NaN", "", 0, false},
		{"negative", "-5", "", 0, false},
		{"garbage", "soon", "", 0, false},
		{"garbage beside a reset", "soon", epoch(time.Minute), time.Minute, true},
		{"seconds win over a reset", "5", epoch(time.Minute), 5 * time.Second, true},
		{"date wins over a reset", "Fri, 14 Aug 2026 09:30:07 GMT", epoch(time.Minute), 7 * time.Second, true},
		{"reset in epoch seconds", "", epoch(time.Minute), time.Minute, true},
		{"reset in epoch milliseconds", "", strconv.FormatInt(now.Add(1500*time.Millisecond).UnixMilli(), 10), 1500 * time.Millisecond, true},
		{"reset in ISO 8601", "", "2026-08-15T00:00:00.000Z", 14*time.Hour + 30*time.Minute, true},
		{"reset with an offset", "", "2026-08-14T11:31:00+02:00", time.Minute, true},
		{"reset with blanks", "", " " + epoch(time.Minute) + " ", time.Minute, true},
		{"reset in the past", "", epoch(-time.Hour), 0, true},
		{"ISO reset in the past", "", "2026-08-14T00:00:00Z", 0, true},
		{"reset never", "", "Inf", aYear, true},
		{"reset is no number", "", "NaN", 0, false},
		{"negative reset", "", "-1", 0, false},
		{"garbage reset", "", "midnight", 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			header := http.Header{}
			if tt.retryAfter != "" {
				header.Set("Retry-After", tt.retryAfter)
			}
			if tt.reset != "" {
				header.Set("X-RateLimit-Reset", tt.reset)
			}
			got, ok := parseRetryAfter(&http.Response{StatusCode: 429, Header: header}, now)
			if (got-tt.want).Abs() > time.Microsecond || ok != tt.ok { // epoch times are parsed as floating-point numbers
				t.Errorf("requestedWait = %v, %v, want %v, %v", got, ok, tt.want, tt.ok)
			}
		})
	}
}

// X-RateLimit-Reset is in every response and shows when the daily quota resets, so it does not affect other failures.
func TestRequestedWaitOfOtherFailures(t *testing.T) {
	t.Parallel()
	now := time.Now()
	response := &http.Response{StatusCode: 503, Header: http.Header{
		http.CanonicalHeaderKey("X-RateLimit-Reset"): {now.Add(time.Hour).Format(time.RFC3339)},
	}}
	if wait, ok := parseRetryAfter(response, now); ok {
		t.Errorf("requestedWait = %v of X-RateLimit-Reset on a 503, want none", wait)
	}
	response.Header.Set("Retry-After", "3")
	if wait, ok := parseRetryAfter(response, now); !ok || wait != 3*time.Second {
		t.Errorf("requestedWait = %v, %v of Retry-After on a 503, want 3s", wait, ok)
	}
}

func TestJitteredBackoff(t *testing.T) {
	t.Parallel()
	limits := []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 16 * time.Second, 16 * time.Second}
	for retry, limit := range limits {
		if got := jitteredBackoff(retry, 0); got != limit/2 {
			t.Errorf("jitteredBackoff(%d, 0) = %v, want %v", retry, got, limit/2)
		}
		if got := jitteredBackoff(retry, 0.5); got != limit*3/4 {
			t.Errorf("jitteredBackoff(%d, 0.5) = %v, want %v", retry, got, limit*3/4)
		}
	}
	if got := jitteredBackoff(1000, 0.999); got > 16*time.Second || got < 15*time.Second {
		t.Errorf("jitteredBackoff(1000, 0.999) = %v, want just under 16s", got)
	}
}

const listOfNone = `{"data":[]}`

// Time is simulated, so the test uses the real waits.
func TestRetryWaits(t *testing.T) {
	t.Parallel()
	midnight := []string{"X-RateLimit-Reset", "2000-01-02T00:00:00Z"} // simulated time begins on 2000-01-01
	tests := []struct {
		name         string
		steps        *script
		attempts     int
		least, most  time.Duration
		wantFailure  bool
		wantCanceled bool
	}{
		{"asked for", steps(respond(429, "", "Retry-After", "30"), respond(200, listOfNone)), 2, 30 * time.Second, 30 * time.Second, false, false},
		{"not asked for", steps(respond(503, ""), respond(200, listOfNone)), 2, 250 * time.Millisecond, 500 * time.Millisecond, false, false},
		{"connection lost", steps(breakOff(errRead), respond(200, listOfNone)), 2, 250 * time.Millisecond, 500 * time.Millisecond, false, false},
		{"quota renewed at midnight", steps(respond(429, "", midnight...)), 1, 0, 0, true, false},
		{"bad gateway with a quota", steps(respond(502, "", midnight...), respond(200, listOfNone)), 2, 250 * time.Millisecond, 500 * time.Millisecond, false, false},
		{ // clocks differ: the next attempt would be too early nevertheless
			"asked for a time in the past",
			steps(respond(429, "", "X-RateLimit-Reset", "1999-12-31T23:59:59Z"), respond(200, listOfNone)), 2, 250 * time.Millisecond, 500 * time.Millisecond, false, false,
		},
		{"final", steps(respond(500, `{"error":{"retryable":false}}`)), 1, 0, 0, true, false},
		{"all in vain", steps(respond(500, "")), 5, 3750 * time.Millisecond, 7500 * time.Millisecond, true, false},
		{"canceled", steps(respond(429, "", "Retry-After", "50")), 1, 40 * time.Second, 40 * time.Second, true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := newClient(t, DefaultBaseURL, WithTransport(tt.steps))
				ctx, cancel := context.WithTimeout(t.Context(), 40*time.Second)
				defer cancel()
				start := time.Now()
				_, err := c.ListDestinations(ctx)
				if (err != nil) != tt.wantFailure || errors.Is(err, context.DeadlineExceeded) != tt.wantCanceled {
					t.Errorf("error = %v", err)
				}
				if tt.steps.attempts != tt.attempts {
					t.Errorf("%d attempts, want %d", tt.steps.attempts, tt.attempts)
				}
				if took := time.Since(start); took < tt.least || took > tt.most {
					t.Errorf("took %v, want between %v and %v", took, tt.least, tt.most)
				}
			})
		})
	}
}

func TestBackoffKeepsToTheLongestWait(t *testing.T) {
	t.Parallel()
	c := newClient(t, DefaultBaseURL, WithMaxRetryWait(time.Second))
	if got := c.backoff(0, 0, 10, nil); got != time.Second {
		t.Errorf("backoff = %v, want 1s", got)
	}
}

// Each failure determines the outcome of a create, and the number of its attempts.
func TestCreateOutcome(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		steps    *script
		attempts int
		unknown  bool
	}{
		{"refused", steps(respond(400, ownRefusal)), 1, false},
		{"refused by a gateway", steps(respond(400, "")), 1, true},
		{"too many requests", steps(respond(429, ownRefusal)), 5, false},
		{"too many requests, by a gateway", steps(respond(429, "")), 1, true},
		{"internal error", steps(respond(500, "")), 1, true},
		{"bad gateway", steps(respond(502, "")), 1, true},
		{"redirected", steps(respond(307, "", "Location", "/elsewhere")), 1, false},
		{"no connection", steps(breakOff(errDial)), 5, false},
		{"certificate not trusted", steps(breakOff(errCert)), 1, false},
		{"connection lost", steps(breakOff(errRead)), 1, true},
		{"first no connection, then lost", steps(breakOff(errDial), breakOff(errRead)), 2, true},
		{"garbage", steps(respond(201, "created")), 1, true},
		{"no body", steps(respond(201, "")), 1, true},
		{"too large a body", steps(breakOff(ErrBodyTooLarge)), 1, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c := newClient(t, DefaultBaseURL, WithTransport(tt.steps))
				err := createSomething(t.Context(), c)
				if err == nil || isOutcomeUnknown(err) != tt.unknown {
					t.Errorf("error = %v, outcome unknown = %v, want %v", err, isOutcomeUnknown(err), tt.unknown)
				}
				if tt.steps.attempts != tt.attempts {
					t.Errorf("%d attempts, want %d", tt.steps.attempts, tt.attempts)
				}
			})
		})
	}
}

// A create that is canceled while it waits was rejected before, so it need not be looked up.
func TestCreateCanceledDuringWait(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		c := newClient(t, DefaultBaseURL, WithTransport(steps(respond(429, ownRefusal, "Retry-After", "30"))))
		_, err := c.CreateDestination(ctx, NewDestination{Name: "n", Type: "webhook"})
		if !errors.Is(err, context.DeadlineExceeded) || isOutcomeUnknown(err) {
			t.Errorf("error = %v, want the context's, and a known outcome", err)
		}
	})
}

// If a create is interrupted in flight, the client waits for it, and looks up its result if the response is lost, within the
// timeout of one attempt. It does not retry.
func TestCreateInterruptedWhileSent(t *testing.T) {
	t.Parallel()
	created := strings.Replace(complete("d1"), `"id"`, `"created_at":"2000-01-01T00:00:00.100Z","id"`, 1)
	for name, c := range map[string]struct {
		takes   time.Duration
		answer  step
		list    step
		unknown bool
		most    time.Duration
	}{
		"answered":        {10 * time.Second, respond(201, created), respond(500, ""), false, 10 * time.Second},
		"lost and found":  {0, breakOff(errors.New("reset")), respond(200, `{"data":[`+created+`]}`), false, time.Second},
		"lost, not found": {0, breakOff(errors.New("reset")), respond(200, `{"data":[]}`), true, time.Second},
		"never answered":  {time.Hour, respond(201, created), respond(500, ""), true, time.Minute},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				posts := 0
				connection := step{func(r *http.Request) (*http.Response, error) {
					switch r.Method {
					case http.MethodGet:
						return c.list.answer(r)
					case http.MethodPut:
						return respond(200, complete("d1")).answer(r)
					}
					posts++
					cancel()
					select {
					case <-r.Context().Done():
						return nil, r.Context().Err()
					case <-time.After(c.takes):
						return c.answer.answer(r)
					}
				}}
				start := time.Now()
				client := newClient(t, DefaultBaseURL, WithTransport(steps(connection)))
				_, err := client.CreateDestination(ctx, NewDestination{Name: "n", Type: "webhook"})
				if (err != nil) != c.unknown || err != nil && !isOutcomeUnknown(err) {
					t.Errorf("error = %v, want an unknown outcome: %t", err, c.unknown)
				}
				if took := time.Since(start); took > c.most || posts != 1 {
					t.Errorf("it took %v and %d posts", took, posts)
				}
			})
		})
	}
}

// A complete response is not discarded if the context ends at the same moment.
func TestAnswerBeforeCancellationCounts(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	created := respond(201, `{"id":"d1","name":"n","type":"webhook"}`)
	c := newClient(t, DefaultBaseURL, WithTransport(steps(created)), WithObserver(func(context.Context, Exchange) { cancel() }))
	d, err := c.CreateDestination(ctx, NewDestination{Name: "n", Type: "webhook"})
	if err != nil || d.Object.ID != "d1" {
		t.Errorf("CreateDestination = %v, %v, want d1", d, err)
	}
}
