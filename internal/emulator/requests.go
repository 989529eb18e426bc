package emulator

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// requestIDHeader names a request in every response (section 1).
const requestIDHeader = "X-Request-Id"

func newRequestID() string { return "req_" + strings.ReplaceAll(uuid.NewString(), "-", "") }

// Request is one request that the emulator has dealt with. Header and Body are as received, credentials included.
type Request struct {
	ID string // in X-Request-Id of the response; empty where a gateway answers that sends none
	// Operation is as in [Fault]; empty for what the API does not know.
	Operation string
	Method    string
	Path      string
	Query     url.Values
	Header    http.Header
	Body      []byte
	Status    int // of the response; 0 if a fault left the client without one
	Time      time.Time

	// Fault is what went wrong; empty if nothing did.
	Fault FaultKind
	// Executed says that the API itself got to see the request, or will.
	Executed bool
}

func (e *Emulator) record(c *call, answer reply, executed bool, fault FaultKind) {
	r := c.received()
	r.Status, r.Fault, r.Executed = answer.status, fault, executed
	if values, set := answer.header[requestIDHeader]; set && len(values) == 0 {
		r.ID = ""
	}
	e.requests = append(e.requests, r)
}

// received is the request of a call without what becomes of it.
func (c *call) received() Request {
	return Request{
		ID:        c.id,
		Operation: c.operation,
		Method:    c.request.Method,
		Path:      c.request.URL.Path,
		Query:     c.request.URL.Query(),
		Header:    c.request.Header.Clone(),
		Body:      c.body,
		Time:      c.at,
	}
}

// OnRequest calls a function with every request that comes in, before anything is done about it. So others can get in between:
// unlike the changes of [Emulator.SetBehaviour], the function may call the emulator. It is called by several requests at once.
func (e *Emulator) OnRequest(do func(Request)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.onRequest = append(e.onRequest, do)
}

// announce calls the functions of [Emulator.OnRequest].
func (e *Emulator) announce(c *call) {
	e.mu.Lock()
	all := slices.Clone(e.onRequest)
	e.mu.Unlock()
	for _, do := range all {
		do(c.received())
	}
}

// Requests returns the requests since the start or the last [Emulator.ResetRequests], in the order of their answers. A
// request is in it before its response is written.
func (e *Emulator) Requests() []Request {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := slices.Clone(e.requests)
	for i := range list {
		list[i].Header = list[i].Header.Clone()
		list[i].Body = bytes.Clone(list[i].Body)
	}
	return list
}

// ResetRequests forgets the requests so far.
func (e *Emulator) ResetRequests() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.requests = nil
}
