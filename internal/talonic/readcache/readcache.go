// Package readcache reads many objects at the price of one list.
//
// Terraform asks for every object by itself, many at a time. An API with a quota would rather be asked once for all of them.
package readcache

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

const (
	// window is how long the first of several reads waits for others. Alone, it is a read like any other, only that much later.
	window = 40 * time.Millisecond

	// idle is how long a list is good for after the last read from it: as long as reads follow one another, they belong to one
	// refresh.
	idle = time.Second

	// maxAge is how long a list is good for at the most.
	maxAge = time.Minute

	// moment is how old a list may be that is asked for anew.
	moment = 2 * time.Second

	// coolDown is how long single reads are used after a list has failed.
	coolDown = time.Minute
)

// Source is where objects are read from, one by one or all at once.
type Source[T any] struct {
	// Get reads one object. Its error for one that is gone is what [Reader.Read] returns.
	Get func(ctx context.Context, id string) (T, error)

	// List reads all objects. An error means that nothing is known, not even what came before it.
	List func(ctx context.Context) ([]T, error)

	// ID names an object.
	ID func(T) string

	// Newer reports whether a is a later version of an object than b.
	Newer func(a, b T) bool

	// Odd reports whether a listed object is not as it should be, so that it has to be read by itself when it is asked for. Nil: none is.
	Odd func(T) bool

	// Partial reports whether an object lacks something that others have. A listed one is read by itself when it is asked for, until
	// one that was read by itself lacks it, too. Nil: none does.
	Partial func(T) bool

	// Conclusive reports whether an error of List answers single reads as well, so that they need not be tried.
	Conclusive func(error) bool

	// Gone reports whether an error of Get says that there is no such object.
	Gone func(error) bool
}

// Reader reads objects one by one for its callers, and from a list where several are wanted at once. It is safe for concurrent
// use, and the objects that it returns are for many: nobody may change them.
//
// [Reader.Read] shows no reading of an object twice: who asks again wants to know what is there now. [Reader.Cached] and
// [Reader.All] are for those who only look, of which any number may share a reading. An object that is not in the list is asked
// for by itself, because only the API can say that it is gone. What this process wrote itself is never replaced by an older
// version from a list that lags behind.
type Reader[T any] struct {
	source Source[T]

	mu       sync.Mutex
	batch    *batch          // the reads that wait for a list; nil if none do
	all      map[string]T    // the list, and what was written since
	read     map[string]bool // what Read has shown of it
	listed   time.Time       // when all was; zero: there is none
	lastRead time.Time
	lone     string    // the last read that no other joined
	loneAt   time.Time // when that was
	failed   time.Time // when the last list failed
	failure  error     // why
	written  map[string]T

	// terse and verbose say whether single reads show more than lists do; neither: that is not known yet. probing is closed when the
	// single read has ended that will tell.
	terse, verbose bool
	probing        chan struct{}
}

// NewReader returns a reader that has read nothing yet.
func NewReader[T any](source Source[T]) *Reader[T] {
	none := func(T) bool { return false }
	if source.Odd == nil {
		source.Odd = none
	}
	if source.Partial == nil {
		source.Partial = none
	}
	return &Reader[T]{source: source, written: map[string]T{}}
}

// Read returns an object as it is, or was when the list that many reads share was made.
func (r *Reader[T]) Read(ctx context.Context, id string) (T, error) {
	return r.one(ctx, id, r.take)
}

// Cached returns an object like Read, but perhaps in a reading that others were shown as well.
func (r *Reader[T]) Cached(ctx context.Context, id string) (T, error) {
	return r.one(ctx, id, r.peek)
}

// one returns an object: what from has of it, or else what there is at the source.
func (r *Reader[T]) one(ctx context.Context, id string, from func(id string) (T, bool)) (T, error) {
	for {
		r.mu.Lock()
		value, ok := from(id)
		if ok && !r.source.Odd(value) && (r.terse || !r.source.Partial(value)) {
			r.mu.Unlock()
			return value, nil
		}
		if ok {
			delete(r.read, id) // it is not shown
			wait, probe := r.probe(value)
			r.mu.Unlock()
			if wait == nil {
				return r.get(ctx, id, probe)
			}
			select {
			case <-wait:
				continue
			case <-ctx.Done():
				return value, ctx.Err()
			}
		}
		if failure := r.conclusiveFailure(); failure != nil {
			r.mu.Unlock()
			var none T
			return none, failure
		}
		if r.isListed() || time.Since(r.failed) < coolDown {
			r.mu.Unlock()
			return r.get(ctx, id, nil)
		}
		b, leads := r.join()
		r.mu.Unlock()

		if leads {
			if alone := r.lead(ctx, b, id); alone {
				return r.get(ctx, id, nil)
			}
		}
		var none T
		select {
		case <-b.done:
		case <-ctx.Done():
			return none, ctx.Err()
		}
		if b.conclusive {
			return none, b.err
		}
	}
}

