package talonic

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"
)

// creatable holds the arguments of a create.
type creatable[T object] interface {
	payload

	// fingerprint returns a text that is equal for all creates whose results could be mistaken for each other. Creates with the
	// same fingerprint are serialized, and only an object with the same fingerprint is adopted as a result.
	fingerprint() string

	// fingerprintOf returns the fingerprint of a create that may have produced the listed object.
	fingerprintOf(listed T) string

	// match compares everything that an object shows with what was sent.
	match(shown T) Match

	// contradicts reports whether an object shows something that was certainly not sent, such as credentials if none were sent.
	contradicts(shown T) bool

	// checkResponse returns an error if the response to the create shows an object that cannot be its result, because all later
	// requests use the id in it.
	checkResponse(shown T) error

	// asUpdate returns an update that writes all arguments, including credentials.
	asUpdate() payload
}

// Created is the result of a create.
type Created[T any] struct {
	Object T
	Recovery
}

// Recovery describes how a create succeeded if the first attempt did not simply succeed. The zero value means that it did.
type Recovery struct {
	// Adopted reports that the outcome of an attempt was unknown, that its result was recognized in the list, and that all
	// arguments were written to it again. Cause is why the outcome was unknown; it is nil unless Adopted is true.
	Adopted bool
	Cause   error

	// Contradicts reports that the response to the create shows something else than was sent. The API may store it in another
	// form, or the object may be someone else's, so it must not be changed or deleted unless the user asks for it.
	Contradicts bool

	// Resent reports that the create was sent more than once. The API may still carry out an earlier attempt, so that a second
	// object with the same arguments may appear. First is when the first attempt was sent, and Last is when the result became
	// known, both on the API's clock.
	Resent      bool
	First, Last time.Time

	// Twins holds the ids of other objects that may be the result of an earlier attempt. Unlisted reports that there may be more,
	// because the list could not be read or did not even show the known result.
	Twins    []string
	Unlisted bool
}

// create creates an object and returns it, or finds out what became of the create.
//
// If the outcome of an attempt is unknown, create looks up the result in the list; see [findings.verdict]. If there is one, it is
// adopted. If there is none, the create is retried with the same Idempotency-Key. If the outcome remains unknown, the error is an
// [*OutcomeUnknownError], and the object may exist. create never deletes an object, and never discards a successful response that
// shows the result.
//
// When ctx ends, no further attempt is sent. An attempt that was already sent is finished, and its result looked up, within the
// time of one attempt.
func (o *collection[T]) create(ctx context.Context, n creatable[T]) (_ *Created[T], err error) {
	c := o.client
	hide := newScrubber(append([]string{c.apiKey}, n.secrets()...))
	defer func() { err = hide.error(err) }()

	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("POST %s: %w", o.path, err)
	}
	release, err := c.account.creations(o.path).enter(ctx, n.fingerprint())
	if err != nil {
		return nil, fmt.Errorf("POST %s: %w", o.path, err)
	}
	defer release()
	a, end := o.newCreation(ctx, n)
	defer end()
	return a.run()
}

// creation is a create in progress.
type creation[T object] struct {
	collection  *collection[T]
	sought      creatable[T]
	key         string          // the Idempotency-Key of all attempts
	interrupted context.Context // when it ends, no further attempt is sent
	ctx         *grace          // used to finish what was already sent
	lookup      *lookup[T]

	cause    error        // of the last attempt whose outcome is unknown; nil: there was none
	answered *clockSample // of the last response; nil: it has no Date
	unlike   []string     // ids of objects of another type or name that a successful response showed
}

// newCreation prepares a create. The caller must call end, which releases its resources.
func (o *collection[T]) newCreation(ctx context.Context, n creatable[T]) (a *creation[T], end func()) {
	held, end := newGrace(ctx, o.client.timeout, false)
	return &creation[T]{
		collection: o, sought: n, key: uuid.NewString(), interrupted: ctx, ctx: held, lookup: &lookup[T]{collection: o, sought: n},
	}, end
}

func (a *creation[T]) run() (*Created[T], error) {
	c := a.collection.client
	for attempt := 0; ; attempt++ {
		created, err := a.send()
		if err == nil {
			created, err = a.verified(created)
		}
		if err == nil {
			return a.succeeded(*created, attempt > 0), nil
		}
		unknown := a.judge(err)
		if unknown == nil {
			return nil, err
		}
		unknown.Candidates = a.unlike
		result, err := a.lookUp(unknown, attempt)
		if err != nil {
			return nil, err
		}
		if result != nil {
			return a.adopt(*result)
		}
		mayRepeat := unknown.mayRepeat(c.now().Add(c.maxRetryWait)) && attempt < c.maxRetries && a.interrupted.Err() == nil
		if !mayRepeat {
			return nil, unknown
		}
	}
}

