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

// Stop is a cause that several errors of a run have in common, and for which the rest of the run may not be tried: each request would
// spend attempts and time to learn it again. It is safe for concurrent use.
type Stop struct {
	cause error

	mu      sync.Mutex
	stops   bool // the rest of the run is not tried
	counted bool // somebody says how much that is
	told    int  // how often it was told
	since   time.Time
}

// Tell takes note of something that failed for this cause or was stopped by it, and reports whether it is the first.
func (s *Stop) Tell() (first bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.told++
	s.since = time.Now()
	return s.told == 1
}

// Others returns how much else the cause stops, as soon as nothing has been added for a moment. It returns 0 at once if the cause
// stops nothing, or if another caller counts.
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

// begin has the cause stop the rest of the run.
func (s *Stop) begin() *Stop {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stops = true
	return s
}

// Cause says in two or three words what it is.
func (s *Stop) Cause() string {
	var (
		said  *Error
		proxy *ProxyError
	)
	switch {
	case errors.As(s.cause, &said):
		return fmt.Sprintf("status %d", said.StatusCode)
	case errors.As(s.cause, &proxy):
		return "proxy refuses"
	}
	return "unreachable"
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

// stoppingError is an error whose cause others have in common, or which stops the rest of the run.
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
	failed    map[string]*Stop // what the API said with a 5xx, each of which stops nothing by itself
	failures  int              // with a 5xx, in a row
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
			b.forbidden[kindOf(r)] = (&Stop{cause: said}).begin()
		}
		stop = b.forbidden[kindOf(r)]
	case isAnswer && said.StatusCode == http.StatusTooManyRequests && said.RetryAt.Sub(now) > longestWait:
		stop = b.stopAll(&Stop{cause: said}, said.RetryAt)
	case isAnswer && said.StatusCode == http.StatusUnauthorized:
		stop = b.stopAll(&Stop{cause: said}, time.Time{})
	case isAnswer && said.StatusCode >= http.StatusInternalServerError:
		if stop = b.failedLike(said); b.failures >= mostFailures {
			stop = b.stopAll(stop, time.Time{})
		}
	case !isAnswer && isUnreachable(err):
		stop = b.stopAll(&Stop{cause: err}, time.Time{})
	}
	var unknown *OutcomeUnknownError
	switch {
	case stop == nil:
		return err
	case errors.As(err, &unknown): // which callers look for, and take apart
		unknown.Cause = &stoppingError{unknown.Cause, stop}
		return err
	}
	return &stoppingError{err, stop}
}

// failedLike is the cause that a failure has in common with others of the same words.
func (b *breaker) failedLike(said *Error) *Stop {
	if b.failed == nil {
		b.failed = map[string]*Stop{}
	}
	words := fmt.Sprintf("%d %s %s", said.StatusCode, said.Code, said.Message)
	if b.failed[words] == nil {
		b.failed[words] = &Stop{cause: said}
	}
	return b.failed[words]
}

// stopAll stops everything, if nothing did before.
func (b *breaker) stopAll(stop *Stop, until time.Time) *Stop {
	if b.stop == nil {
		b.stop, b.until = stop.begin(), until
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
