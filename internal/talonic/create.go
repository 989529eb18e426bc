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

// creatable is what an object is created from.
type creatable[T object] interface {
	payload

	// fingerprint is the same for everything whose results could be mistaken for each other. Creates with one fingerprint follow
	// one another, and no object with another fingerprint is ever taken for a result.
	fingerprint() string

	// fingerprintOf is the fingerprint of what an object may have been created from.
	fingerprintOf(listed T) string

	// match compares everything that an object shows with what was sent.
	match(shown T) Match

	// contradicts reports whether an object shows something that was certainly not sent, its credentials aside.
	contradicts(shown T) bool

	// checkResponse returns an error if the response to the create shows something else than its result: everything later goes
	// by its id.
	checkResponse(shown T) error

	// asUpdate is an update that writes all of it, credentials included.
	asUpdate() payload
}

// Created is the result of a create.
type Created[T any] struct {
	Object T
	Recovery
}

// Recovery is what is to be said about a create that did not simply succeed. The zero value is one that did.
type Recovery struct {
	// Adopted reports that the response of the create was lost or refused after an attempt that may have been carried out, that
	// the object was recognized in the list, and that everything was written to it once more. Cause is what became of the
	// response.
	Adopted bool
	Cause   error

	// Contradicts reports that the response to the create shows something else than was sent. Perhaps the API stores it in another
	// form, perhaps the object is someone else's: it must not be changed or deleted without being asked for.
	Contradicts bool

	// Resent reports that the create was sent more than once. An earlier attempt may still be carried out, so another object may
	// appear that shows the same. First is when the first attempt was sent, on the API's clock, and Last when this was known.
	Resent      bool
	First, Last time.Time

	// Twins are the ids of objects that may be the result of an earlier attempt. Unlisted reports that the list could not be read, or did
	// not show the known result either, so that there may be others.
	Twins    []string
	Unlisted bool
}

// create creates an object and returns it, or finds out what became of the create.
//
// Where the outcome of an attempt is unknown, the result is looked up in the list: see [lookup.verdict]. If there is one, it is
// adopted. If there is none, the request is sent once more, with the same Idempotency-Key. If neither settles it, the error is
// an [*OutcomeUnknownError], and the object may exist. Nothing is ever deleted, and no successful response is thrown away.
//
// The end of ctx prevents further attempts. What was begun before is finished, and looked up, within the time of one attempt.
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
	interrupted context.Context // its end prevents further attempts
	ctx         *grace          // what was begun is finished with this
	lookup      *lookup[T]

	cause    error        // of the last attempt whose outcome is unknown; nil: there was none
	answered *clockSample // of the last response; nil: it has no Date
	unlike   []string     // the ids of objects that a success showed, but of another type or name
}

// newCreation prepares a create. end releases its resources.
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