// judge returns the unknown outcome after a failed attempt, or nil if no attempt had an effect.
func (a *creation[T]) judge(err error) *OutcomeUnknownError {
	var unknown *OutcomeUnknownError
	switch {
	case errors.As(err, &unknown):
		a.cause = unknown.Cause
		return unknown
	case a.cause == nil:
		return nil
	}
	// A rejection does not settle the attempts before it, and may even be caused by their effect.
	return &OutcomeUnknownError{Cause: a.cause, Refusal: err}
}

// send sends the create as one call.
func (a *creation[T]) send() (*T, error) {
	var created T
	o := a.collection
	err := o.client.send(a.ctx, call{
		method:         http.MethodPost,
		path:           o.path,
		body:           a.sought,
		secrets:        a.sought.secrets(),
		public:         a.sought.public(),
		nonIdempotent:  true,
		idempotencyKey: a.key,
		result:         &created,
		check:          func() error { return a.checkResponse(created) },
		sending: func(at time.Time) {
			a.ctx.hold()
			if a.lookup.sent.IsZero() {
				a.lookup.sent = at
			}
		},
		dated: func(sample clockSample) { a.answered = &sample },
		refused: func() {
			if a.cause == nil {
				a.ctx.letGo()
			}
		},
	})
	if err != nil {
		return nil, err
	}
	return &created, nil
}

// checkResponse returns an error unless the response to the create shows its result. An object that existed before is not the
// result, even if it looks the same: destroying it later would destroy what belongs to someone else.
func (a *creation[T]) checkResponse(shown T) error {
	o := a.collection
	if err := shown.check(); err != nil {
		return err
	}
	if !o.client.account.mayBeResultOf(shown.id(), a.lookup.sent) {
		return fmt.Errorf("it describes the %s %s, which existed before the create", o.noun, shown.id())
	}
	if err := a.sought.checkResponse(shown); err != nil {
		a.unlike = append(a.unlike, shown.id())
		return err
	}
	return a.checkAge(shown, a.responseAge(shown.createdAt()))
}

// checkAge returns an error if an object existed before the create, or if it may have existed before and shows something else
// than was sent. An object without a creation time is left to [creation.verified].
func (a *creation[T]) checkAge(shown T, age age) error {
	switch o := a.collection; {
	case age == older:
		return fmt.Errorf("it describes the %s %s, which was created before the request", o.noun, shown.id())
	case age == ageUnknown && shown.createdAt() != "" && a.sought.match(shown) == Different:
		return fmt.Errorf("it describes the %s %s, which differs from the request", o.noun, shown.id())
	}
	return nil
}

// verified reads an object by itself if the response to an attempt shows something else than was sent, or no creation time,
// because it may be an object that existed before. If the read succeeds, its result replaces the response.
func (a *creation[T]) verified(responded *T) (*T, error) {
	shown, o := *responded, a.collection
	differs := a.sought.match(shown) == Different
	if !differs && shown.createdAt() != "" {
		return responded, nil
	}
	read, err := o.fetch(a.ctx, shown.id())
	switch {
	case err != nil && (!differs || shown.createdAt() != ""):
		return responded, nil // the response passed all checks that are possible without this read
	case err == nil && (*read).createdAt() == "" && a.sought.match(*read) == Different:
		err = fmt.Errorf("it describes the %s %s, which differs from the request", o.noun, shown.id())
	case err == nil:
		err = a.checkAge(*read, a.responseAge((*read).createdAt()))
	}
	if err != nil {
		return nil, &OutcomeUnknownError{Cause: &UnexpectedBodyError{
			Method: http.MethodPost, Path: o.path, StatusCode: http.StatusCreated, Reason: err.Error(),
		}}
	}
	return read, nil
}

// responseAge judges the created_at in the response to an attempt. The Date header of the same response is the best clock for it,
// but created_at may come from another clock. A time that is recent by our clock is therefore never judged older.
func (a *creation[T]) responseAge(createdAt string) age {
	if a.answered == nil {
		return a.lookup.age(createdAt)
	}
	const anyTime = 100 * 365 * 24 * time.Hour
	sent, now := a.lookup.sent, a.collection.client.now()
	least, most := a.answered.offset()
	if created, ok := parseTimestamp(createdAt); ok && created.from.After(now.Add(most+ageDoubt)) {
		// A Date that is far behind created_at comes from a cache, so our clock decides.
		return judgeAge(createdAt, sent.Add(-ageDoubt), sent.Add(-ageTolerance), now.Add(ageDoubt))
	}
	judged := judgeAge(createdAt, sent.Add(least-ageDoubt), sent.Add(most-ageTolerance), now.Add(anyTime))
	if judged == older && judgeAge(createdAt, time.Time{}, sent.Add(-ageTolerance), now.Add(ageTolerance)) == younger {
		return ageUnknown
	}
	return judged
}

