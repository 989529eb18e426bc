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
	// maxBody limits the size of a successful response. A list of 10,000 destinations has about 10 MB.
	maxBody = 64 << 20

	// maxErrorBody limits how much of the body of an error is read.
	maxErrorBody = 64 << 10
)

// ErrBodyTooLarge reports a successful response larger than maxBody. A retry would return the same.
var ErrBodyTooLarge = errors.New("the response is larger than 64 MiB")

// Exchange is one attempt of a request, in a form that is safe for logs: it contains no header, body or query.
type Exchange struct {
	Method    string
	Path      string
	Status    int // 0: there was no complete response
	RequestID string
	Duration  time.Duration
}

// newHTTPClient chains the transports, from the connection outward.
func (c *Client) newHTTPClient() *http.Client {
	var transport http.RoundTripper = &clockedTransport{c.transport, &c.account.clock, c.now}
	transport = &singleAttemptTransport{transport}
	transport = &bufferingTransport{transport, maxBody, c.timeout}
	transport = &observedTransport{transport, c.observe}
	transport = &limitedTransport{transport, c.limiter}
	return &http.Client{Transport: transport, CheckRedirect: checkRedirect}
}

// checkRedirect follows a redirect only if it is a read on the same origin, to which the API key may be sent. Any other redirect
// is not followed and becomes an [Error].
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

// singleAttemptTransport prevents [http.Transport] from retrying requests, because only the retry policy may decide to retry.
// [http.Transport] would retry a request with an Idempotency-Key if a reused connection breaks.
type singleAttemptTransport struct{ next http.RoundTripper }

func (t *singleAttemptTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	once := *request
	once.GetBody = nil
	return t.next.RoundTrip(&once)
}

// clockedTransport records when attempts are sent, and samples the API's clock when the headers of a response arrive, because the
// body may take much longer.
type clockedTransport struct {
	next  http.RoundTripper
	clock *clock
	now   func() time.Time
}

func (t *clockedTransport) RoundTrip(request *http.Request) (*http.Response, error) {
	sent := t.now()
	r, _ := request.Context().Value(callKey{}).(call)
	if r.effects != nil {
		r.effects.sending = true
	}
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

// bufferingTransport reads every response to its end within the timeout. A truncated response is therefore a failed attempt, and
// the retry policy can read the body of an error.
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

// timeoutError reports an attempt that took too long. It is a [net.Error].
type timeoutError struct{ after time.Duration }

func (e timeoutError) Error() string {
	return fmt.Sprintf("the API did not respond completely within %s", e.after)
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
		return nil, ErrBodyTooLarge
	case tooLarge:
		body = body[:limit]
	case err != nil && (succeeded(response.StatusCode) || response.StatusCode == http.StatusNotFound):
		return nil, err // a truncated 404 body cannot be attributed to the API
	}
	response.Body = readAgain(body)
	return response, nil
}

// limitedTransport limits the rate of attempts. Its waits do not count against the timeout of an attempt.
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

// notSentError reports that an attempt was not sent.
type notSentError struct{ error }

func (e notSentError) Unwrap() error { return e.error }

// observedTransport reports every attempt to the observer.
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
		Path:     r.shownPath(), // not the path of a redirect, which the API chose
		Duration: time.Since(start),
	}
	if err == nil {
		exchange.Status = response.StatusCode
		exchange.RequestID = r.hide().word(requestIDForm, response.Header.Get(requestIDHeader))
	}
	t.observe(request.Context(), exchange)
	return response, err
}
