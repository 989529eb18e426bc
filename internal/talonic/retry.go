package talonic

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	// firstBackoff and lastBackoff limit the wait before a retry if the API does not request a specific wait.
	firstBackoff = 500 * time.Millisecond
	lastBackoff  = 16 * time.Second
)

// attempt is the input of the retry policy: one attempt of a call.
type attempt struct {
	nonIdempotent bool  // see call.nonIdempotent
	status        int   // 0: no complete response
	notFromAPI    bool  // see Error.notFromAPI
	retryable     *bool // "retryable" in the body of an error; nil: absent
	wait          time.Duration
	failure       error // reason for the missing response
}

// shouldRetry reports whether a failed attempt is retried. longestWait is the longest wait that the user accepts.
//
// A non-idempotent call is retried only if it was never sent, or after a 429 from the API, because the API does not execute a request
// that it rate-limits. The API may have executed any other failed request.
func shouldRetry(a attempt, longestWait time.Duration) bool {
	if a.wait > longestWait {
		return false
	}
	if a.retryable != nil && !*a.retryable {
		return false
	}
	switch {
	case a.failure != nil:
		return !isPermanent(a.failure) && (notSent(a.failure) || !a.nonIdempotent)
	case a.status == http.StatusTooManyRequests:
		return !a.nonIdempotent || !a.notFromAPI
	case a.status == http.StatusInternalServerError, a.status == http.StatusBadGateway,
		a.status == http.StatusServiceUnavailable, a.status == http.StatusGatewayTimeout:
		return !a.nonIdempotent
	}
	return false
}

// isPermanent reports whether another attempt would fail in the same way.
func isPermanent(err error) bool {
	var proxy *ProxyError
	return errors.Is(err, ErrBodyTooLarge) || notTrusted(err) || errors.As(err, &proxy) && proxy.isFinal()
}

// notSent reports whether the API cannot have received the request.
func notSent(err error) bool {
	var (
		connecting *net.OpError
		proxy      *ProxyError
		waiting    notSentError
	)
	return errors.As(err, &waiting) || errors.As(err, &proxy) || errors.As(err, &connecting) && isConnecting(connecting.Op) || notTrusted(err)
}

// isConnecting reports whether an operation of package net precedes sending.
func isConnecting(operation string) bool {
	return operation == "dial" || operation == "proxyconnect" || strings.HasPrefix(operation, "socks")
}

// notTrusted reports whether nothing was sent, because the server has no trusted certificate or does not support TLS.
func notTrusted(err error) bool {
	var certificate *tls.CertificateVerificationError
	return errors.As(err, &certificate) || errors.Is(err, http.ErrSchemeMismatch)
}

// parseRetryAfter returns the wait that the API requests: Retry-After in seconds or as a date, or else X-RateLimit-Reset in epoch
// seconds, epoch milliseconds or ISO 8601. The API docs disagree about the form, so all of them are accepted. A time in the past
// is a wait of 0. ok is false if the response has no usable header.
//
// X-RateLimit-Reset is in every response and shows when the daily quota resets. It is a requested wait only if the request was
// rate-limited.
//
// API docs: Create Destination; Error Codes; Rate Limits.
func parseRetryAfter(response *http.Response, now time.Time) (wait time.Duration, ok bool) {
	if seconds, err := strconv.ParseFloat(response.Header.Get("Retry-After"), 64); err == nil && seconds >= 0 {
		return fromSeconds(seconds), true
	}
	if at, err := http.ParseTime(response.Header.Get("Retry-After")); err == nil {
		return max(0, at.Sub(now)), true
	}
	if response.StatusCode != http.StatusTooManyRequests {
		return 0, false
	}
	if left, err := strconv.ParseFloat(response.Header.Get("X-RateLimit-Remaining"), 64); err == nil && left > 0 {
		return 0, false // the request exceeded a burst limit, not the daily quota
	}
	reset := strings.TrimSpace(response.Header.Get("X-RateLimit-Reset"))
	if number, err := strconv.ParseFloat(reset, 64); err == nil && number >= 0 {
		const firstMillisecondValue = 1e11 // as seconds, this would be the year 5138
		if number > firstMillisecondValue {
			number /= 1000
		}
		return max(0, fromSeconds(number-float64(now.UnixMilli())/1000)), true
	}
	if at, err := time.Parse(time.RFC3339, reset); err == nil {
		return max(0, at.Sub(now)), true
	}
	return 0, false
}

