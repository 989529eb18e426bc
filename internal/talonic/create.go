package talonic

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// blueprint is what an object is created from.
type blueprint[T object] interface {
	payload

	// fingerprint is the same for blueprints whose results a look at the list could not tell apart.
	fingerprint() string

	// checkAnswer judges whether an answer shows what was created, and not something else: its id is what everything later
	// goes by.
	checkAnswer(shown T) error

	// isShownBy reports whether an object of the list may be the result, its age aside.
	isShownBy(listed T) bool
}

// create creates an object, once.
//
// Where the outcome of the request is not known, because its answer was lost or cannot be read, the result is looked for in
// the list: an object that is as it was to be, was created since, and belongs to no other create. If there is one, it is the
// result. If there is none, the request is sent again, with the same Idempotency-Key. If neither settles it, the error is an
// [*OutcomeUnknownError], and the object may exist.
func (o *collection[T]) create(ctx context.Context, n blueprint[T]) (_ *T, err error) {
	c := o.client
	hide := newScrubber(append([]string{c.apiKey}, n.secrets()...))
	defer func() { err = hide.error(err) }()

	release, err := o.creates.enter(ctx, n.fingerprint())
	if err != nil {
		return nil, fmt.Errorf("POST %s: %w", o.path, err)
	}
	defer release()

	key, begin := uuid.NewString(), c.now()
	for retry := 0; ; retry++ {
		created, err := o.createOnce(ctx, n, key)
		var unknown *OutcomeUnknownError
		switch {
		case errors.As(err, &unknown):
		case err != nil:
			return nil, err
		case retry > 0:
			return o.onlyOne(ctx, n, begin, created)
		default:
			o.own(*created)
			return created, nil
		}
		// The API may still be at it, so it is given a moment before it is asked.
		if err := sleep(ctx, c.waitBefore(unknown, retry)); err != nil {
			return nil, &OutcomeUnknownError{Cause: unknown.Cause, Lookup: err}
		}
		found, err := o.findCreated(ctx, n, begin)
		switch {
		case err != nil:
			return nil, &OutcomeUnknownError{Cause: unknown.Cause, Lookup: err}
		case len(found) > 1:
			return nil, &OutcomeUnknownError{Cause: unknown.Cause, Candidates: ids(found)}
		case len(found) == 1:
			o.own(found[0])
			return &found[0], nil
		case !unknown.mayRepeat(c.now().Add(c.maxRetryWait)), retry >= c.maxRetries:
			return nil, unknown
		}
	}
}

// waitBefore is how long to wait before the result of a create is looked for: as long as the API asks, if that is not longer
// than the user accepts.
func (c *Client) waitBefore(unknown *OutcomeUnknownError, retry int) time.Duration {
	wait := min(c.maxRetryWait, jitteredBackoff(retry, rand.Float64()))
	var said *Error
	if errors.As(unknown, &said) {
		if asked := said.RetryAt.Sub(c.now()); !said.RetryAt.IsZero() && asked <= c.maxRetryWait {
			wait = max(wait, asked)
		}
	}
	return wait
}

// onlyOne looks once more after a create that was sent again: the list may have lagged behind, and the first one succeeded all
// the same. Then the second, of which it is certain that it is ours, is deleted.
func (o *collection[T]) onlyOne(ctx context.Context, n blueprint[T], begin time.Time, second *T) (*T, error) {
	o.own(*second)
	first, err := o.findBeside(ctx, n, begin, (*second).id())
	if err != nil || len(first) == 0 {
		return second, nil //nolint:nilerr // The create has succeeded; there is only nothing more to find out.
	}
	if len(first) == 1 {
		if err = o.delete(ctx, (*second).id()); err == nil {
			o.own(first[0])
			return &first[0], nil
		}
	}
	if err == nil {
		err = fmt.Errorf("POST %s: it was sent again, and there are several results", o.path)
	}
	return nil, &OutcomeUnknownError{Cause: err, Candidates: append(ids(first), (*second).id())}
}

// findBeside looks for other results of a create than the one that is known. A list that does not show this one yet need not show
// the others, so it is given time.
func (o *collection[T]) findBeside(ctx context.Context, n blueprint[T], begin time.Time, known string) ([]T, error) {
	for retry := 0; ; retry++ {
		all, found, err := o.look(ctx, n, begin)
		if err != nil {
			return nil, err
		}
		upToDate := slices.ContainsFunc(all, func(listed T) bool { return listed.id() == known })
		if upToDate || len(found) > 0 || retry >= o.client.maxRetries {
			return found, nil
		}
		if err := sleep(ctx, min(o.client.maxRetryWait, jitteredBackoff(retry, rand.Float64()))); err != nil {
			return nil, err
		}
	}
}

