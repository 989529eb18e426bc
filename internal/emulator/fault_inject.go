package emulator

import (
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

// Inject puts faults in force, after those that are. The first that applies to a request spoils it. A fault that there is not
// panics.
func (e *Emulator) Inject(faults ...Fault) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range faults {
		if err := f.check(); err != nil {
			panic("emulator: " + err.Error())
		}
		e.faults = append(e.faults, &injected{Fault: f, effect: effects[f.Kind], removed: make(chan struct{})})
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
	// relays says that the API's own answer reaches the client in one way or the other.
	relays bool
	// onSuccess says that there is no answer unless the request is executed and goes well.
	onSuccess bool
	// forms make the reply as answer does, by [Fault.Form]; the first is the default.
	forms []form
	// answer makes the reply, given the API's own if the request is executed. Nil leaves that as it is.
	answer func(spoilt) reply
	// silent says that the client gets no response.
	silent bool
	// deliver brings the reply to the client, without the emulator's lock. Nil writes it.
	deliver func(http.ResponseWriter, *http.Request, *injected, reply)
}

// A form is one way in which an effect makes its reply.
type form struct {
	name   string
	answer func(spoilt) reply
}

// Values of [Fault.Executed]. Empty is as the kind says.
const (
	executedNo     = "no"
	executedBefore = "before"
	executedAfter  = "after"
)

var executions = []string{executedNo, executedBefore, executedAfter}

// execution is when the request is executed.
func (f *injected) execution() string {
	switch {
	case f.Executed != "":
		return strings.ToLower(f.Executed)
	case f.executes || f.relays || f.onSuccess:
		return executedBefore
	}
	return executedNo
}

// reply makes the reply; the API's own where the effect leaves that as it is.
func (f *injected) reply(s spoilt) reply {
	if f.onSuccess && s.reply.status >= http.StatusMultipleChoices {
		return s.reply
	}
	for i, form := range f.forms {
		if strings.EqualFold(form.name, f.Form) || i == 0 && f.Form == "" {
			return form.answer(s)
		}
	}
	if f.answer != nil {
		return f.answer(s)
	}
	return s.reply
}

// spoilt is what an effect has to work with.
type spoilt struct {
	*call
	fault    Fault
	reply    reply
	refer    func(*apiError) reply // the form of the behaviour for a refusal
	existing func(id string) any   // the body of a stored object, of the oldest if the id is empty; nil if there is none
}

// spoil carries a call through a fault, and says whether the request was executed, or will be.
func (e *Emulator) spoil(c *call, do endpoint, f *injected) (answer reply, executed bool) {
	execution := f.execution()
	if execution == executedBefore {
		answer = e.answer(c, do)
	}
	answer = f.reply(spoilt{
		call: c, fault: f.Fault, reply: answer,
		refer:    func(refused *apiError) reply { return e.errorReply(c, refused) },
		existing: func(id string) any { return e.existing(c, id) },
	})
	if f.silent {
		answer.status = 0
	}
	return answer, execution != executedNo
}
