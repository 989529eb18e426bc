package readcache

import (
	"context"
	"time"
)

// batch is a group of reads that wait for the same list.
type batch struct {
	reads      int
	done       chan struct{} // closed when the list request has ended
	err        error         // error of the list request; nil: it succeeded
	conclusive bool          // reads by ID would fail with the same error
}

// join adds the caller to the reads that wait for a list. leads is true for the first read, which must request the list.
func (r *Reader[T]) join() (b *batch, leads bool) {
	if leads = r.batch == nil; leads {
		r.batch = &batch{done: make(chan struct{})}
	}
	r.batch.reads++
	return r.batch, leads
}

// take returns an object from the list. A second read of the same ID discards the list.
func (r *Reader[T]) take(id string) (T, bool) {
	if r.isListed() && r.read[id] {
		r.listed = time.Time{}
	}
	value, ok := r.peek(id)
	if ok {
		r.read[id] = true
	}
	return value, ok
}

// peek returns an object from the list and keeps the list.
func (r *Reader[T]) peek(id string) (T, bool) {
	if !r.isListed() {
		var none T
		return none, false
	}
	r.lastRead = time.Now()
	value, ok := r.all[id]
	return value, ok
}

// isListed reports whether there is a valid list.
func (r *Reader[T]) isListed() bool {
	return !r.listed.IsZero() && time.Since(r.listed) < maxAge && time.Since(r.lastRead) < idle
}

// lead waits for other reads and requests a list for all of them. alone is true if there were none.
//
// On a busy machine, or if each read depends on the previous read, reads come one by one. After a read that was alone, the next
// read therefore requests a list without waiting. The list costs one request, like a read by ID, and serves all later reads.
func (r *Reader[T]) lead(ctx context.Context, b *batch, id string) (alone bool) {
	r.mu.Lock()
	follows := r.lone != id && time.Since(r.loneAt) < idle
	r.mu.Unlock()
	if !follows {
		timer := time.NewTimer(window)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
		r.mu.Lock()
		if alone = b.reads == 1; alone {
			r.batch = nil
			r.lone, r.loneAt = id, time.Now()
		}
		r.mu.Unlock()
		if alone {
			return true
		}
	}
	r.list(ctx, b)
	return false
}

// list requests a list for all reads that wait for it.
func (r *Reader[T]) list(ctx context.Context, b *batch) {
	all, err := r.source.List(ctx)

	r.mu.Lock()
	defer r.mu.Unlock()
	r.batch = nil
	switch {
	case err == nil:
		r.failure = nil
		r.keep(all)
	case r.source.Conclusive(err):
		b.err, b.conclusive = err, true
		r.failure, r.failed = err, time.Now()
	case ctx.Err() == nil:
		b.err = err
		r.failure, r.failed = err, time.Now()
	}
	close(b.done)
}

// keep stores a list for later reads.
func (r *Reader[T]) keep(all []T) {
	r.listed, r.lastRead = time.Now(), time.Now()
	r.all, r.read = make(map[string]T, len(all)), map[string]bool{}
	for _, value := range all {
		id := r.source.ID(value)
		if own, ok := r.written[id]; ok && r.source.Newer(own, value) {
			value = own
		}
		r.all[id] = value
	}
}