// own takes note of the result of a create.
func (o *collection[T]) own(created T) {
	o.creates.claim(created.id())
	o.snapshot.Wrote(created)
}

// createOnce sends the create as one call.
func (o *collection[T]) createOnce(ctx context.Context, n blueprint[T], idempotencyKey string) (*T, error) {
	var created T
	err := o.client.send(ctx, call{
		method:         http.MethodPost,
		path:           o.path,
		body:           n,
		secrets:        n.secrets(),
		public:         n.public(),
		once:           true,
		idempotencyKey: idempotencyKey,
		result:         &created,
		check:          func() error { return o.checkCreated(n, created) },
	})
	if err != nil {
		return nil, err
	}
	return &created, nil
}

// checkCreated judges whether the answer to a create shows its result.
func (o *collection[T]) checkCreated(n blueprint[T], shown T) error {
	if err := shown.check(); err != nil {
		return err
	}
	if err := n.checkAnswer(shown); err != nil {
		return err
	}
	if o.creates.isClaimed(shown.id()) {
		return fmt.Errorf("it is the %s %s, which was there before", o.noun, shown.id())
	}
	return nil
}

// sameName reports whether an API that tidies names up may show one for the other.
func sameName(a, b string) bool { return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b)) }

// findCreated looks for the result of a create that began at a time on our clock.
func (o *collection[T]) findCreated(ctx context.Context, n blueprint[T], begin time.Time) ([]T, error) {
	_, found, err := o.look(ctx, n, begin)
	return found, err
}

// look reads the list, and picks what may be the result of a create that began at a time on our clock.
func (o *collection[T]) look(ctx context.Context, n blueprint[T], begin time.Time) (all, found []T, err error) {
	var clock clockOffset
	all, err = o.list(withClock(ctx, &clock))
	if err != nil {
		return nil, nil, err
	}
	return all, createdSince(all, n, begin.Add(clock.offset), o.creates.isClaimed), nil
}

// clockTolerance is how far created_at may lie before the begin of its create: the API's Date header has whole seconds, and
// answers take their time.
const clockTolerance = 5 * time.Second

// createdSince picks what may be the result of a create that began at a time on the API's clock.
func createdSince[T object](all []T, n blueprint[T], begin time.Time, isClaimed func(id string) bool) []T {
	var found []T
	for _, candidate := range all {
		at, err := time.Parse(time.RFC3339, candidate.createdAt())
		if err != nil || at.Before(begin.Add(-clockTolerance)) || isClaimed(candidate.id()) {
			continue
		}
		if n.isShownBy(candidate) {
			found = append(found, candidate)
		}
	}
	return found
}

func ids[T object](objects []T) []string {
	list := make([]string, len(objects))
	for i, o := range objects {
		list[i] = o.id()
	}
	return list
}

// creations keeps the creates of one process, and of one kind, apart: each id is the result of at most one of them, and creates
// that could be mistaken for each other follow one another.
type creations struct {
	mu      sync.Mutex
	claimed map[string]bool
	busy    map[string]chan struct{} // by fingerprint; closed at the end of the create
}

// enter waits until no other create with the fingerprint is under way. release ends the caller's own.
func (c *creations) enter(ctx context.Context, fingerprint string) (release func(), err error) {
	for {
		c.mu.Lock()
		other, taken := c.busy[fingerprint]
		if !taken {
			if c.busy == nil {
				c.busy = map[string]chan struct{}{}
			}
			own := make(chan struct{})
			c.busy[fingerprint] = own
			c.mu.Unlock()
			return func() {
				c.mu.Lock()
				delete(c.busy, fingerprint)
				c.mu.Unlock()
				close(own)
			}, nil
		}
		c.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

func (c *creations) claim(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.claimed == nil {
		c.claimed = map[string]bool{}
	}
	c.claimed[id] = true
}

func (c *creations) isClaimed(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.claimed[id]
}

// clockOffset is how far the API's clock is ahead of ours.
type clockOffset struct{ offset time.Duration }

type clockKey struct{}

// withClock has the offset noted from the answers to requests with this context.
func withClock(ctx context.Context, clock *clockOffset) context.Context {
	return context.WithValue(ctx, clockKey{}, clock)
}

// noteClock compares the Date of an answer with our clock.
func noteClock(ctx context.Context, response *http.Response, now time.Time) {
	clock, _ := ctx.Value(clockKey{}).(*clockOffset)
	if clock == nil {
		return
	}
	if date, err := http.ParseTime(response.Header.Get("Date")); err == nil {
		clock.offset = date.Sub(now)
	}
}

// sleep waits, unless the context ends before.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