// fromSeconds converts seconds to a duration of at most one year, which avoids overflow and is longer than any accepted wait.
func fromSeconds(seconds float64) time.Duration {
	const longest = 365 * 24 * time.Hour
	if seconds > longest.Seconds() {
		return longest
	}
	return time.Duration(seconds * float64(time.Second))
}

// jitteredBackoff returns the wait before a retry: exponential backoff with jitter, so that many clients spread out. The first
// retry is number 0. random is in [0, 1).
func jitteredBackoff(retry int, random float64) time.Duration {
	limit := lastBackoff
	if retry < 5 {
		limit = min(lastBackoff, firstBackoff<<retry)
	}
	return limit/2 + time.Duration(random*float64(limit/2))
}

// effects records whether attempts of a call may have had an effect. The attempts are sequential.
type effects struct {
	sending bool // the current attempt was sent
	any     bool // an attempt that ended may have had an effect
	earlier bool // any, without the attempt that ended last
}

// ended records that an attempt ended, and reports whether it was sent. An attempt is not sent if the wait for its turn fails.
func (e *effects) ended(mayHaveHadEffect bool) (wasSent bool) {
	if e == nil {
		return true
	}
	wasSent, e.sending = e.sending, false
	e.earlier = e.any
	e.any = e.any || wasSent && mayHaveHadEffect
	return wasSent
}

type callKey struct{}

// withCall makes a call available to the retry policy and to the transports, through the context.
func withCall(ctx context.Context, r call) context.Context {
	return context.WithValue(ctx, callKey{}, r)
}

// checkRetry applies [shouldRetry]. It has the signature that retryablehttp requires.
func (c *Client) checkRetry(ctx context.Context, response *http.Response, failure error) (bool, error) {
	r, _ := ctx.Value(callKey{}).(call)
	a := attempt{nonIdempotent: r.nonIdempotent, failure: failure}
	if failure == nil {
		a.status = response.StatusCode
		parsed := peek(response)
		a.retryable, a.notFromAPI = parsed.retryable, !isFromAPI(response, parsed)
		a.wait, _ = parseRetryAfter(response, c.now())
	}
	hadNoEffect := a.status == http.StatusTooManyRequests && !a.notFromAPI || failure != nil && notSent(failure)
	if wasSent := r.effects.ended(!hadNoEffect); wasSent && hadNoEffect && r.refused != nil {
		r.refused()
	}
	// Return no error for an ended context: it would discard a response that has already arrived.
	return ctx.Err() == nil && shouldRetry(a, c.maxRetryWait), nil
}

// backoff returns the wait before the next attempt. It has the signature that retryablehttp requires. If the API requests a time
// in the past, for example because clocks differ, the exponential backoff applies.
func (c *Client) backoff(_, _ time.Duration, retry int, response *http.Response) time.Duration {
	if response != nil {
		if wait, ok := parseRetryAfter(response, c.now()); ok && wait > 0 {
			return wait
		}
	}
	return min(c.maxRetryWait, jitteredBackoff(retry, c.random()))
}

// peek decodes the body of an error without consuming it. It returns the zero value for a success.
func peek(response *http.Response) errorBody {
	if succeeded(response.StatusCode) {
		return errorBody{}
	}
	body, _ := io.ReadAll(response.Body)
	_ = response.Body.Close()
	response.Body = readAgain(body)
	return parseErrorBody(body)
}
