package fastpath

import (
	"context"
	"sync/atomic"
	"time"
)

// revocable returns a context that delegates to ctx until the caller calls release. After that, Err of the returned context is
// [context.Canceled], and ctx can be garbage-collected.
func revocable(ctx context.Context) (lent context.Context, release func()) {
	l := &revocableContext{done: ctx.Done()}
	l.of.Store(&ctx)
	return l, func() { l.of.Store(nil) }
}

type revocableContext struct {
	of   atomic.Pointer[context.Context]
	done <-chan struct{}
}

func (l *revocableContext) Deadline() (deadline time.Time, ok bool) {
	if ctx := l.of.Load(); ctx != nil {
		return (*ctx).Deadline()
	}
	return time.Time{}, false
}

func (l *revocableContext) Done() <-chan struct{} { return l.done }

func (l *revocableContext) Err() error {
	if ctx := l.of.Load(); ctx != nil {
		return (*ctx).Err()
	}
	return context.Canceled
}

func (l *revocableContext) Value(key any) any {
	if ctx := l.of.Load(); ctx != nil {
		return (*ctx).Value(key)
	}
	return nil
}
