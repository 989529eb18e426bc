package talonic

import (
	"net/http"
	"sync"
	"time"
)

// quota remembers that the API refuses everything until a certain time, so that the rest of a run spends no request to learn
// it again.
type quota struct {
	mu      sync.Mutex
	refusal *Error
}

// note takes a refusal into account: one that asks for a longer wait than the user accepts.
func (q *quota) note(refusal *Error, now time.Time, longestWait time.Duration) {
	if refusal.StatusCode != http.StatusTooManyRequests || refusal.RetryAt.Sub(now) <= longestWait {
		return
	}
	q.mu.Lock()
	defer q.mu.Unlock()
	q.refusal = refusal
}

// refused is the answer that a call would get, nil if it is worth sending.
func (q *quota) refused(r call, now time.Time) *Error {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.refusal == nil || !now.Before(q.refusal.RetryAt) {
		return nil
	}
	refusal := *q.refusal
	refusal.Method, refusal.Path = r.method, r.shownPath()
	return &refusal
}
