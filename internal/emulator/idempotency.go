package emulator

import (
	"fmt"
	"maps"
	"time"
)

// idempotencyWindow is the time that a key is kept after its first use.
//
// API docs: Idempotency.
const idempotencyWindow = 24 * time.Hour

type idempotencyKey struct{ authorization, key string }

// keptReply is the first response to an Idempotency-Key, and its request.
type keptReply struct {
	method, path string
	expires      time.Time
	answered     chan struct{} // closed when there is a reply, or the client abandoned the call
	reply        reply
}

// once executes a call, unless the call is a write that repeats an Idempotency-Key. In that case once returns the first response,
// and waits for it if necessary.
//
// The API docs do not cover all cases. The emulator keeps every response, including rejections, and treats the same key with a
// different body as a repeat. It rejects the same key with a different method or path with a 409, which no correct client
// receives.
func (e *Emulator) once(c *call, execute func() reply) reply {
	header := c.request.Header
	key := idempotencyKey{header.Get("Authorization"), header.Get("Idempotency-Key")}
	if e.behavior.IgnoreIdempotencyKey || key.key == "" || !c.writes() {
		return execute()
	}

	maps.DeleteFunc(e.kept, func(_ idempotencyKey, first *keptReply) bool { return !c.at.Before(first.expires) })
	method, path := c.request.Method, c.request.URL.Path
	for {
		first, repeated := e.kept[key]
		switch {
		case !repeated:
			first = &keptReply{method: method, path: path, expires: c.at.Add(idempotencyWindow), answered: make(chan struct{})}
			return e.keep(key, first, c, execute)
		case first.method != method || first.path != path:
			return e.errorReply(c, conflict(fmt.Sprintf("Idempotency-Key was first used for %s %s", first.method, first.path)))
		case first.reply.status != 0:
			return first.reply
		}
		e.unlocked(func() { <-first.answered })
	}
}

// keep executes a call and keeps its response. If the client abandons the call before there is a response, keep keeps nothing, and
// a repeat is executed like a first call.
func (e *Emulator) keep(key idempotencyKey, first *keptReply, c *call, execute func() reply) reply {
	e.kept[key] = first
	defer func() {
		if first.reply.status == 0 {
			delete(e.kept, key)
		}
		close(first.answered)
	}()
	answer := execute()
	if !c.abandoned {
		first.reply = answer
	}
	return answer
}
