package talonic

import (
	"context"
	"sync"
	"time"
)

// grace is a context for work that must not stop halfway. Normally it ends with its parent. After a call of hold, it ends a fixed
// time after its parent, so that work in progress can finish. It is safe for concurrent use.
type grace struct {
	context.Context
	parent context.Context
	cancel context.CancelFunc
	after  time.Duration

	mu      sync.Mutex
	holding bool
	timer   *time.Timer
	stop    func() bool
}

// newGrace returns a context with the given parent. While it is held, it ends the time after later than its parent. holding is the
// initial state. The caller must call end, which releases the resources of the context.
func newGrace(parent context.Context, after time.Duration, holding bool) (g *grace, end func()) {
	g = &grace{parent: parent, after: after, holding: holding}
	g.Context, g.cancel = context.WithCancel(context.WithoutCancel(parent))
	g.stop = context.AfterFunc(parent, g.parentEnded)
	return g, func() {
		g.stop()
		g.mu.Lock()
		defer g.mu.Unlock()
		if g.timer != nil {
			g.timer.Stop()
		}
		g.cancel()
	}
}

// Err returns the error of the parent if both have ended.
func (g *grace) Err() error {
	err := g.Context.Err()
	if parent := g.parent.Err(); err != nil && parent != nil {
		return parent
	}
	return err
}

// hold makes the context outlive its parent from now on.
func (g *grace) hold() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.holding = true
}

// release makes the context end with its parent again.
func (g *grace) release() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.holding = false
	if g.parent.Err() != nil {
		g.cancel()
	}
}

func (g *grace) parentEnded() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.holding {
		g.cancel()
		return
	}
	g.timer = time.AfterFunc(g.after, g.cancel)
}

// Graceful returns a context that ends one request timeout after its parent. Use it for requests that complete what an earlier
// request began. The caller must call end, which releases its resources.
func (c *Client) Graceful(parent context.Context) (ctx context.Context, end func()) {
	return newGrace(parent, c.timeout, true)
}
