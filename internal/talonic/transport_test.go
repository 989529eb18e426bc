package talonic

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// createSomething sends a create, without looking up its result.
func createSomething(ctx context.Context, c *Client) error {
	a, end := c.destinations.newCreation(ctx, NewDestination{Name: "n", Type: "webhook"})
	defer end()
	_, err := a.send()
	return err
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	server := record(always(200, minimal("d1")))
	c := newTestClient(t, server.ServeHTTP, WithUserAgent("terraform-provider-talonic/1.2.3"))
	for _, m := range allMethods() {
		_ = m.call(t.Context(), c) // another test checks the result
	}
	for _, r := range server.all() {
		want := map[string]string{
			"Authorization": "Bearer " + testKey, "User-Agent": "terraform-provider-talonic/1.2.3", "Accept": "application/json",
			"Content-Type": "",
		}
		if r.body != "" {
			want["Content-Type"] = "application/json"
		}
		for name, value := range want {
			if got := r.header.Get(name); got != value {
				t.Errorf("%s %s: %s is %q, want %q", r.method, r.uri, name, got, value)
			}
		}
		if key := r.header.Get("Idempotency-Key"); (uuid.Validate(key) == nil) != (r.method == http.MethodPost) {
			t.Errorf("%s %s: Idempotency-Key is %q", r.method, r.uri, key)
		}
	}
}

// All attempts of a call have the same Idempotency-Key, and each call has its own key.
func TestIdempotencyKeys(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	server := record(func(w http.ResponseWriter, _ *http.Request) {
		if calls.Add(1)%2 == 1 {
			answer(w, 429, ownRefusal)
			return
		}
		answer(w, 201, minimal("d1"))
	})
	c := newTestClient(t, server.ServeHTTP)
	for range 2 {
		if err := createSomething(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	var keys []string
	for _, r := range server.all() {
		keys = append(keys, r.header.Get("Idempotency-Key"))
		if want := `{"name":"n","type":"webhook"}`; r.body != want {
			t.Errorf("body = %s, want %s", r.body, want)
		}
	}
	if len(keys) != 4 || keys[0] != keys[1] || keys[2] != keys[3] || keys[0] == keys[2] {
		t.Errorf("keys of two calls of two attempts = %q", keys)
	}
}

// By default, net/http resends a request with an Idempotency-Key if a reused connection breaks. Only the retry policy may retry a
// create.
func TestBrokenReusedConnectionIsNotReplayed(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	used := map[net.Addr]int{}
	var posts, reused int
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			answer(w, 200, listOfNone)
			return
		}
		mu.Lock()
		posts++
		mu.Unlock()
		conn, _, err := http.NewResponseController(w).Hijack()
		if err == nil {
			_ = conn.Close()
		}
	}))
	server.Config.ConnState = func(conn net.Conn, state http.ConnState) {
		mu.Lock()
		defer mu.Unlock()
		if state == http.StateActive {
			if used[conn.RemoteAddr()]++; used[conn.RemoteAddr()] > 1 {
				reused++
			}
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	c := newClient(t, server.URL, WithMaxRetryWait(time.Millisecond))

	if _, err := c.ListDestinations(t.Context()); err != nil {
		t.Fatal(err)
	}
	err := createSomething(t.Context(), c)
	if !isOutcomeUnknown(err) {
		t.Errorf("error = %v, want an *OutcomeUnknownError", err)
	}
	mu.Lock()
	defer mu.Unlock()
	if reused == 0 {
		t.Error("the connection was not reused: this test shows nothing")
	}
	if posts != 1 {
		t.Errorf("the server got %d POSTs, want 1", posts)
	}
}

func TestRedirectOnSameOrigin(t *testing.T) {
	t.Parallel()
	redirect := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/moved" {
			answer(w, 200, minimal("d1"))
			return
		}
		http.Redirect(w, r, "/moved", http.StatusTemporaryRedirect)
	}
	forEachMethod(t, func(t *testing.T, m method) {
		server := record(redirect)
		err := m.call(t.Context(), newTestClient(t, server.ServeHTTP))
		first := server.all()[0]
		followed := len(server.all()) > 1
		if followed != (first.method == http.MethodGet) {
			t.Errorf("a redirect of %s was followed: %v", first.method, followed)
		}
		if !followed && !HasStatus(err, http.StatusTemporaryRedirect) {
			t.Errorf("error = %v, want 307", err)
		}
		if m.name == "GetDestination" && err != nil {
			t.Error(err)
		}
	})
}

