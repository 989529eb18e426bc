package talonic

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// unknownOutcome returns an error if an attempt may have taken effect, or nil if certainly none did. err is the error of the last
// attempt.
func (a *creation[T]) unknownOutcome(err error) *OutcomeUnknownError {
	var unknown *OutcomeUnknownError
	switch {
	case errors.As(err, &unknown) && a.cause != nil && unknown.IsRejectedByGateway():
		// The gateway probably blocked this attempt, so the earlier attempt is the one that may have created an object.
		return &OutcomeUnknownError{Cause: a.cause, Refusal: unknown.Cause}
	case errors.As(err, &unknown):
		a.cause = unknown.Cause
		return unknown
	case a.cause == nil:
		return nil
	}
	// A rejection does not prove that earlier attempts had no effect. One of them may even have caused it, as in a conflict.
	return &OutcomeUnknownError{Cause: a.cause, Refusal: err}
}

const (
	// clockRereads is the number of times that the list is read again while the API's clock is uncertain.
	clockRereads = 2

	// clockRereadWait is long enough for the time in a Date header to change.
	clockRereadWait = 1100 * time.Millisecond
)

// lookUp looks up the result of the attempts so far and returns nil if there is none. If it cannot identify the result, it returns
// the parameter unknown as the error.
func (a *creation[T]) lookUp(unknown *OutcomeUnknownError, attempt int) (*T, error) {
	c := a.collection.client
	wait := c.waitBeforeLookup(unknown, attempt) // the API may still be carrying out the create
	for retry := 0; ; retry++ {
		if err := sleep(a.ctx, wait); err != nil {
			unknown.Lookup = err
			return nil, unknown
		}
		found, err := a.lookup.search(a.ctx)
		if err != nil {
			unknown.Lookup = err
			return nil, unknown
		}
		result, candidates := found.verdict()
		switch {
		case result != nil:
			return result, nil
		case len(candidates) > 0 && (!found.clockUncertain || retry >= clockRereads):
			unknown.Candidates = append(slices.Clone(a.mismatched), candidates...)
			return nil, unknown
		case len(candidates) == 0 && (unknown.mayRepeat(c.now().Add(c.maxRetryWait)) || unknown.IsRejectedByGateway() || retry >= c.maxRetries):
			return nil, nil
		}
		// Another read may make the clock certain, or return a result that the list did not contain before.
		wait = min(c.maxRetryWait, max(clockRereadWait, jitteredBackoff(retry, c.random())))
	}
}

// waitBeforeLookup returns the wait before the result of a create is looked up: the larger of the backoff and the wait that the
// API requests. It ignores a requested wait beyond the client's maxRetryWait.
func (c *Client) waitBeforeLookup(unknown *OutcomeUnknownError, retry int) time.Duration {
	wait := min(c.maxRetryWait, jitteredBackoff(retry, c.random()))
	var apiErr *Error
	if errors.As(unknown, &apiErr) {
		if asked := apiErr.RetryAt.Sub(c.now()); !apiErr.RetryAt.IsZero() && asked <= c.maxRetryWait {
			wait = max(wait, asked)
		}
	}
	return wait
}

// adopt records an object as the result and writes all arguments to it again, because the API does not return credentials: the
// client cannot tell whether the object has the credentials that were sent.
func (a *creation[T]) adopt(object T) (*Created[T], error) {
	o := a.collection
	if !o.client.account.claims.take(object.id()) {
		return nil, &OutcomeUnknownError{Cause: a.cause, Candidates: []string{object.id()}}
	}
	o.recordOwned(object)
	o.client.account.known.adopt(object.id())
	updated, err := o.update(a.ctx, object.id(), a.sought.asUpdate())
	if err != nil {
		return nil, &OutcomeUnknownError{Cause: a.cause, Adoption: err, Candidates: []string{object.id()}}
	}
	created := &Created[T]{Object: *updated, Recovery: Recovery{Adopted: true, Cause: a.cause, Resent: true}}
	created.First, created.Last = a.lookup.period()
	return created, nil
}

// lookup searches the list for the result of a create.
type lookup[T object] struct {
	collection *collection[T]
	sought     creatable[T]
	sent       time.Time // when the first attempt was sent, by the local clock; zero: none was
	result     *T        // result of a later attempt; nil: none yet
}

// age tells whether an object was created before or after the first attempt of a create.
type age int

const (
	ageUnknown age = iota
	older          // created before
	younger        // created since
)

const (
	// ageTolerance is the longest time by which an object can seem older than its create. The Date header has whole seconds, and
	// responses take time to arrive.
	ageTolerance = 2 * time.Second

	// clockTolerance is like ageTolerance, but for the earliest possible time of the create, which includes the imprecision of the Date
	// headers.
	clockTolerance = 200 * time.Millisecond

	// ageMargin is the shortest time by which an object must seem older than a create to count as older. The clock of created_at
	// may differ from that of the Date header.
	ageMargin = 30 * time.Second
)