// All returns all objects, in no order, from the list that the reads of single ones share. There is no need to wait for others:
// a list is wanted already.
func (r *Reader[T]) All(ctx context.Context) ([]T, error) {
	for ctx.Err() == nil {
		r.mu.Lock()
		if r.isListed() {
			r.lastRead = time.Now()
			all, missing := slices.Collect(maps.Values(r.all)), r.missing()
			r.mu.Unlock()
			return r.withOwn(ctx, all, missing)
		}
		if r.failure != nil && time.Since(r.failed) < idle {
			defer r.mu.Unlock()
			return nil, r.failure // it would fail for the next one, too
		}
		b, leads := r.join()
		r.mu.Unlock()

		if leads {
			r.list(ctx, b)
		}
		select {
		case <-b.done:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if b.err != nil {
			return nil, b.err
		}
	}
	return nil, ctx.Err()
}

// probe decides who finds out whether single reads show more than lists do, where that is not known: the first reads, and has to
// close what it gets; the others wait.
func (r *Reader[T]) probe(listed T) (wait, probe chan struct{}) {
	switch {
	case r.terse || r.verbose || !r.source.Partial(listed):
		return nil, nil
	case r.probing != nil:
		return r.probing, nil
	}
	r.probing = make(chan struct{})
	return nil, r.probing
}

// get reads one object by itself, and learns whether that shows more than a list does.
func (r *Reader[T]) get(ctx context.Context, id string, probe chan struct{}) (T, error) {
	value, err := r.source.Get(ctx, id)
	r.mu.Lock()
	defer r.mu.Unlock()
	if err == nil {
		r.terse = r.source.Partial(value)
		r.verbose = !r.terse
	}
	if probe != nil {
		r.probing = nil
		close(probe)
	}
	return value, err
}

// Fresh returns all objects like All, from a list that is not older than a moment.
func (r *Reader[T]) Fresh(ctx context.Context) ([]T, error) {
	r.mu.Lock()
	if time.Since(r.listed) > moment {
		r.listed = time.Time{}
	}
	r.mu.Unlock()
	return r.All(ctx)
}

// Listed returns what there is of the list that was read last, without reading anything. A list that is old is none.
func (r *Reader[T]) Listed() []T {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.listed) > maxAge {
		return nil
	}
	return slices.Collect(maps.Values(r.all))
}

// Failure returns why the last list failed, if that was a while ago at the most and none has succeeded since; nil otherwise.
func (r *Reader[T]) Failure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.failed) < coolDown {
		return r.failure
	}
	return nil
}

// IsOwn reports whether this process wrote an object, and has not deleted it.
func (r *Reader[T]) IsOwn(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, own := r.written[id]
	return own
}

// conclusiveFailure is why a list failed a moment ago, if single reads would fail likewise.
func (r *Reader[T]) conclusiveFailure() error {
	if r.failure != nil && time.Since(r.failed) < idle && r.source.Conclusive(r.failure) {
		return r.failure
	}
	return nil
}

// missing are the objects that this process wrote and the list lacks: it may lag behind.
func (r *Reader[T]) missing() []string {
	return slices.DeleteFunc(slices.Collect(maps.Keys(r.written)), func(id string) bool {
		_, listed := r.all[id]
		return listed
	})
}

// withOwn completes a list with objects that this process wrote, unless they are gone.
func (r *Reader[T]) withOwn(ctx context.Context, all []T, missing []string) ([]T, error) {
	for _, id := range missing {
		value, err := r.source.Get(ctx, id)
		switch {
		case err == nil:
			all = append(all, value)
			r.Put(value)
		case r.source.Gone(err):
			r.Evict(id)
		default:
			return nil, err
		}
	}
	return all, nil
}

// Put takes note of an object as the API showed it after a write of this process.
func (r *Reader[T]) Put(value T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	id := r.source.ID(value)
	r.written[id] = value
	if r.isListed() {
		r.all[id] = value
		delete(r.read, id)
	}
}

// Evict takes note that this process deleted an object.
func (r *Reader[T]) Evict(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.written, id)
	delete(r.all, id)
}