func TestRedirectToAnotherOrigin(t *testing.T) {
	t.Parallel()
	other := record(always(200, minimal("d1")))
	elsewhere := httptest.NewServer(other)
	t.Cleanup(elsewhere.Close)
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(elsewhere.URL, "http://"))

	for _, target := range []string{elsewhere.URL, "http://localhost:" + port, "https://127.0.0.1:" + port} {
		c := newTestClient(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, target+"/x", http.StatusFound)
		})
		for _, m := range allMethods() {
			err := m.call(t.Context(), c)
			if !HasStatus(err, http.StatusFound) || !strings.Contains(err.Error(), target) {
				t.Errorf("%s redirected to %s: error = %v, want 302 and the target", m.name, target, err)
			}
		}
	}
	if n := len(other.all()); n != 0 {
		t.Errorf("the other host got %d requests", n)
	}
}

func TestSameOrigin(t *testing.T) {
	t.Parallel()
	base := &url.URL{Scheme: "https", Host: "a.example.com"}
	for _, s := range []string{"http://a.example.com", "https://b.example.com", "https://a.example.com:8443", "https://x.a.example.com"} {
		other, err := url.Parse(s)
		if err != nil || sameOrigin(base, other) {
			t.Errorf("%s counts as the origin of %s (%v)", s, base, err)
		}
	}
}

func TestRedirectsEnd(t *testing.T) {
	t.Parallel()
	server := record(func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) })
	_, err := newTestClient(t, server.ServeHTTP).GetDestination(t.Context(), "d1")
	if n := len(server.all()); !HasStatus(err, http.StatusFound) || n != 6 {
		t.Errorf("%d requests, error = %v, want 302 after five redirects", n, err)
	}
}

func TestTruncatedBody(t *testing.T) {
	t.Parallel()
	truncatedOnce := func() *recorder {
		var calls atomic.Int32
		return record(func(w http.ResponseWriter, _ *http.Request) {
			if calls.Add(1) == 1 {
				w.Header().Set("Content-Length", "1000")
				_, _ = fmt.Fprint(w, minimal("d1"))
				return
			}
			answer(w, 200, minimal("d1"))
		})
	}

	server := truncatedOnce()
	if _, err := newTestClient(t, server.ServeHTTP).GetDestination(t.Context(), "d1"); err != nil || len(server.all()) != 2 {
		t.Errorf("read: %d requests, error = %v, want a second that succeeds", len(server.all()), err)
	}
	server = truncatedOnce()
	if err := createSomething(t.Context(), newTestClient(t, server.ServeHTTP)); !isOutcomeUnknown(err) || len(server.all()) != 1 {
		t.Errorf("create: %d requests, error = %v, want one of unknown outcome", len(server.all()), err)
	}
}

// The status of an error counts even if its body is truncated.
func TestTruncatedErrorBody(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprint(w, "half a sen")
	})
	_, err := c.GetDestination(t.Context(), "d1")
	if !HasStatus(err, http.StatusForbidden) || !strings.Contains(err.Error(), "half a sen") {
		t.Errorf("error = %v, want 403 with what arrived", err)
	}
}

// endless is a body without end that counts the bytes read.
type endless struct{ read int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read += int64(len(p))
	return len(p), nil
}

