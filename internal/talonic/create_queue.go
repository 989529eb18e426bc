package talonic

import (
	"context"
	"sync"
)

// creations serializes creates whose results could be mistaken for each other. The zero value is ready to use.
type creations struct {
	mu   sync.Mutex
	busy map[string]chan struct{} // by fingerprint; closed when the create ends
}

// enter waits until no other create with the same fingerprint is in progress. The caller must call release when its own create
// ends. If ctx ends first, enter returns the error of ctx.
func (c *creations) enter(ctx context.Context, fingerprint string) (release func(), err error) {
	for {
		c.mu.Lock()
		other, taken := c.busy[fingerprint]
		if !taken {
			if c.busy == nil {
				c.busy = map[string]chan struct{}{}
			}
			own := make(chan struct{})
			c.busy[fingerprint] = own
			c.mu.Unlock()
			return func() {
				c.mu.Lock()
				delete(c.busy, fingerprint)
				c.mu.Unlock()
				close(own)
			}, nil
		}
		c.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
