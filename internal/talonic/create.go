package talonic

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// CreateDestination creates a destination, once.
//
// Where the outcome of the request is not known, because its answer was lost or cannot be read, the result is looked for in
// the list: a destination that is as it was to be, was created since, and belongs to no other create. If there is one, it is
// the result. If there is none, the request is sent again, with the same Idempotency-Key. If neither settles it, the error is
// an [*OutcomeUnknownError], and the destination may exist.
//
// POST /v1/delivery/destinations.
func (c *Client) CreateDestination(ctx context.Context, d NewDestination) (_ *Destination, err error) {
	hide := newScrubber(append([]string{c.apiKey}, d.secrets()...))
	defer func() { err = hide.error(err) }()

	release, err := c.creates.enter(ctx, d.fingerprint())
	if err != nil {
		return nil, fmt.Errorf("POST %s: %w", destinationsPath, err)
	}
	defer release()

	key, begin := uuid.NewString(), c.now()
	for retry := 0; ; retry++ {
		created, err := c.createOnce(ctx, d, key)
		var unknown *OutcomeUnknownError
		switch {
		case errors.As(err, &unknown):
		case err != nil:
			return nil, err
		case retry > 0:
			return c.onlyOne(ctx, d, begin, created)
		default:
			c.own(created)
			return created, nil
		}
		// The API may still be at it, so it is given a moment before it is asked.
		if err := sleep(ctx, c.waitBefore(unknown, retry)); err != nil {
			return nil, &OutcomeUnknownError{Cause: unknown.Cause, Lookup: err}
		}
		found, err := c.findCreated(ctx, d, begin)
		switch {
		case err != nil:
			return nil, &OutcomeUnknownError{Cause: unknown.Cause, Lookup: err}
		case len(found) > 1:
			return nil, &OutcomeUnknownError{Cause: unknown.Cause, Candidates: ids(found)}
		case len(found) == 1:
			c.own(&found[0])
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
func (c *Client) onlyOne(ctx context.Context, d NewDestination, begin time.Time, second *Destination) (*Destination, error) {
	c.own(second)
	first, err := c.findCreated(ctx, d, begin)
	if err != nil || len(first) == 0 {
		return second, nil //nolint:nilerr // The create has succeeded; there is only nothing more to find out.
	}
	if len(first) == 1 {
		if err = c.DeleteDestination(ctx, second.ID); err == nil {
			c.own(&first[0])
			return &first[0], nil
		}
	}
	if err == nil {
		err = fmt.Errorf("POST %s: it was sent again, and there are several results", destinationsPath)
	}
	return nil, &OutcomeUnknownError{Cause: err, Candidates: append(ids(first), second.ID)}
}

// own takes note of the result of a create.
func (c *Client) own(created *Destination) {
	c.creates.claim(created.ID)
	c.destinations.Wrote(*created)
}

// createOnce sends the create as one call.
func (c *Client) createOnce(ctx context.Context, d NewDestination, idempotencyKey string) (*Destination, error) {
	var created Destination
	err := c.send(ctx, call{
		method:         http.MethodPost,
		path:           destinationsPath,
		body:           d,
		secrets:        d.secrets(),
		public:         map[string]any{"name": d.Name, "type": d.Type, "config": d.Config},
		once:           true,
		idempotencyKey: idempotencyKey,
		result:         &created,
		check:          func() error { return d.checkCreated(&created, c.creates.isClaimed) },
	})
	if err != nil {
		return nil, err
	}
	return &created, nil
}

// checkCreated judges whether the answer to a create shows what was created, and not something else: its id is what everything
// later goes by.
func (d NewDestination) checkCreated(created *Destination, isClaimed func(id string) bool) error {
	if err := created.check(); err != nil {
		return err
	}
	switch {
	case created.Type != d.Type:
		return fmt.Errorf("it is a destination of type %q", created.Type)
	case !strings.EqualFold(strings.TrimSpace(created.Name), strings.TrimSpace(d.Name)):
		return fmt.Errorf("it is a destination named %q", created.Name)
	case isClaimed(created.ID):
		return fmt.Errorf("it is the destination %s, which was there before", created.ID)
	}
	return nil
}

// findCreated looks for the result of a create that began at a time on our clock.
func (c *Client) findCreated(ctx context.Context, d NewDestination, begin time.Time) ([]Destination, error) {
	var clock clockOffset
	all, err := c.ListDestinations(withClock(ctx, &clock))
	if err != nil {
		return nil, err
	}
	return createdSince(all, d, begin.Add(clock.offset), c.creates.isClaimed), nil
}

// clockTolerance is how far created_at may lie before the begin of its create: the API's Date header has whole seconds, and
// answers take their time.
const clockTolerance = 5 * time.Second

// createdSince picks what may be the result of a create that began at a time on the API's clock.
func createdSince(all []Destination, d NewDestination, begin time.Time, isClaimed func(id string) bool) []Destination {
	var found []Destination
	for _, candidate := range all {
		at, err := time.Parse(time.RFC3339, candidate.CreatedAt)
		if err != nil || at.Before(begin.Add(-clockTolerance)) || isClaimed(candidate.ID) {
			continue
		}
		if candidate.Name == d.Name && candidate.Type == d.Type && d.hasConfig(candidate.Config) {
			found = append(found, candidate)
		}
	}
	return found
}

// hasConfig reports whether a config is what was sent, in the judgement of the caller if it offers one.
func (d NewDestination) hasConfig(stored map[string]any) bool {
	if d.SameConfig != nil {
		return d.SameConfig(stored)
	}
	sent, err := json.Marshal(d.Config)
	if err != nil {
		return false
	}
	shown, err := json.Marshal(stored)
	return err == nil && string(sent) == string(shown)
}

// fingerprint is the same for destinations that a look at the list could not tell apart.
func (d NewDestination) fingerprint() string {
	config, _ := json.Marshal(d.Config) // one that cannot be encoded is refused when it is sent
	return d.Type + "\n" + d.Name + "\n" + string(config)
}

func ids(destinations []Destination) []string {
	list := make([]string, len(destinations))
	for i, d := range destinations {
		list[i] = d.ID
	}
	return list
}

// creations keeps the creates of one process apart: each id is the result of at most one of them, and creates that could be
// mistaken for each other follow one another.
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
