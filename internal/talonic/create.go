package talonic

import (
	"context"
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

	// fingerprintOf returns the fingerprint that a create of the listed object would have.
	fingerprintOf(listed T) string

	// match compares all fields that the API returned for an object with the arguments of the create.
	match(shown T) Match

	// contradicts reports whether an object has a value that differs from the create, such as credentials if none were sent.
	contradicts(shown T) bool

	// checkResponse returns an error if the object in the response cannot be the result of the create. Later requests use its ID,
	// so a wrong object must be detected here.
	checkResponse(shown T) error

	// asUpdate returns an update that writes all arguments, including credentials.
	asUpdate() payload
}

// Created is the result of a create.
type Created[T any] struct {
	Object T
	Recovery
}

// Recovery describes how the result of a create was determined. In the zero value, the first attempt succeeded and its response
// matched the request.
type Recovery struct {
	// Adopted reports that the outcome of an attempt was unknown, and that the client found the result in the list and wrote all
	// arguments to it again. Cause is the reason for the unknown outcome; it is nil unless Adopted is true.
	Adopted bool
	Cause   error

	// Contradicts reports that the object in the response differs from the request. The API may have stored the arguments in a
	// different form, or the object may be someone else's, so callers must not change or delete it unless the user asks for that.
	Contradicts bool

	// Resent reports that the create was sent more than once, or that its result was adopted. The API may still carry out an
	// attempt that seemed to fail, so a second object with the same arguments may appear. First is the time of the first attempt,
	// and Last is the time at which the result was known, both on the API's clock.
	Resent      bool
	First, Last time.Time

	// Duplicates holds the IDs of other objects that may be the result of an earlier attempt. Unlisted reports that there may be more,
	// because the list could not be read or did not contain the known result.
	Duplicates []string
	Unlisted   bool
}

// create creates an object and returns it. If the outcome of an attempt is unknown, create determines it.
//
// For that, it looks up the result in the list; see [findings.verdict]. If there is a result, create adopts it. If there is none,
// create retries with the same Idempotency-Key. If the outcome remains unknown, the error is an [*OutcomeUnknownError], and the
// object may exist. create never deletes an object, and never discards a successful response that contains the result.
//
// When ctx ends, create sends no further attempt. It waits for an attempt in flight and looks up its result, for at most the
// timeout of one attempt.
//
// API docs: Idempotency.
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
	key         string          // Idempotency-Key of all attempts
	interrupted context.Context // when it ends, no further attempt is sent
	ctx         *grace          // ends when the context interrupted ends, or one timeout later if an attempt may have taken effect
	lookup      *lookup[T]

	cause         error        // cause of the last unknown outcome; nil: none
	responseClock *clockSample // clock sample of the last response; nil: it has no Date
	mismatched    []string     // IDs of objects in successful responses that differ in type or name from the request
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
		unknown := a.unknownOutcome(err)
		if unknown == nil {
			return nil, err
		}
		unknown.Candidates = a.mismatched
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

// send sends one attempt of the create. The client retries it only if it certainly had no effect.
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
		dated: func(sample clockSample) { a.responseClock = &sample },
		refused: func() {
			if a.cause == nil {
				a.ctx.release()
			}
		},
	})
	if err != nil {
		return nil, err
	}
	return &created, nil
}

// checkResponse returns an error unless the object in the response can be the result of the create. An object that existed before
// is not the result, even if it has the same values: a later destroy would delete someone else's object.
func (a *creation[T]) checkResponse(shown T) error {
	o := a.collection
	if err := shown.check(); err != nil {
		return err
	}
	if !o.client.account.mayBeResultOf(shown.id(), a.lookup.sent) {
		return fmt.Errorf("it describes the %s %s, which existed before the create", o.noun, shown.id())
	}
	if err := a.sought.checkResponse(shown); err != nil {
		a.mismatched = append(a.mismatched, shown.id())
		return err
	}
	return a.checkAge(shown, a.responseAge(shown.createdAt()))
}

// checkAge returns an error if an object existed before the create, or if it may have existed before and differs from the request.
// It does not check an object without a creation time; [creation.verified] does.
func (a *creation[T]) checkAge(shown T, age age) error {
	switch o := a.collection; {
	case age == older:
		return fmt.Errorf("it describes the %s %s, which was created before the request", o.noun, shown.id())
	case age == ageUnknown && shown.createdAt() != "" && a.sought.match(shown) == Different:
		return fmt.Errorf("it describes the %s %s, which differs from the request", o.noun, shown.id())
	}
	return nil
}

// verified reads the object by ID if the response differs from the request or has no creation time, because the object may have
// existed before. It returns the object as read, or an error if that object cannot be the result. If the read fails, it returns the
// object of the response, unless that object differs from the request and has no creation time.
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

// responseAge compares the created_at in a response with the time of the create, using the Date header of the same response.
// created_at may come from a different clock, so if an object is recent by the local clock, the result is never the
// constant older.
func (a *creation[T]) responseAge(createdAt string) age {
	if a.responseClock == nil {
		return a.lookup.age(createdAt)
	}
	const anyTime = 100 * 365 * 24 * time.Hour
	sent, now := a.lookup.sent, a.collection.client.now()
	least, most := a.responseClock.offset()
	if created, ok := parseTimestamp(createdAt); ok && created.from.After(now.Add(most+ageMargin)) {
		// A Date that is far behind created_at comes from a cache, so use the local clock.
		return compareAge(createdAt, sent.Add(-ageMargin), sent.Add(-ageTolerance), now.Add(ageMargin))
	}
	result := compareAge(createdAt, sent.Add(least-ageMargin), sent.Add(most-ageTolerance), now.Add(anyTime))
	if result == older && compareAge(createdAt, time.Time{}, sent.Add(-ageTolerance), now.Add(ageTolerance)) == younger {
		return ageUnknown
	}
	return result
}

// succeeded records the result of an attempt. If the create was sent more than once, it also looks for results of earlier
// attempts.
func (a *creation[T]) succeeded(object T, resent bool) *Created[T] {
	o := a.collection
	o.recordOwned(object)
	created := &Created[T]{Object: object, Recovery: Recovery{Resent: resent, Contradicts: a.sought.contradicts(object)}}
	if resent {
		created.First, created.Last = a.lookup.period()
		a.lookup.result = &object
		created.Duplicates, created.Unlisted = a.duplicates(object.id())
	}
	return created
}

// recordOwned records that an object is the result of a create.
func (o *collection[T]) recordOwned(created T) {
	o.client.account.known.claim(created.id())
	o.client.account.claims.take(created.id()) // the API confirmed that it is ours, even if another process claimed it
	o.snapshot.Put(created)
}

// validIDs returns the valid IDs of the objects, sorted.
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
