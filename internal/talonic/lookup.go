package talonic

import (
	"context"
	"errors"
	"time"
)

// lookup looks for the result of a create in the list.
type lookup[T object] struct {
	collection *collection[T]
	sought     creatable[T]
	sent       time.Time // when the first attempt was sent, on our clock; zero: none was
	result     *T        // of a later attempt; nil while there is none
}

// age is when an object was created, compared with the first attempt of a create.
type age int

const (
	ageUnknown age = iota
	older          // before
	younger        // since
)

const (
	// ageTolerance is by how much an object may seem older than its create at the most: the Date header has whole seconds, and
	// responses travel for a while.
	ageTolerance = 2 * time.Second

	// clockTolerance is by how much it may seem older than its create by the slowest clock that is possible.
	clockTolerance = 200 * time.Millisecond

	// ageDoubt is by how much an object must seem older than a create to be older for certain. The clock that sets created_at
	// need not be the one that sets the Date header.
	ageDoubt = 30 * time.Second
)

// age judges a created_at. What was created since the first attempt was sent is younger, unless it seems to be of the future: then
// created_at is of another clock than the Date header, and proves nothing.
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
	return judgeAge(createdAt, earliest.Add(-ageDoubt), since, c.now().Add(most))
}

// judgeAge compares a created_at with when a create was sent, on the API's clock: what is before a moment is older, and what is between
// two others is younger.
func judgeAge(createdAt string, before, since, until time.Time) age {
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

// period is from when the first attempt was sent until now, on the API's clock.
func (l *lookup[T]) period() (first, last time.Time) {
	least, most, _ := l.collection.client.account.clock.offset()
	return l.sent.Add(least - ageTolerance).UTC(), l.collection.client.now().Add(most + ageTolerance).UTC()
}

// findings are what one look at the list found.
type findings[T object] struct {
	all []T

	// results are the objects that show everything that was sent and were created since. doubtful are those that may be the
	// result, but do not show enough to tell.
	results, doubtful []T

	// alike are the ids of both.
	alike []string

	// mayClear says that the API's clock is not certain yet: a later look may know more.
	mayClear bool
}

func (f findings[T]) shows(id string) bool {
	for _, object := range f.all {
		if object.id() == id {
			return true
		}
	}
	return false
}

// verdict decides what the result of a create is: the only object that can be, if it is certain that it is. Otherwise the
// candidates are the ids of all that may be; without any, there is no result.
func (f findings[T]) verdict() (result *T, candidates []string) {
	if len(f.results) == 1 && len(f.doubtful) == 0 {
		return &f.results[0], nil
	}
	return nil, f.alike
}

// look reads the list and judges what it shows. An object that the list shows only in part is read by itself.
func (l *lookup[T]) look(ctx context.Context) (findings[T], error) {
	o := l.collection
	all, err := o.list(ctx)
	if err != nil {
		return findings[T]{}, err
	}
	found := findings[T]{all: all}
	_, _, certain := o.client.account.clock.offset()
	found.mayClear = !certain
	for _, object := range all {
		if !validID(object.id()) || !o.client.account.mayBeResultOf(object.id(), l.sent) || l.age(object.createdAt()) == older {
			continue
		}
		isShown := object.check() == nil // a list may leave out the name and the type
		if isShown && l.sought.fingerprintOf(object) != l.sought.fingerprint() {
			continue
		}
		if !isShown || object.isPartial() || object.createdAt() == "" {
			object, err = o.complete(ctx, object)
			var odd *UnexpectedBodyError
			if !isShown && errors.As(err, &odd) {
				continue // it is as odd by itself
			}
			if err != nil {
				return findings[T]{}, err
			}
		}
		if l.sought.fingerprintOf(object) != l.sought.fingerprint() {
			continue
		}
		switch l.judge(object) {
		case Same:
			found.results = append(found.results, object)
		case Unsure:
			found.doubtful = append(found.doubtful, object)
		}
	}
	found.alike = validIDs(append(append([]T{}, found.results...), found.doubtful...))
	return found, nil
}

// judge decides whether an object is the result of the create.
func (l *lookup[T]) judge(object T) Match {
	match := l.sought.match(object)
	if l.result != nil && l.collection.isTwin(*l.result, object) {
		match = max(match, Unsure) // the API may have changed both in the same way
	}
	switch l.age(object.createdAt()) {
	case older:
		return Different
	case ageUnknown:
		return min(match, Unsure)
	}
	return match
}

// complete reads an object of which a list shows only a part. One that is gone by now stays as it was listed.
func (o *collection[T]) complete(ctx context.Context, listed T) (T, error) {
	got, err := o.fetch(ctx, listed.id())
	var said *Error
	switch {
	case err == nil:
		return *got, nil
	case errors.As(err, &said) && said.StatusCode == 404:
		return listed, nil
	}
	return listed, err
}
