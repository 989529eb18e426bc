package talonic

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Stop is a cause that several errors of a run share. Such a cause may also stop the rest of the run, because every further
// request would fail in the same way. A Stop is safe for concurrent use.
type Stop struct {
	cause error

	mu      sync.Mutex
	stops   bool   // the rest of the run is skipped
	counted bool   // a caller already reports the number of other operations
	told    int    // number of calls of Tell
	about   string // argument of the first call of Tell
	since   time.Time
}

// Tell counts an operation that failed for this cause or was stopped by it. The parameter about is the name of its object. Tell
// reports whether the error of the operation must explain the cause: the operation is the first, or it concerns the same object as the first
// and the cause does not stop the run.
func (s *Stop) Tell(about string) (mustExplain bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told++
	s.since = time.Now()
	if s.told == 1 {
		s.about = about
		return true
	}
	return !s.stops && about != "" && about == s.about
}

// First returns the object of the first operation that Tell counted.
func (s *Stop) First() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.about
}

// Others returns the number of operations that the cause affects from now on. It waits until the number has been constant for half a
// second, but at most ten seconds. It returns 0 at once if the cause does not stop the run, or if another caller already waits for the number.
func (s *Stop) Others() int {
	const (
		moment  = 500 * time.Millisecond // a busy CLI takes a while to begin the next operation
		longest = 10 * time.Second
	)
	s.mu.Lock()
	before, counts := s.told, s.stops && !s.counted
	s.counted = s.counted || counts
	s.mu.Unlock()
	if !counts {
		return 0
	}
	for begin := time.Now(); ; {
		s.mu.Lock()
		told, quiet := s.told, time.Since(s.since)
		s.mu.Unlock()
		if quiet >= moment || time.Since(begin) >= longest {
			return told - before
		}
		time.Sleep(moment - quiet)
	}
}

// begin marks s as a cause that stops the rest of the run, and returns s.
func (s *Stop) begin() *Stop {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stops = true
	return s
}

// Cause returns a short name of the cause.
func (s *Stop) Cause() string {
	var (
		apiErr *Error
		proxy  *ProxyError
	)
	switch {
	case errors.As(s.cause, &apiErr):
		return fmt.Sprintf("status %d", apiErr.StatusCode)
	case errors.As(s.cause, &proxy):
		return "proxy error"
	}
	return "no connection"
}

// StoppedError reports that a request was not sent, because an earlier request failed for a reason that applies to both.
type StoppedError struct {
	Method string
	Path   string
	stop   *Stop
}

func (e *StoppedError) Error() string {
	return fmt.Sprintf("%s %s: not sent, because an earlier request failed (%s)", e.Method, e.Path, e.stop.Cause())
}

// Unwrap returns the error of the earlier request.
func (e *StoppedError) Unwrap() error { return e.stop.cause }

// stoppingError is an error whose cause is shared by other errors, or stops the rest of the run.
type stoppingError struct {
	error
	stop *Stop
}

func (e *stoppingError) Unwrap() error { return e.error }

// StopOf returns the cause that err shares with other errors of the run, or nil if there is none.
func StopOf(err error) *Stop {
	var (
		stopped  *StoppedError
		stopping *stoppingError
	)
	switch {
	case errors.As(err, &stopped):
		return stopped.stop
	case errors.As(err, &stopping):
		return stopping.stop
	}
	return nil
}

// maxFailures is the number of consecutive requests that must fail with a 5xx status, each after all its retries, to stop the
// rest of the run.
const maxFailures = 5

// mostFailed is the number of causes that a breaker keeps to recognize further failures.
const mostFailed = 1000

// failure identifies failures that have the same cause.
type failure struct {
	kind string            // see kindOf
	text [sha256.Size]byte // hash of the status, code and message; the message may be long
}

// breaker decides whether to send further requests. The zero value allows all of them.
type breaker struct {
	mu        sync.Mutex
	stop      *Stop            // applies to all requests
	until     time.Time        // when stop ends; zero: never
	forbidden map[string]*Stop // by kind of request, because a key may be allowed to read but not to write
	failed    map[failure]*Stop
	failures  int // consecutive 5xx responses
}

// refuses returns a [*StoppedError] if a call must not be sent, or nil if it may be sent.
func (b *breaker) refuses(r call, now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stop != nil && !b.until.IsZero() && !now.Before(b.until) {
		b.stop = nil
	}
	for _, stop := range []*Stop{b.stop, b.forbidden[kindOf(r)]} {
		if stop != nil {
			return &StoppedError{Method: r.method, Path: r.shownPath(), stop: stop}
		}
	}
	return nil
}

