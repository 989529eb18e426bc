package emulator

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
)

// injected is a fault in force.
type injected struct {
	Fault
	effect
	passed  int           // requests that it let pass
	spoilt  int           // requests that it spoilt
	removed chan struct{} // closed when it is not in force any more, for those that hang
}

// Inject puts faults in force, after those that are. The first that applies to a request spoils it. A kind that there is not
// panics.
func (e *Emulator) Inject(faults ...Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range faults {
		does, ok := effects[f.Kind]
		if !ok {
			panic(fmt.Sprintf("emulator: no fault is named %q", f.Kind))
		}
		e.faults = append(e.faults, &injected{Fault: f, effect: does, removed: make(chan struct{})})
	}
}

// ClearFaults removes all faults, and ends what hangs because of them.
func (e *Emulator) ClearFaults() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range e.faults {
		close(f.removed)
	}
	e.faults = nil
}

// fault is the one that spoils a call; nil if none does.
func (e *Emulator) fault(c *call) *injected {
	for _, f := range e.faults {
		if f.spoils(c) {
			return f
		}
	}
	return nil
}

// spoils decides whether it is this call's turn, and counts.
func (f *injected) spoils(c *call) bool {
	if !f.applies(c) || f.Times > 0 && f.spoilt == f.Times {
		return false
	}
	if f.passed < f.After {
		f.passed++
		return false
	}
	if f.Percent > 0 && rand.IntN(100) >= f.Percent {
		return false
	}
	f.spoilt++
	return true
}

func (f *injected) applies(c *call) bool {
	return (f.Operation == "" || strings.EqualFold(f.Operation, c.operation)) &&
		(f.Method == "" || strings.EqualFold(f.Method, c.request.Method)) &&
		strings.HasPrefix(c.request.URL.Path, f.Path) &&
		(f.only == nil || slices.Contains(f.only, c.operation))
}

// An effect is what a kind of fault does.
type effect struct {
	only     []string // operations; nil is all
	executes bool
	// answer makes the reply, given the API's own if the request is executed. Nil leaves that as it is.
	answer func(spoilt) reply
	// silent says that the client gets no response.
	silent bool
	// deliver brings the reply to the client, without the emulator's lock. Nil writes it.
	deliver func(http.ResponseWriter, *http.Request, *injected, reply)
}

// spoilt is what an effect has to work with.
type spoilt struct {
	*call
	fault Fault
	reply reply
	refer func(*apiError) reply // the form of the behaviour for a refusal
}

// spoil carries a call through a fault, and says whether the request was executed.
func (e *Emulator) spoil(c *call, do endpoint, f *injected) (answer reply, executed bool) {
	own := func() reply { return e.answer(c, do) }
	refer := func(refused *apiError) reply { return e.errorReply(c, refused) }
	if f.executes {
		answer, executed = own(), true
	}
	if f.answer != nil {
		answer = f.answer(spoilt{c, f.Fault, answer, refer})
	}
	if f.silent {
		answer.status = 0
	}
	return answer, executed
}
