package emulator

import (
	"context"
	"sync"
	"time"
)

// later executes a call after a delay, like an API behind a gateway that has already responded to the client.
func (e *Emulator) later(c *call, do endpoint, delay time.Duration) {
	put := *c
	put.request = c.request.WithContext(context.WithoutCancel(c.request.Context()))
	carryOut := sync.OnceFunc(func() {
		e.mu.Lock()
		defer e.mu.Unlock()
		put.at = e.clock().UTC().Truncate(time.Millisecond)
		e.answer(&put, do)
	})
	e.mu.Lock()
	e.delayedCalls = append(e.delayedCalls, carryOut)
	e.mu.Unlock()
	time.AfterFunc(delay, carryOut)
}

// CarryOut executes all calls that faults have delayed.
func (e *Emulator) CarryOut() {
	e.mu.Lock()
	all := e.delayedCalls
	e.delayedCalls = nil
	e.mu.Unlock()
	for _, carryOut := range all {
		carryOut()
	}
}