// age compares a created_at with the time of the first attempt. A time in the future proves nothing, because created_at then comes
// from a different clock than the Date header.
func (l *lookup[T]) age(createdAt string) age {
	c := l.collection.client
	least, most, certain := c.account.clock.offset()
	earliest, latest := l.sent.Add(least), l.sent.Add(most)
	since := latest.Add(-ageTolerance)
	switch slowest := earliest.Add(-clockTolerance); {
	case !certain:
		since = latest
	case slowest.After(since):
		since = slowest
	}
	return compareAge(createdAt, earliest.Add(-ageMargin), since, c.now().Add(most))
}

// compareAge compares a created_at with the time of a create, by the API's clock. It returns older if created_at is earlier than the
// parameter before, and younger if created_at is in the interval from since to until.
func compareAge(createdAt string, before, since, until time.Time) age {
	created, ok := parseTimestamp(createdAt)
	switch {
	case !ok:
		return ageUnknown
	case created.to.Before(before):
		return older
	case !created.from.Before(since) && !created.from.After(until):
		return younger
	}
	return ageUnknown
}

// period returns the time from the first attempt until now, by the API's clock.
func (l *lookup[T]) period() (first, last time.Time) {
	least, most, _ := l.collection.client.account.clock.offset()
	return l.sent.Add(least - ageTolerance).UTC(), l.collection.client.now().Add(most + ageTolerance).UTC()
}

// findings holds the objects that one read of the list found.
type findings[T object] struct {
	all []T

	// results are the objects that match the request and were created after the first attempt. uncertain are objects that may be
	// the result, but for which this is not certain.
	results, uncertain []T

	// alike holds the IDs of results and uncertain.
	alike []string

	// clockUncertain reports that the API's clock is not certain yet, so a later read may decide cases that this one cannot.
	clockUncertain bool
}

func (f findings[T]) shows(id string) bool {
	for _, object := range f.all {
		if text.SameID(object.id(), id) {
			return true
		}
	}
	return false
}

// verdict returns the result of the create if there is one certain result and no other candidate. Otherwise it returns the IDs of
// all candidates; if there are none, the list contains no result.
func (f findings[T]) verdict() (result *T, candidates []string) {
	if len(f.results) == 1 && len(f.uncertain) == 0 {
		return &f.results[0], nil
	}
	return nil, f.alike
}

// search reads the list and compares each object with the create. If the list contains only a part of an object, search reads that
// object by ID.
func (l *lookup[T]) search(ctx context.Context) (findings[T], error) {
	o := l.collection
	all, err := o.list(ctx)
	if err != nil {
		return findings[T]{}, err
	}
	found := findings[T]{all: all}
	_, _, certain := o.client.account.clock.offset()
	found.clockUncertain = !certain
	for _, object := range all {
		if !validID(object.id()) || !o.client.account.mayBeResultOf(object.id(), l.sent) || l.age(object.createdAt()) == older {
			continue
		}
		isShown := object.check() == nil // a list may omit the name and the type
		if isShown && l.sought.fingerprintOf(object) != l.sought.fingerprint() {
			continue
		}
		if !isShown || object.isPartial() || object.createdAt() == "" {
			object, err = o.complete(ctx, object)
			var odd *UnexpectedBodyError
			if !isShown && errors.As(err, &odd) {
				continue // neither the list nor a read by ID returns a valid object
			}
			if err != nil {
				return findings[T]{}, err
			}
		}
		if l.sought.fingerprintOf(object) != l.sought.fingerprint() {
			continue
		}
		switch l.matchWithAge(object) {
		case Same:
			found.results = append(found.results, object)
		case Unsure:
			found.uncertain = append(found.uncertain, object)
		}
	}
	found.alike = validIDs(append(append([]T{}, found.results...), found.uncertain...))
	return found, nil
}

// matchWithAge returns how certain it is, by the values and the age of an object, that the object is the result of the create.
func (l *lookup[T]) matchWithAge(object T) Match {
	match := l.sought.match(object)
	if l.result != nil && l.collection.isDuplicate(*l.result, object) {
		match = max(match, Unsure) // both objects may come from this create, and the API may have changed both in the same way
	}
	switch l.age(object.createdAt()) {
	case older:
		return Different
	case ageUnknown:
		return min(match, Unsure)
	}
	return match
}

// complete reads by ID an object that is partial in a list. If the object no longer exists, complete returns it as listed.
func (o *collection[T]) complete(ctx context.Context, listed T) (T, error) {
	got, err := o.fetch(ctx, listed.id())
	var apiErr *Error
	switch {
	case err == nil:
		return *got, nil
	case errors.As(err, &apiErr) && apiErr.StatusCode == 404:
		return listed, nil
	}
	return listed, err
}
