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

// Request is one request that the emulator has answered. Header and Body are as received, credentials included.
type Request struct {
	Method string
	Path   string
	Query  url.Values
	Header http.Header
	Body   []byte
	Status int // of the response
	Time   time.Time
}

func (e *Emulator) record(c *call, answer reply) {
	e.requests = append(e.requests, Request{
		Method: c.request.Method,
		Path:   c.request.URL.Path,
		Query:  c.request.URL.Query(),
		Header: c.request.Header.Clone(),
		Body:   c.body,
		Status: answer.status,
		Time:   c.at,
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
