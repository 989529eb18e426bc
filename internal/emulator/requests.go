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
	ID     string // in X-Request-Id of the response
	Method string
	Path   string
	Query  url.Values
	Header http.Header
	Body   []byte
	Status int // of the response; 0 if a fault left the client without one
	Time   time.Time

	// Fault is what went wrong; empty if nothing did.
	Fault FaultKind
	// Executed says that the API itself got to see the request.
	Executed bool
}

func (e *Emulator) record(c *call, answer reply, executed bool, fault FaultKind) {
	e.requests = append(e.requests, Request{
		ID:     c.id,
		Method: c.request.Method,
		Path:   c.request.URL.Path,
		Query:  c.request.URL.Query(),
		Header: c.request.Header.Clone(),
		Body:   c.body,
		Status: answer.status,
		Time:   c.at,

		Fault:    fault,
		Executed: executed,
	})
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
