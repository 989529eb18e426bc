package emulator

import (
	"fmt"
	"maps"
	"time"
)

// idempotencyWindow is how long a key is remembered from its first use (section 9.5).
const idempotencyWindow = 24 * time.Hour

type idempotencyKey struct{ authorization, key string }

// A keptReply is the first response to an Idempotency-Key, and what was asked.
type keptReply struct {
	method, path string
	expires      time.Time
	answered     chan struct{} // closed when there is a reply, or there will be none
	reply        reply
}

// once executes a call, unless it is a write that repeats an Idempotency-Key: then it answers with the first response, and
// waits for that where it takes its time.
//
// U-20 leaves the edges open. Here every response is kept, refusals included, and the same key with another body is
// still a repeat; with another method or path it is a 409, which no correct client meets.
func (e *Emulator) once(c *call, execute func() reply) reply {
	header := c.request.Header
	key := idempotencyKey{header.Get("Authorization"), header.Get("Idempotency-Key")}
	if e.behaviour.IgnoreIdempotencyKey || key.key == "" || !c.writes() {
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

// keep executes a call and keeps its response, unless the client gave up before there was one: then a repeat is the first.
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
