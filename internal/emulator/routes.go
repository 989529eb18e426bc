package emulator

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxBodyBytes limits request bodies. The API docs mention status 413 but no size.
const maxBodyBytes = 1 << 20

// endpoint handles one call. It runs with the emulator's lock held, so it does not write to the client, and waits only inside
// [Emulator.unlocked]. After such a wait, state that the endpoint read before may be out of date.
type endpoint func(*Emulator, *call) (reply, *apiError)

// route binds an endpoint to a method and to a path in the syntax of [http.ServeMux].
type route struct {
	operation    string // name of the operation in faults
	method, path string
	do           endpoint
}

// These are the operations of routes.
const (
	opCreate  = "create"
	opList    = "list"
	opRead    = "read"
	opUpdate  = "update"
	opDelete  = "delete"
	opTest    = "test"
	opCatalog = "catalog"

	opCreateBinding  = "create-binding"
	opListBindings   = "list-bindings"
	opReadBinding    = "read-binding"
	opUpdateBinding  = "update-binding"
	opDeleteBinding  = "delete-binding"
	opPreviewBinding = "preview-binding"

	opListAttempts      = "list-attempts"
	opReadAttempt       = "read-attempt"
	opReplayAttempt     = "replay-attempt"
	opListDeadLetters   = "list-dead-letters"
	opReplayDeadLetter  = "replay-dead-letter"
	opDismissDeadLetter = "dismiss-dead-letter"
)

var (
	operations = slices.Concat([]string{opCreate, opList, opRead, opUpdate, opDelete, opTest, opCatalog},
		bindingOperations, attemptOperations, deadLetterOperations)
	bindingOperations = []string{
		opCreateBinding, opListBindings, opReadBinding, opUpdateBinding, opDeleteBinding, opPreviewBinding,
	}
	attemptOperations    = []string{opListAttempts, opReadAttempt, opReplayAttempt}
	deadLetterOperations = []string{opListDeadLetters, opReplayDeadLetter, opDismissDeadLetter}
)

// newMux returns a mux that serves all routes, 405 for other methods on their paths, and 404 for other paths.
func (e *Emulator) newMux() *http.ServeMux {
	mux := http.NewServeMux()
	handle := func(operation, pattern string, do endpoint) {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) { e.serve(w, r, operation, do) })
	}

	methods := map[string][]string{}
	for _, r := range slices.Concat(destinationRoutes, bindingRoutes, historyRoutes, catalogRoutes) {
		handle(r.operation, r.method+" "+r.path, r.do)
		methods[r.path] = append(methods[r.path], r.method)
	}
	for path, allowed := range methods {
		handle("", path, func(*Emulator, *call) (reply, *apiError) { return reply{}, methodNotAllowed(allowed) })
	}
	handle("", "/", func(_ *Emulator, c *call) (reply, *apiError) {
		return reply{}, notFound("Cannot " + c.request.Method + " " + c.request.URL.Path)
	})
	return mux
}

// call is one request in the form that endpoints receive.
type call struct {
	request   *http.Request
	operation string
	id        string // ID of the request, for X-Request-Id and request_id
	body      []byte
	unread    *apiError // error of reading the body
	fields    fields    // the JSON object in the body; nil without a body
	at        time.Time
	abandoned bool // the client gave up before there was a response
}

func newCall(w http.ResponseWriter, r *http.Request, at time.Time) *call {
	c := &call{request: r, id: w.Header().Get(requestIDHeader), at: at.UTC().Truncate(time.Millisecond)}
	var err error
	c.body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		c.unread = payloadTooLarge(tooLarge.Limit)
	} else if err != nil {
		c.unread = badRequest("the body could not be read")
	}
	return c
}

// ofBindings reports whether the call is about bindings.
func (c *call) ofBindings() bool { return slices.Contains(bindingOperations, c.operation) }

// ofAttempts reports whether the call is about attempts.
func (c *call) ofAttempts() bool { return slices.Contains(attemptOperations, c.operation) }

// ofDeadLetters reports whether the call is about dead letters.
func (c *call) ofDeadLetters() bool { return slices.Contains(deadLetterOperations, c.operation) }

// writes reports whether the call requests a change.
func (c *call) writes() bool {
	switch c.request.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
		return true
	}
	return false
}

// decode decodes the JSON object in the body of a write, if there is a body.
func (c *call) decode() *apiError {
	if !c.writes() || len(c.body) == 0 {
		return nil
	}
	if media, _, err := mime.ParseMediaType(c.request.Header.Get("Content-Type")); err != nil || media != "application/json" {
		return unsupportedMediaType()
	}
	if err := json.Unmarshal(c.body, &c.fields); err != nil || c.fields == nil {
		return badRequest(notAnObject)
	}
	return nil
}

// serve handles one request. It decides and records the response under the lock, and writes it without the lock.
func (e *Emulator) serve(w http.ResponseWriter, r *http.Request, operation string, do endpoint) {
	c := newCall(w, r, e.clock())
	c.operation = operation
	e.announce(c)
	answer, fault := e.settle(c, do)
	if fault != nil && fault.execution() == executedAfter {
		defer e.later(c, do, fault.Delay) // deferred, because a fault that closes the connection panics
	}
	if fault != nil && fault.deliver != nil {
		fault.deliver(w, r, fault, answer)
		return
	}
	answer.write(w)
}

func (e *Emulator) settle(c *call, do endpoint) (reply, *injected) {
	e.mu.Lock()
	defer e.mu.Unlock()
	fault := e.fault(c)
	if fault == nil {
		answer := e.answer(c, do)
		e.record(c, answer, true, "")
		return answer, nil
	}
	answer, executed := e.spoil(c, do, fault)
	e.record(c, answer, executed, fault.Kind)
	return answer, fault
}

// answer checks the authentication, the limits and the idempotency key of a call, and passes the call to its endpoint.
func (e *Emulator) answer(c *call, do endpoint) reply {
	limits, known := e.limits(c.request)
	if !known {
		return e.errorReply(c, unauthorized())
	}
	if limits.ReadOnly && c.writes() {
		return e.errorReply(c, forbidden())
	}
	if limits.OrganizationWide && e.behavior.RefuseOrganizationWideWrites && c.writes() {
		return e.errorReply(c, badRequest(organizationWide))
	}
	if c.unread != nil {
		return e.errorReply(c, c.unread)
	}
	return e.once(c, func() reply {
		if refused := c.decode(); refused != nil {
			return e.errorReply(c, refused)
		}
		answer, refused := do(e, c)
		if refused != nil {
			return e.errorReply(c, refused)
		}
		return answer
	})
}

// limits returns the limits of the API key in the bearer token, and whether the key is accepted.
//
// API docs: Authentication.
func (e *Emulator) limits(r *http.Request) (KeyLimits, bool) {
	scheme, key, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	limits, known := e.apiKeys[key]
	return limits, known && strings.EqualFold(scheme, "Bearer")
}

// reply is a response that has not been written yet.
type reply struct {
	status int
	header http.Header
	body   []byte
}

func jsonReply(status int, v any) reply {
	body, err := encoded(v)
	if err != nil {
		panic(err) // all values in responses were JSON before
	}
	return reply{
		status: status,
		header: http.Header{"Content-Type": {"application/json; charset=utf-8"}},
		body:   body,
	}
}

func noContent() reply { return reply{status: http.StatusNoContent} }

func (a reply) write(w http.ResponseWriter) {
	for name, values := range a.header {
		w.Header()[name] = values
	}
	w.WriteHeader(a.status)
	_, _ = w.Write(a.body) // the client may have disconnected
}
