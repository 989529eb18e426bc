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

// requestIDHeader is the header of the request ID, in every response.
//
// API docs: Error Format.
const requestIDHeader = "X-Request-Id"

func newRequestID() string { return "req_" + strings.ReplaceAll(uuid.NewString(), "-", "") }

// Request is one request that the emulator has handled. Header and Body are unchanged, so they contain credentials.
type Request struct {
	ID string // X-Request-Id of the response; empty if a fault imitates a gateway that sends none
	// Operation is a value of [Fault.Operation]. It is empty for a path that the API does not have.
	Operation string
	Method    string
	Path      string
	Query     url.Values
	Header    http.Header
	Body      []byte
	Status    int // status of the response; 0 if a fault prevented a response
	Time      time.Time

	// Fault is the fault that spoiled the request, or empty.
	Fault FaultKind
	// Executed reports that the API executed the request or will execute it.
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

// received returns the request of a call, without its outcome.
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

// OnRequest registers a function that the emulator calls with every request before it handles the request, possibly concurrently.
// Unlike the functions of [Emulator.SetBehavior], this function may call the emulator, for example to change an object.
func (e *Emulator) OnRequest(do func(Request)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.onRequest = append(e.onRequest, do)
}

// announce calls the functions that [Emulator.OnRequest] registered.
func (e *Emulator) announce(c *call) {
	e.mu.Lock()
	all := slices.Clone(e.onRequest)
	e.mu.Unlock()
	for _, do := range all {
		do(c.received())
	}
}

// Requests returns the requests since the start or the last [Emulator.ResetRequests], in the order of their responses. A request
// is recorded before its response is written.
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

// ResetRequests clears the recorded requests.
func (e *Emulator) ResetRequests() {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.requests = nil
}
