package talonic

import (
	"context"
	"sync"
	"time"
)

// grace is a context for work that must not stop half-way. It ends with its parent while nothing is at stake, and a while after
// its parent once something is: until then, what was begun can be finished.
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

// newGrace returns a context that ends so long after its parent, if it is held then. end releases its resources.
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

// Err returns why the context ended: if its parent has, for the same reason.
func (g *grace) Err() error {
	err := g.Context.Err()
	if parent := g.parent.Err(); err != nil && parent != nil {
		return parent
	}
	return err
}

// hold says that something is at stake from now on.
func (g *grace) hold() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.holding = true
}

// letGo says that nothing is at stake any more.
func (g *grace) letGo() {
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

// Graceful returns a context that ends a while after its parent: as long as one attempt of a request may take. It is for requests
// that complete what an earlier one has begun. end releases its resources.
func (c *Client) Graceful(parent context.Context) (ctx context.Context, end func()) {
	return newGrace(parent, c.timeout, true)
}
