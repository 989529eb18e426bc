package readcache

import (
	"context"
	"time"
)

// batch is a number of reads that wait for the same list.
type batch struct {
	reads      int
	done       chan struct{} // closed when there is a list, or none
	err        error         // why there is none
	conclusive bool          // the error answers single reads, too
}

// join makes the caller one of those who wait for a list. The first of them leads.
func (r *Reader[T]) join() (b *batch, leads bool) {
	if leads = r.batch == nil; leads {
		r.batch = &batch{done: make(chan struct{})}
	}
	r.batch.reads++
	return r.batch, leads
}

// take hands out an object that was listed. The second time it is asked for, the whole list is of the past.
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

// peek looks at an object that was listed.
func (r *Reader[T]) peek(id string) (T, bool) {
	if !r.isListed() {
		var none T
		return none, false
	}
	r.lastRead = time.Now()
	value, ok := r.all[id]
	return value, ok
}

// isListed reports whether there is a list that is still good.
func (r *Reader[T]) isListed() bool {
	return !r.listed.IsZero() && time.Since(r.listed) < maxAge && time.Since(r.lastRead) < idle
}

// lead waits for other reads and lists for all of them. alone is true if there were none.
//
// On a busy machine, or where each read depends on the one before, reads come one by one. So after one that was alone, the next one
// does not wait to be alone as well: the list costs no more than it would, and is there for all that may follow.
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

// list lists for all who wait for it.
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

// keep makes a list what reads are answered from.
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
