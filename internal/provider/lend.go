package provider

import (
	"context"
	"sync/atomic"
	"time"
)

// lend returns a context that refers to another one until it is released. From then on it is canceled and holds nothing.
func lend(ctx context.Context) (lent context.Context, release func()) {
	l := &loan{done: ctx.Done()}
	l.of.Store(&ctx)
	return l, func() { l.of.Store(nil) }
}

type loan struct {
	of   atomic.Pointer[context.Context]
	done <-chan struct{}
}

func (l *loan) Deadline() (deadline time.Time, ok bool) {
	if ctx := l.of.Load(); ctx != nil {
		return (*ctx).Deadline()
	}
	return time.Time{}, false
}

func (l *loan) Done() <-chan struct{} { return l.done }

func (l *loan) Err() error {
	if ctx := l.of.Load(); ctx != nil {
		return (*ctx).Err()
	}
	return context.Canceled
}

func (l *loan) Value(key any) any {
	if ctx := l.of.Load(); ctx != nil {
		return (*ctx).Value(key)
	}
	return nil
}
