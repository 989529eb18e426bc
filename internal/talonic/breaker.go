package talonic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Stop is a cause for which the rest of a run is not tried: it concerns every request, and each would spend attempts and time to
// learn it again. It is safe for concurrent use.
type Stop struct {
	cause error

	mu    sync.Mutex
	told  int // how often it was told
	since time.Time
}

// Tell takes note of something that the cause has stopped, and reports whether it is the first.
func (s *Stop) Tell() (first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told++
	s.since = time.Now()
	return s.told == 1
}

// Others returns how much else the cause has stopped, as soon as nothing has been added for a moment.
func (s *Stop) Others() int {
	const (
		moment  = time.Second // a busy CLI takes a while to begin the next operation
		longest = 10 * time.Second
	)
	for begin := time.Now(); ; {
		s.mu.Lock()
		told, quiet := s.told, time.Since(s.since)
		s.mu.Unlock()
		if quiet >= moment || time.Since(begin) >= longest {
			return told - 1
		}
		time.Sleep(moment - quiet)
	}
}

// Cause says in a few words what it is.
func (s *Stop) Cause() string {
	var (
		said  *Error
		proxy *ProxyError
	)
	switch {
	case errors.As(s.cause, &said):
		return strings.TrimSpace(fmt.Sprintf("%d %s", said.StatusCode, http.StatusText(said.StatusCode)))
	case errors.As(s.cause, &proxy):
		return "the proxy refuses to connect"
	}
	return "the API cannot be reached"
}

// StoppedError is a request that was not sent, because an earlier one has failed for a reason that concerns it, too.
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

// stoppingError is an error whose cause stops the rest of the run.
type stoppingError struct {
	error
	stop *Stop
}

func (e *stoppingError) Unwrap() error { return e.error }

// StopOf returns the cause that an error has in common with others of the run; nil if there is none.
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

// mostFailures is how many requests in a row may fail with 5xx, each with all its retries.
const mostFailures = 5

// breaker decides whether requests are still worth sending. The zero value lets all through.
type breaker struct {
	mu        sync.Mutex
	stop      *Stop            // of everything
	until     time.Time        // when that ends; zero: never
	forbidden map[string]*Stop // of one kind of request: a key may be allowed to read and not to write
	failures  int
}

// refuses returns the error of a call that is not sent; nil if it is worth sending.
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

// note takes the end of a call into account, and returns its error, which knows by then whether it stops others.
func (b *breaker) note(r call, err error, longestWait time.Duration, now time.Time) error {
	var (
		said    *Error
		stopped *StoppedError
	)
	if errors.As(err, &stopped) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	isAnswer := errors.As(err, &said)
	if isAnswer && said.StatusCode >= http.StatusInternalServerError {
		b.failures++
	} else {
		b.failures = 0
	}
	var stop *Stop
	switch {
	case err == nil:
	case isAnswer && said.StatusCode == http.StatusForbidden && said.Code != "": // without a code, it is a gateway that dislikes the request
		if b.forbidden == nil {
			b.forbidden = map[string]*Stop{}
		}
		if b.forbidden[kindOf(r)] == nil {
			b.forbidden[kindOf(r)] = &Stop{cause: said}
		}
		stop = b.forbidden[kindOf(r)]
	case isAnswer && said.StatusCode == http.StatusTooManyRequests && said.RetryAt.Sub(now) > longestWait:
		stop = b.stopAll(said, said.RetryAt)
	case isAnswer && (said.StatusCode == http.StatusUnauthorized || b.failures >= mostFailures):
		stop = b.stopAll(said, time.Time{})
	case !isAnswer && isUnreachable(err):
		stop = b.stopAll(err, time.Time{})
	}
	if stop == nil {
		return err
	}
	return &stoppingError{err, stop}
}

// stopAll stops everything, if nothing did before.
func (b *breaker) stopAll(cause error, until time.Time) *Stop {
	if b.stop == nil {
		b.stop, b.until = &Stop{cause: cause}, until
	}
	return b.stop
}

// isUnreachable reports whether a call failed because there is no way to the API at all.
func isUnreachable(err error) bool {
	var waiting notSentError
	return notSent(err) && !errors.As(err, &waiting)
}

// kindOf is what calls have in common that a key is allowed or forbidden: a method, and a collection.
func kindOf(r call) string {
	path, _, _ := strings.Cut(r.path, "?")
	parts := strings.Split(path, "/") // "", "v1", "delivery", "destinations", id
	return r.method + " " + strings.Join(parts[:min(len(parts), 4)], "/")
}
