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
	// firstBackoff and lastBackoff bound the wait before a retry when the API does not ask for a certain one.
	firstBackoff = 500 * time.Millisecond
	lastBackoff  = 16 * time.Second
)

// attempt is what the retry policy knows of one try of a call.
type attempt struct {
	nonIdempotent bool  // see call.nonIdempotent
	status        int   // 0: there was no complete answer
	retryable     *bool // what the body of an error says of itself, if anything
	wait          time.Duration
	failure       error // why there was no answer
}

// shouldRetry decides whether a failed attempt is followed by another, given the longest wait the user accepts.
//
// A refusal for being too many (429) was not executed, whatever the method. Any other failure may have been, so a call that
// must happen only once is repeated only when the connection was never made.
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
		return true
	case a.status == http.StatusInternalServerError, a.status == http.StatusBadGateway,
		a.status == http.StatusServiceUnavailable, a.status == http.StatusGatewayTimeout:
		return !a.nonIdempotent
	}
	return false
}

// isPermanent reports that another attempt would fail likewise.
func isPermanent(err error) bool {
	var proxy *ProxyError
	return errors.Is(err, errBodyTooLarge) || notTrusted(err) || errors.As(err, &proxy) && proxy.isFinal()
}

// notSent reports that the API cannot have seen the request.
func notSent(err error) bool {
	var (
		connecting *net.OpError
		proxy      *ProxyError
		waiting    notSentError
	)
	return errors.As(err, &waiting) || errors.As(err, &proxy) || errors.As(err, &connecting) && isConnecting(connecting.Op) || notTrusted(err)
}

// isConnecting reports whether an operation of package net comes before anything is sent.
func isConnecting(operation string) bool {
	return operation == "dial" || operation == "proxyconnect" || strings.HasPrefix(operation, "socks")
}

// notTrusted reports that there is no TLS with a certificate that can be trusted, without which nothing is sent.
func notTrusted(err error) bool {
	var certificate *tls.CertificateVerificationError
	return errors.As(err, &certificate) || errors.Is(err, http.ErrSchemeMismatch)
}

// parseRetryAfter is how long the API asks to be left alone: Retry-After in seconds or as a date, else X-RateLimit-Reset in
// epoch seconds, epoch milliseconds or ISO 8601 (the sources disagree, so all are read). ok is false when it says nothing
// that can be understood. A moment in the past is a wait of 0.
//
// X-RateLimit-Reset is on every response and says when the day's quota is renewed. It is no reason to wait unless the
// request was refused for being too many.
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
		return 0, false // a burst was too much, not the day
	}
	reset := strings.TrimSpace(response.Header.Get("X-RateLimit-Reset"))
	if number, err := strconv.ParseFloat(reset, 64); err == nil && number >= 0 {
		const firstMillisecondValue = 1e11 // as seconds this would be the year 5138
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

// fromSeconds converts without overflow: what does not fit is longer than anybody waits.
func fromSeconds(seconds float64) time.Duration {
	const longest = 365 * 24 * time.Hour
	if seconds > longest.Seconds() {
		return longest
	}
	return time.Duration(seconds * float64(time.Second))
}

// jitteredBackoff is a random wait up to a limit that doubles with every retry, so that many clients spread out. The first
// retry is number 0; random is in [0, 1).
func jitteredBackoff(retry int, random float64) time.Duration {
	limit := lastBackoff
	if retry < 5 {
		limit = min(lastBackoff, firstBackoff<<retry)
	}
	return limit/2 + time.Duration(random*float64(limit/2))
}

type callKey struct{}

// withCall lets the retry policy see which call an attempt belongs to.
func withCall(ctx context.Context, r call) context.Context {
	return context.WithValue(ctx, callKey{}, r)
}

// checkRetry applies shouldRetry; it has the form that retryablehttp asks for.
func (c *Client) checkRetry(ctx context.Context, response *http.Response, failure error) (bool, error) {
	r, _ := ctx.Value(callKey{}).(call)
	a := attempt{nonIdempotent: r.nonIdempotent, failure: failure}
	if failure == nil {
		a.status = response.StatusCode
		a.retryable = peekRetryable(response)
		a.wait, _ = parseRetryAfter(response, c.now())
	}
	if r.refused != nil && (a.status == http.StatusTooManyRequests || failure != nil && notSent(failure)) {
		r.refused()
	}
	// An answer that is there although the context has ended counts, so the end is not returned as an error.
	return ctx.Err() == nil && shouldRetry(a, c.maxRetryWait), nil
}

// backoff chooses the wait before the next attempt; it has the form that retryablehttp asks for. A time that is past already,
// perhaps by clocks that differ, is no reason to try again at once.
func (c *Client) backoff(_, _ time.Duration, retry int, response *http.Response) time.Duration {
	if response != nil {
		if wait, ok := parseRetryAfter(response, c.now()); ok && wait > 0 {
			return wait
		}
	}
	return min(c.maxRetryWait, jitteredBackoff(retry, c.random()))
}

// peekRetryable reads the body of an error without consuming it.
func peekRetryable(response *http.Response) *bool {
	if succeeded(response.StatusCode) {
		return nil
	}
	body, _ := io.ReadAll(response.Body)
	_ = response.Body.Close()
	response.Body = readAgain(body)
	return parseErrorBody(body).retryable
}