// judge returns what is unknown after an attempt that failed; nil if it is certain that no attempt had an effect.
func (a *creation[T]) judge(err error) *OutcomeUnknownError {
	var unknown *OutcomeUnknownError
	switch {
	case errors.As(err, &unknown):
		a.cause = unknown.Cause
		return unknown
	case a.cause == nil:
		return nil
	}
	// A refusal says nothing about the attempts before it. It may even be due to what they did.
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

// checkResponse returns an error unless the response to the create shows its result. An object that was there before is none,
// even if it looks alike: destroying it later would destroy what belongs to someone else.
func (a *creation[T]) checkResponse(shown T) error {
	o := a.collection
	if err := shown.check(); err != nil {
		return err
	}
	if !o.client.account.mayBeResultOf(shown.id(), a.lookup.sent) {
		return fmt.Errorf("it is the %s %s, which was there before", o.noun, shown.id())
	}
	if err := a.sought.checkResponse(shown); err != nil {
		a.unlike = append(a.unlike, shown.id())
		return err
	}
	return a.checkAge(shown, a.responseAge(shown.createdAt()))
}

// checkAge returns an error if an object was there before, or may have been and shows something else than was sent. One that does not
// show when it was created is left to [creation.verified].
func (a *creation[T]) checkAge(shown T, age age) error {
	switch o := a.collection; {
	case age == older:
		return fmt.Errorf("it is the %s %s, which was created before", o.noun, shown.id())
	case age == ageUnknown && shown.createdAt() != "" && a.sought.match(shown) == Different:
		return fmt.Errorf("it is the %s %s, which shows something else than was sent", o.noun, shown.id())
	}
	return nil
}

// verified reads an object by itself if the response to an attempt shows something else than was sent, or so little that nobody can
// tell: it may be an object that was there before. What is read takes the place of the response.
func (a *creation[T]) verified(responded *T) (*T, error) {
	shown, o := *responded, a.collection
	differs := a.sought.match(shown) == Different
	if !differs && shown.createdAt() != "" {
		return responded, nil
	}
	read, err := o.fetch(a.ctx, shown.id())
	switch {
	case err != nil && (!differs || shown.createdAt() != ""):
		return responded, nil // it was checked as far as it goes
	case err == nil && (*read).createdAt() == "" && a.sought.match(*read) == Different:
		err = fmt.Errorf("it is the %s %s, which shows something else than was sent", o.noun, shown.id())
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

// responseAge judges the created_at in the response to an attempt. The Date of the same response is the best clock for that. But it need
// not be the clock of created_at: what our clock confirms to be of just now is not older.
func (a *creation[T]) responseAge(createdAt string) age {
	if a.answered == nil {
		return a.lookup.age(createdAt)
	}
	const anyTime = 100 * 365 * 24 * time.Hour
	sent, now := a.lookup.sent, a.collection.client.now()
	least, most := a.answered.offset()
	if created, ok := parseTimestamp(createdAt); ok && created.from.After(now.Add(most+ageDoubt)) {
		// A Date that is far behind the time beside it comes from a cache, so our clock decides.
		return judgeAge(createdAt, sent.Add(-ageDoubt), sent.Add(-ageTolerance), now.Add(ageDoubt))
	}
	judged := judgeAge(createdAt, sent.Add(least-ageDoubt), sent.Add(most-ageTolerance), now.Add(anyTime))
	if judged == older && judgeAge(createdAt, time.Time{}, sent.Add(-ageTolerance), now.Add(ageTolerance)) == younger {
		return ageUnknown
	}
	return judged
}

// succeeded takes note of the result of an attempt, and looks whether an earlier one has a result as well.
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
// yet need not show the others, so it is read again a few times. unlisted reports that it did not help.
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
	// clearingLooks is how often the list is read again for a clock that is not certain.
	clearingLooks = 2

	// clearingWait is how long a Date header takes to become another one.
	clearingWait = 1100 * time.Millisecond
)

// lookUp looks for the result of the attempts so far; nil if there is none. What cannot be decided is an error.
func (a *creation[T]) lookUp(unknown *OutcomeUnknownError, attempt int) (*T, error) {
	c := a.collection.client
	wait := c.waitBeforeLookup(unknown, attempt) // the API may still be carrying it out
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
		case len(candidates) == 0 && (unknown.mayRepeat(c.now().Add(c.maxRetryWait)) || retry >= c.maxRetries):
			return nil, nil
		}
		// A clock that is not certain may become so, and a list may show later what was created for certain.
		wait = min(c.maxRetryWait, max(clearingWait, jitteredBackoff(retry, c.random())))
	}
}

// waitBeforeLookup is how long to wait before the result of a create is looked up: as long as the API asks, if that is not longer
// than the user accepts.
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

// adopt takes an object for the result, and writes everything to it once more: what it shows is what was sent, but credentials
// are never shown.
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

// own takes note of the result of a create.
func (o *collection[T]) own(created T) {
	o.client.account.known.claim(created.id())
	o.client.account.claims.take(created.id()) // it is ours, whoever else claims it
	o.snapshot.Put(created)
}

// validIDs are those of some objects, in a certain order.
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
