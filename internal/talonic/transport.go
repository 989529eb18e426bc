package talonic

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/time/rate"
)

const (
	// maxBody limits what is read of an answer that is a success. A list of 10,000 destinations has about 10 MB.
	maxBody = 64 << 20

	// maxErrorBody limits what is read of an answer that is an error.
	maxErrorBody = 64 << 10
)

// errBodyTooLarge is an answer beyond maxBody. Asking again would bring the same.
var errBodyTooLarge = errors.New("the response is larger than 64 MiB")

// Exchange is one attempt of a request as logs may show it: no header, no body, no query.
type Exchange struct {
	Method    string
	Path      string
	Status    int // 0 when there was no complete answer
	RequestID string
	Duration  time.Duration
}

// newHTTPClient puts the transports together, from the connection outwards.
func (c *Client) newHTTPClient() *http.Client {
	var transport http.RoundTripper = &clockedTransport{c.transport, &c.account.clock, c.now}
	transport = &singleAttemptTransport{transport}
	transport = &bufferingTransport{transport, maxBody, c.timeout}
	transport = &observedTransport{transport, c.observe}
	transport = &limitedTransport{transport, c.limiter}
	return &http.Client{Transport: transport, CheckRedirect: checkRedirect}
}

// checkRedirect follows a redirect only where the API key may go and nothing can be lost: a read, on the same origin. Any
// other redirect is returned as it is and becomes an [Error].
func checkRedirect(next *http.Request, via []*http.Request) error {
	const most = 5
	first := via[0]
	reads := first.Method == http.MethodGet && next.Method == http.MethodGet
	if !reads || !sameOrigin(first.URL, next.URL) || len(via) > most {
		return http.ErrUseLastResponse
	}
	return nil
}

func sameOrigin(a, b *url.URL) bool { return a.Scheme == b.Scheme && a.Host == b.Host }

// singleAttemptTransport keeps [http.Transport] from sending a request again by itself. It does so when a reused connection
// breaks and the request carries an Idempotency-Key, which is the retry policy's decision, not the connection's.
type singleAttemptTransport struct{ next http.RoundTripper }

func (t *singleAttemptTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	once := *request
	once.GetBody = nil
	return t.next.RoundTrip(&once)
}

// clockedTransport notes when attempts are sent, and what time it is at the API when the headers of a response arrive: its body may
// take long.
type clockedTransport struct {
	next  http.RoundTripper
	clock *clock
	now   func() time.Time
}

func (t *clockedTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	sent := t.now()
	r, _ := request.Context().Value(callKey{}).(call)
	if r.sending != nil {
		r.sending(sent)
	}
	response, err := t.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	if sample, ok := newClockSample(response.Header, sent, t.now()); ok {
		t.clock.note(sample)
		if r.dated != nil {
			r.dated(sample)
		}
	}
	return response, nil
}

// bufferingTransport reads every answer to its end, so that one that breaks off half-way is a failed attempt like any other
// and the retry policy may look into the body of an error. All of it has to be there in time.
type bufferingTransport struct {
	next    http.RoundTripper
	maxBody int64
	timeout time.Duration
}

func (t *bufferingTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(request.Context(), t.timeout)
	defer cancel()
	response, err := t.readAll(request.WithContext(ctx))
	if err != nil && ctx.Err() != nil && request.Context().Err() == nil {
		return nil, timeoutError{t.timeout}
	}
	return response, err
}

// timeoutError is an attempt that took too long. It is a [net.Error].
type timeoutError struct{ after time.Duration }

func (e timeoutError) Error() string {
	return fmt.Sprintf("there was no complete response within %s", e.after)
}
func (e timeoutError) Timeout() bool   { return true }
func (e timeoutError) Temporary() bool { return true }

func (t *bufferingTransport) readAll(request *http.Request) (*http.Response, error) {
	response, err := t.next.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()

	limit := t.maxBody
	if !succeeded(response.StatusCode) {
		limit = maxErrorBody
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, limit+1))
	switch tooLarge := int64(len(body)) > limit; {
	case tooLarge && succeeded(response.StatusCode):
		return nil, errBodyTooLarge
	case tooLarge:
		body = body[:limit]
	case err != nil && (succeeded(response.StatusCode) || response.StatusCode == http.StatusNotFound):
		return nil, err // half of a 404 does not tell whose it is
	}
	response.Body = readAgain(body)
	return response, nil
}

// limitedTransport spreads attempts over time. What it waits does not count against the time that an attempt may take.
type limitedTransport struct {
	next    http.RoundTripper
	limiter *rate.Limiter
}

func (t *limitedTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	if err := t.limiter.Wait(request.Context()); err != nil {
		return nil, notSentError{err}
	}
	return t.next.RoundTrip(request)
}

// notSentError is why an attempt was not made.
type notSentError struct{ error }

func (e notSentError) Unwrap() error { return e.error }

// observedTransport reports every attempt.
type observedTransport struct {
	next    http.RoundTripper
	observe func(context.Context, Exchange)
}

func (t *observedTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	start := time.Now()
	response, err := t.next.RoundTrip(request)
	r, _ := request.Context().Value(callKey{}).(call)
	exchange := Exchange{
		Method:   request.Method,
		Path:     r.shownPath(), // not that of a redirect, which the API chose
		Duration: time.Since(start),
	}
	if err == nil {
		exchange.Status = response.StatusCode
		exchange.RequestID = r.hide().word(requestIDForm, response.Header.Get(requestIDHeader))
	}
	t.observe(request.Context(), exchange)
	return response, err
}
