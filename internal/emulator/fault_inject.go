package emulator

import (
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
)

// injected is an active fault.
type injected struct {
	Fault
	effect
	passed  int           // number of requests that the fault did not spoil
	spoiled int           // number of requests that the fault spoiled
	removed chan struct{} // closed when the fault is removed, for requests that hang
}

// Inject activates faults, after the faults that are already active. The first fault that applies to a request spoils the request.
// Inject panics if a fault is invalid.
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

// ClearFaults removes all faults, and ends requests that hang because of them.
func (e *Emulator) ClearFaults() {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, f := range e.faults {
		close(f.removed)
	}
	e.faults = nil
}

// fault returns the fault that spoils a call, or nil.
func (e *Emulator) fault(c *call) *injected {
	for _, f := range e.faults {
		if f.spoils(c) {
			return f
		}
	}
	return nil
}

// spoils reports whether the fault spoils this call, and counts the call.
func (f *injected) spoils(c *call) bool {
	if !f.applies(c) || f.Times > 0 && f.spoiled == f.Times {
		return false
	}
	if f.passed < f.After {
		f.passed++
		return false
	}
	if f.Percent > 0 && rand.IntN(100) >= f.Percent {
		return false
	}
	f.spoiled++
	return true
}

func (f *injected) applies(c *call) bool {
	return (f.Operation == "" || strings.EqualFold(f.Operation, c.operation)) &&
		(f.Method == "" || strings.EqualFold(f.Method, c.request.Method)) &&
		strings.HasPrefix(c.request.URL.Path, f.Path) &&
		(f.only == nil || slices.Contains(f.only, c.operation))
}

// effect defines the behavior of a kind of fault.
type effect struct {
	only     []string // operations; nil: all
	executes bool
	// relays reports that the client receives the API's own response, in some form.
	relays bool
	// onSuccess reports that the fault has an effect only if the request is executed and succeeds.
	onSuccess bool
	// forms return the reply like answer, selected by [Fault.Form]. The first form is the default.
	forms []form
	// answer returns the reply. It receives the API's own reply if the request is executed. If answer is nil, the API's own reply
	// is sent.
	answer func(spoiled) reply
	// silent reports that the client gets no response.
	silent bool
	// deliver sends the reply to the client, without the emulator's lock. If it is nil, the reply is written normally.
	deliver func(http.ResponseWriter, *http.Request, *injected, reply)
}

// form is a variant of an effect's reply.
type form struct {
	name   string
	answer func(spoiled) reply
}

// These are the values of [Fault.Executed]. If the field is empty, the kind of fault decides.
const (
	executedNo     = "no"
	executedBefore = "before"
	executedAfter  = "after"
)

var executions = []string{executedNo, executedBefore, executedAfter}

// execution returns the time at which the request is executed: a value of [Fault.Executed].
func (f *injected) execution() string {
	switch {
	case f.Executed != "":
		return strings.ToLower(f.Executed)
	case f.executes || f.relays || f.onSuccess:
		return executedBefore
	}
	return executedNo
}

// reply returns the reply of the fault, or the API's own reply if the effect does not change it.
func (f *injected) reply(s spoiled) reply {
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

// spoiled is the input of an effect.
type spoiled struct {
	*call
	fault    Fault
	reply    reply
	refer    func(*apiError) reply // returns a rejection in the form that the behavior selects
	existing func(id string) any   // returns the body of a stored object, or nil; an empty ID means the oldest object
}

// spoil applies a fault to a call. executed reports whether the request was executed or will be.
func (e *Emulator) spoil(c *call, do endpoint, f *injected) (answer reply, executed bool) {
	execution := f.execution()
	if execution == executedBefore {
		answer = e.answer(c, do)
	}
	answer = f.reply(spoiled{
		call: c, fault: f.Fault, reply: answer,
		refer:    func(refused *apiError) reply { return e.errorReply(c, refused) },
		existing: func(id string) any { return e.existing(c, id) },
	})
	if f.silent {
		answer.status = 0
	}
	return answer, execution != executedNo
}