func TestOverlargeBodies(t *testing.T) {
	t.Parallel()
	for status, most := range map[int]int64{200: 2 << 10, 400: 130 << 10} {
		var body endless
		connection := steps(step{func(request *http.Request) (*http.Response, error) { return newResponse(request, status, &body), nil }})
		c := newClient(t, DefaultBaseURL, WithTransport(&bufferingTransport{connection, 1 << 10, DefaultTimeout}))
		_, err := c.GetDestination(t.Context(), "d1")
		if err == nil || errors.Is(err, ErrBodyTooLarge) != (status == 200) || HasStatus(err, 400) != (status == 400) {
			t.Errorf("%d: error = %v", status, err)
		}
		if connection.attempts != 1 || body.read > most {
			t.Errorf("%d: read %d bytes in %d attempts, want at most %d in 1", status, body.read, connection.attempts, most)
		}
	}
}

func TestBodiesOfJustTheLimit(t *testing.T) {
	t.Parallel()
	const limit = 1 << 10
	padded := func(status int, body string, size int) *bufferingTransport {
		return &bufferingTransport{steps(respond(status, strings.Repeat(" ", size-len(body))+body)), limit, DefaultTimeout}
	}
	if _, err := newClient(t, DefaultBaseURL, WithTransport(padded(200, minimal("d1"), limit))).GetDestination(t.Context(), "d1"); err != nil {
		t.Error(err)
	}
	_, err := newClient(t, DefaultBaseURL, WithTransport(padded(400, `{"message":"m"}`, maxErrorBody))).GetDestination(t.Context(), "d1")
	if err == nil || !strings.HasSuffix(err.Error(), ": m") {
		t.Errorf("error = %v, want the message", err)
	}
}

func TestTimeout(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		connection := steps(step{func(request *http.Request) (*http.Response, error) {
			<-request.Context().Done()
			return nil, request.Context().Err()
		}})
		c := newClient(t, DefaultBaseURL, WithTransport(connection), WithTimeout(time.Minute), WithMaxRetries(2))
		start := time.Now()
		_, err := c.GetDestination(t.Context(), "d1")
		var timeout net.Error
		if !errors.As(err, &timeout) || !timeout.Timeout() {
			t.Fatalf("error = %v, want a timeout", err)
		}
		if text := err.Error(); !strings.HasPrefix(text, "GET /v1/delivery/destinations/d1: ") || strings.Contains(text, "https:") {
			t.Errorf("error = %v, want it to name the request once", err)
		}
		if took := time.Since(start); connection.attempts != 3 || took < 3*time.Minute || took > 3*time.Minute+2*time.Second {
			t.Errorf("%d attempts took %v, want 3 of a minute each", connection.attempts, took)
		}
	})
}

// An untrusted certificate is a permanent failure, and the object was certainly not created.
func TestUntrustedCertificate(t *testing.T) {
	t.Parallel()
	server := httptest.NewUnstartedServer(always(201, minimal("d1")))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	var attempts int
	c := newClient(t, server.URL, WithObserver(func(context.Context, Exchange) { attempts++ }))
	err := createSomething(t.Context(), c)
	if err == nil || isOutcomeUnknown(err) || !strings.Contains(err.Error(), "certificate") || attempts != 1 {
		t.Errorf("%d attempts, error = %v, want one and a known outcome", attempts, err)
	}
}

func TestObserver(t *testing.T) {
	t.Parallel()
	var got []Exchange
	c := newClient(t, DefaultBaseURL, WithMaxRetryWait(time.Millisecond),
		WithTransport(steps(breakOff(errRead), respond(503, "", "X-Request-Id", "req_1"), respond(200, minimal("a~b")))),
		WithObserver(func(_ context.Context, e Exchange) {
			e.Duration = 0
			got = append(got, e)
		}))
	if _, err := c.GetDestination(t.Context(), "a~b"); err != nil {
		t.Fatal(err)
	}
	const path = "/v1/delivery/destinations/a~b"
	want := []Exchange{
		{Method: "GET", Path: path},
		{Method: "GET", Path: path, Status: 503, RequestID: "req_1"},
		{Method: "GET", Path: path, Status: 200},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
