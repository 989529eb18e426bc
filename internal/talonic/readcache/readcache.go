// Package readcache merges concurrent reads of API objects into one list request.
//
// Terraform reads every object separately and many of them at once. One list request for all of them spends less of the API's
// quota.
package readcache

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

const (
	// window is the time that the first of several reads waits for others. A read that no other joins is delayed by this time.
	window = 40 * time.Millisecond

	// idle is the time that a list stays valid after the last read from it. If two reads are less than this time apart, they are
	// assumed to belong to one refresh.
	idle = time.Second

	// maxAge is the longest time that a list stays valid.
	maxAge = time.Minute

	// freshAge is the maximum age of a list that [Reader.Fresh] returns.
	freshAge = 2 * time.Second

	// coolDown is the time that objects are read one by one after a list request has failed.
	coolDown = time.Minute
)

// Source reads objects from the API, one by one or all at once. Its functions must be safe for concurrent use. Only Odd and
// Partial may be nil.
type Source[T any] struct {
	// Get reads one object. [Reader.Read] returns its error unchanged, even if the object does not exist.
	Get func(ctx context.Context, id string) (T, error)

	// List reads all objects. If it returns an error, its objects are ignored.
	List func(ctx context.Context) ([]T, error)

	// ID returns the ID of an object.
	ID func(T) string

	// Newer reports whether a is a later version of an object than b.
	Newer func(a, b T) bool

	// Odd reports whether a listed object deviates from the documented form. Such an object is read by ID when it is requested. If
	// Odd is nil, all objects have the documented form.
	Odd func(T) bool

	// Partial reports whether an object lacks fields that objects can have. If a listed object is partial, the reader reads it by
	// ID, unless a read by ID has turned out to be partial as well. If Partial is nil, no object is partial.
	Partial func(T) bool

	// Conclusive reports whether an error of List would also fail reads by ID. If so, the reader does not try them.
	Conclusive func(error) bool

	// Gone reports whether an error of Get means that the object does not exist.
	Gone func(error) bool
}

// Reader is a read-through cache over a [Source]. It is safe for concurrent use. Callers must not modify returned objects, which
// they share.
//
// [Reader.Read] returns each listed version of an object at most once: a second read of the same ID discards the list.
// [Reader.Cached] and [Reader.All] may return objects of the same list. An object that is missing from the list is read by ID before it is
// reported gone. The list may be eventually consistent, so an older version from the list never replaces an object that this
// process wrote.
type Reader[T any] struct {
	source Source[T]

	mu       sync.Mutex
	batch    *batch          // reads that wait for a list; nil: none
	all      map[string]T    // the list, updated with later writes of this process
	read     map[string]bool // IDs that Read has returned from the list
	listed   time.Time       // time at which the list was read; zero: no list
	lastRead time.Time
	lone     string    // ID of the last read that no other joined
	loneAt   time.Time // time of that read
	failed   time.Time // when the last list request failed
	failure  error     // error of the last list request
	written  map[string]T

	// terse reports that a read by ID returns no more fields than the list, and verbose that it returns more. If both are false,
	// this is not known yet. probing is closed when the read by ID that determines this has ended.
	terse, verbose bool
	probing        chan struct{}
}

// NewReader returns a reader with an empty cache.
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

// Read returns a version of an object that no earlier Read returned, from the shared list or from a read by ID. Its error is the
// error of [Source.Get], a conclusive error of [Source.List], or the error of ctx.
func (r *Reader[T]) Read(ctx context.Context, id string) (T, error) {
	return r.one(ctx, id, r.take)
}

// Cached is like [Reader.Read] but may return a version of the object that other callers have seen.
func (r *Reader[T]) Cached(ctx context.Context, id string) (T, error) {
	return r.one(ctx, id, r.peek)
}

// one returns an object: from the cache if lookup finds it there, otherwise from the source.
func (r *Reader[T]) one(ctx context.Context, id string, lookup func(id string) (T, bool)) (T, error) {
	for {
		r.mu.Lock()
		value, ok := lookup(id)
		if ok && !r.source.Odd(value) && (r.terse || !r.source.Partial(value)) {
			r.mu.Unlock()
			return value, nil
		}
		if ok {
			delete(r.read, id) // it was recorded as returned, but is not
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

// All returns all objects, in no particular order, from the same list that Read and Cached use. If no list is valid, All requests one at
// once, or joins the reads that already wait for one.
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
			return nil, r.failure // the next list request would fail as well
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

// probe elects the caller that determines whether reads by ID return more than the list. The elected caller gets the channel probe,
// which its read must close. The other callers get the same channel as wait, and block until it is closed. If nothing is to be determined, both
// are nil.
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

// get reads one object by ID, and records whether that read returned more fields than the list.
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

// Fresh returns all objects like [Reader.All], from a list that is at most two seconds old.
func (r *Reader[T]) Fresh(ctx context.Context) ([]T, error) {
	r.mu.Lock()
	if time.Since(r.listed) > freshAge {
		r.listed = time.Time{}
	}
	r.mu.Unlock()
	return r.All(ctx)
}

// Listed returns the objects of the list that was read last, without sending a request. It returns nil if that list is too old.
func (r *Reader[T]) Listed() []T {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.listed) > maxAge {
		return nil
	}
	return slices.Collect(maps.Values(r.all))
}

// Failure returns the error of the last list request if it failed recently, or nil.
func (r *Reader[T]) Failure() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if time.Since(r.failed) < coolDown {
		return r.failure
	}
	return nil
}

// IsOwn reports whether this process wrote an object and has not deleted it.
func (r *Reader[T]) IsOwn(id string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, own := r.written[id]
	return own
}

// conclusiveFailure returns the error of a recent list request if reads by ID would fail in the same way, or nil.
func (r *Reader[T]) conclusiveFailure() error {
	if r.failure != nil && time.Since(r.failed) < idle && r.source.Conclusive(r.failure) {
		return r.failure
	}
	return nil
}

// missing returns the IDs of objects that this process wrote and that the list lacks. The list may be eventually consistent.
func (r *Reader[T]) missing() []string {
	return slices.DeleteFunc(slices.Collect(maps.Keys(r.written)), func(id string) bool {
		_, listed := r.all[id]
		return listed
	})
}

// withOwn adds to a list the missing objects that this process wrote, unless they no longer exist.
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

// Put stores an object that the API returned after a write of this process.
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

// Evict removes an object that this process deleted.
func (r *Reader[T]) Evict(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.written, id)
	delete(r.all, id)
}
