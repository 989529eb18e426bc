// Package gather reads many objects at the price of one list.
//
// Terraform asks for every object by itself, many at a time. An API with a quota would rather be asked once for all of them.
package gather

import (
	"context"
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

	// Conclusive reports whether an error of List answers single reads as well, so that they need not be tried.
	Conclusive func(error) bool
}

// Reader reads objects one by one for its callers, and from a list where several are wanted at once. It is safe for concurrent
// use.
//
// No caller is shown the same reading of an object twice: who asks again wants to know what is there now. An object that is not
// in the list is asked for by itself, because only the API can say that it is gone. What this process wrote itself is never
// replaced by an older version from a list that lags behind.
type Reader[T any] struct {
	source Source[T]

	mu       sync.Mutex
	batch    *batch // the reads that wait for a list; nil if none do
	unread   map[string]T
	read     map[string]bool
	listed   time.Time // when unread was; zero: there is none
	lastRead time.Time
	failed   time.Time // when the last list failed
	written  map[string]T
}

// batch is a number of reads that wait for the same list.
type batch struct {
	reads int
	done  chan struct{} // closed when there is a list, or none
	err   error         // conclusive, for all of them
}

// NewReader returns a reader that has read nothing yet.
func NewReader[T any](source Source[T]) *Reader[T] {
	return &Reader[T]{source: source, written: map[string]T{}}
}

// Read returns an object as it is, or was when the list that many reads share was made.
func (r *Reader[T]) Read(ctx context.Context, id string) (T, error) {
	for {
		r.mu.Lock()
		if value, ok := r.take(id); ok {
			r.mu.Unlock()
			return value, nil
		}
		if r.isListed() || time.Since(r.failed) < coolDown {
			r.mu.Unlock()
			return r.source.Get(ctx, id)
		}
		b := r.batch
		leads := b == nil
		if leads {
			b = &batch{done: make(chan struct{})}
			r.batch = b
		}
		b.reads++
		r.mu.Unlock()

		if leads {
			if alone := r.lead(ctx, b); alone {
				return r.source.Get(ctx, id)
			}
		}
		select {
		case <-b.done:
		case <-ctx.Done():
			var none T
			return none, ctx.Err()
		}
		if b.err != nil {
			var none T
			return none, b.err
		}
	}
}

// take hands out an object that was listed. The second time it is asked for, the whole list is of the past.
func (r *Reader[T]) take(id string) (T, bool) {
	if r.isListed() && r.read[id] {
		r.listed = time.Time{}
	}
	var none T
	if !r.isListed() {
		return none, false
	}
	r.lastRead = time.Now()
	value, ok := r.unread[id]
	if ok {
		delete(r.unread, id)
		r.read[id] = true
	}
	return value, ok
}

// isListed reports whether there is a list that is still good.
func (r *Reader[T]) isListed() bool {
	return !r.listed.IsZero() && time.Since(r.listed) < maxAge && time.Since(r.lastRead) < idle
}

// lead waits for other reads and lists for all of them. alone is true if there were none.
func (r *Reader[T]) lead(ctx context.Context, b *batch) (alone bool) {
	timer := time.NewTimer(window)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
	r.mu.Lock()
	if b.reads == 1 {
		r.batch = nil
		r.mu.Unlock()
		return true
	}
	r.mu.Unlock()

	all, err := r.source.List(ctx)

	r.mu.Lock()
	defer r.mu.Unlock()
	r.batch = nil
	switch {
	case err == nil:
		r.keep(all)
	case r.source.Conclusive(err):
		b.err = err
	case ctx.Err() == nil:
		r.failed = time.Now()
	}
	close(b.done)
	return false
}

// keep makes a list what reads are answered from.
func (r *Reader[T]) keep(all []T) {
	r.listed, r.lastRead = time.Now(), time.Now()
	r.unread, r.read = make(map[string]T, len(all)), map[string]bool{}
	for _, value := range all {
		id := r.source.ID(value)
		if own, ok := r.written[id]; ok && r.source.Newer(own, value) {
			value = own
		}
		r.unread[id] = value
	}
}

// Wrote takes note of an object as the API showed it after a write of this process.
func (r *Reader[T]) Wrote(value T) {
	r.mu.Lock()
	defer r.mu.Unlock()
	id := r.source.ID(value)
	r.written[id] = value
	if r.isListed() {
		r.unread[id] = value
		delete(r.read, id)
	}
}

// Deleted takes note that this process deleted an object.
func (r *Reader[T]) Deleted(id string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.written, id)
	delete(r.unread, id)
}