// succeeded records the result of an attempt. If the create was sent more than once, it also looks for results of earlier
// attempts.
func (a *creation[T]) succeeded(object T, resent bool) *Created[T] {
	o := a.collection
	o.own(object)
	created := &Created[T]{Object: object, Recovery: Recovery{Resent: resent, Contradicts: a.sought.contradicts(object)}}
	if resent {
		created.First, created.Last = a.lookup.period()
		a.lookup.result = &object
		created.Twins, created.Unlisted = a.twins(object.id())
	}
	return created
}

// twins returns the ids of other objects that may be the result of an earlier attempt. A list that does not show the known result
// yet may not show the others either, so it is read again a few times. unlisted reports that the list could not be read, or never
// showed the known result.
func (a *creation[T]) twins(known string) (ids []string, unlisted bool) {
	c := a.collection.client
	for retry := 0; ; retry++ {
		found, err := a.lookup.look(a.ctx)
		if err != nil {
			return nil, true
		}
		if found.shows(known) || len(found.alike) > 0 {
			return found.alike, false
		}
		if retry >= c.maxRetries || sleep(a.ctx, min(c.maxRetryWait, jitteredBackoff(retry, c.random()))) != nil {
			return nil, true
		}
	}
}

const (
	// clearingLooks is the number of times that the list is read again while the API's clock is not certain.
	clearingLooks = 2

	// clearingWait is long enough for a Date header to change.
	clearingWait = 1100 * time.Millisecond
)

// lookUp looks for the result of the attempts so far and returns nil if there is none. If it cannot decide, it returns unknown as
// the error.
func (a *creation[T]) lookUp(unknown *OutcomeUnknownError, attempt int) (*T, error) {
	c := a.collection.client
	wait := c.waitBeforeLookup(unknown, attempt) // the API may still be carrying out the create
	for retry := 0; ; retry++ {
		if err := sleep(a.ctx, wait); err != nil {
			unknown.Lookup = err
			return nil, unknown
		}
		found, err := a.lookup.look(a.ctx)
		if err != nil {
			unknown.Lookup = err
			return nil, unknown
		}
		result, candidates := found.verdict()
		switch {
		case result != nil:
			return result, nil
		case len(candidates) > 0 && (!found.mayClear || retry >= clearingLooks):
			unknown.Candidates = append(slices.Clone(a.unlike), candidates...)
			return nil, unknown
		case len(candidates) == 0 && (unknown.mayRepeat(c.now().Add(c.maxRetryWait)) || unknown.IsRejectedByGateway() || retry >= c.maxRetries):
			return nil, nil
		}
		// The clock may become certain, or the list may show a result that it does not show yet.
		wait = min(c.maxRetryWait, max(clearingWait, jitteredBackoff(retry, c.random())))
	}
}

// waitBeforeLookup returns the time to wait before the result of a create is looked up: the wait that the API asks for if it is
// at most the user's limit, but no less than the backoff.
func (c *Client) waitBeforeLookup(unknown *OutcomeUnknownError, retry int) time.Duration {
	wait := min(c.maxRetryWait, jitteredBackoff(retry, c.random()))
	var said *Error
	if errors.As(unknown, &said) {
		if asked := said.RetryAt.Sub(c.now()); !said.RetryAt.IsZero() && asked <= c.maxRetryWait {
			wait = max(wait, asked)
		}
	}
	return wait
}

// adopt takes an object as the result and writes all arguments to it again, because the API does not show whether it has the
// credentials that were sent.
func (a *creation[T]) adopt(object T) (*Created[T], error) {
	o := a.collection
	if !o.client.account.claims.take(object.id()) {
		return nil, &OutcomeUnknownError{Cause: a.cause, Candidates: []string{object.id()}}
	}
	o.own(object)
	o.client.account.known.adopt(object.id())
	updated, err := o.update(a.ctx, object.id(), a.sought.asUpdate())
	if err != nil {
		return nil, &OutcomeUnknownError{Cause: a.cause, Adoption: err, Candidates: []string{object.id()}}
	}
	created := &Created[T]{Object: *updated, Recovery: Recovery{Adopted: true, Cause: a.cause, Resent: true}}
	created.First, created.Last = a.lookup.period()
	return created, nil
}

// own records the result of a create.
func (o *collection[T]) own(created T) {
	o.client.account.known.claim(created.id())
	o.client.account.claims.take(created.id()) // the API confirmed that it is ours, even if another process claimed it
	o.snapshot.Put(created)
}

// validIDs returns the valid ids of the objects, sorted.
func validIDs[T object](objects []T) []string {
	var ids []string
	for _, object := range objects {
		if validID(object.id()) {
			ids = append(ids, object.id())
		}
	}
	slices.Sort(ids)
	return ids
}

// sleep waits for d, or returns the error of ctx if it ends before.
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