// note records the result of a call. It returns the error of the call, wrapped in a [*stoppingError] if other errors share its
// cause.
func (b *breaker) note(r call, err error, longestWait time.Duration, now time.Time) error {
	var (
		apiErr  *Error
		stopped *StoppedError
	)
	if errors.As(err, &stopped) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	isResponse := errors.As(err, &apiErr)
	if isResponse && apiErr.StatusCode >= http.StatusInternalServerError {
		b.failures++
	} else {
		b.failures = 0
	}
	var stop *Stop
	switch {
	case err == nil:
	case isResponse && apiErr.StatusCode == http.StatusForbidden && !apiErr.notFromAPI: // a gateway may reject only this one request
		if b.forbidden == nil {
			b.forbidden = map[string]*Stop{}
		}
		if b.forbidden[kindOf(r)] == nil {
			b.forbidden[kindOf(r)] = (&Stop{cause: apiErr}).begin()
		}
		stop = b.forbidden[kindOf(r)]
	case isResponse && apiErr.StatusCode == http.StatusTooManyRequests && apiErr.RetryAt.Sub(now) > longestWait:
		stop = b.stopAll(&Stop{cause: apiErr}, apiErr.RetryAt)
	case isResponse && apiErr.StatusCode == http.StatusUnauthorized:
		stop = b.stopAll(&Stop{cause: apiErr}, time.Time{})
	case isResponse && apiErr.StatusCode >= http.StatusInternalServerError:
		if stop = b.failedLike(r, apiErr); b.failures >= maxFailures {
			stop = b.stopAll(stop, time.Time{})
		}
	case isResponse && isSharedRefusal(apiErr.StatusCode):
		stop = b.failedLike(r, apiErr)
	case !isResponse && isUnreachable(err):
		stop = b.stopAll(&Stop{cause: withoutRetries(err)}, time.Time{})
	}
	var unknown *OutcomeUnknownError
	switch {
	case stop == nil:
		return err
	case errors.As(err, &unknown): // callers look for this type and read its fields
		unknown.Cause = &stoppingError{unknown.Cause, stop}
		return err
	}
	return &stoppingError{err, stop}
}

// failedLike returns the cause of all failures with the same kind of request, and with the same status, code and message in the response. A response without text says nothing about the cause, so its failure shares the cause with no other.
func (b *breaker) failedLike(r call, apiErr *Error) *Stop {
	if apiErr.Code == "" && apiErr.Message == "" {
		return &Stop{cause: apiErr}
	}
	like := failure{kindOf(r), sha256.Sum256(fmt.Appendf(nil, "%d %s %s", apiErr.StatusCode, apiErr.Code, apiErr.Message))}
	stop := b.failed[like]
	if stop == nil {
		stop = &Stop{cause: apiErr}
		if b.failed == nil {
			b.failed = map[failure]*Stop{}
		}
		if len(b.failed) < mostFailed {
			b.failed[like] = stop
		}
	}
	return stop
}

// stopAll stops all further requests, unless they are stopped already.
func (b *breaker) stopAll(stop *Stop, until time.Time) *Stop {
	if b.stop == nil {
		b.stop, b.until = stop.begin(), until
	}
	return b.stop
}

// isSharedRefusal reports whether responses with this status and the same text have one cause, independent of the object. A 404 or
// 410 response concerns only its own object.
func isSharedRefusal(status int) bool {
	return status >= http.StatusBadRequest && status < http.StatusInternalServerError && status != http.StatusNotFound && status != http.StatusGone
}

// isUnreachable reports whether a call failed because no connection to the API is possible.
func isUnreachable(err error) bool {
	var waiting notSentError
	return notSent(err) && !errors.As(err, &waiting)
}

// withoutRetries returns the error of the last attempt of a call. Stopped calls show this error as their cause. They made
// no attempt, so it must not report earlier ones.
func withoutRetries(err error) error {
	var retried retriedError
	if errors.As(err, &retried) {
		return retried.error
	}
	return err
}

// kindOf returns the method and the collection of a call, because an API key may be allowed some combinations and forbidden
// others.
func kindOf(r call) string {
	path, _, _ := strings.Cut(r.path, "?")
	parts := strings.Split(path, "/") // "", "v1", "delivery", "destinations", id
	return r.method + " " + strings.Join(parts[:min(len(parts), 4)], "/")
}
