package emulator

import (
	"math"
	"net/http"
	"net/url"
	"slices"
	"time"
)

var historyRoutes = []route{
	{opListAttempts, http.MethodGet, "/v1/delivery/items", (*Emulator).listAttempts},
	{opReadAttempt, http.MethodGet, "/v1/delivery/items/{id}", (*Emulator).getAttempt},
	{opReplayAttempt, http.MethodPost, "/v1/delivery/items/{id}/replay", (*Emulator).replayAttempt},
	{opListDeadLetters, http.MethodGet, "/v1/delivery/dlq", (*Emulator).listDeadLetters},
	{opReplayDeadLetter, http.MethodPost, "/v1/delivery/dlq/{id}/replay", (*Emulator).replayDeadLetter},
	{opDismissDeadLetter, http.MethodDelete, "/v1/delivery/dlq/{id}", (*Emulator).dismissDeadLetter},
}

// These are the filters of the two lists. The filters of dead letters are undocumented; see [Behavior.FilterDeadLetters].
var (
	attemptFilters    = []string{"binding_id", "destination_id", "status"}
	deadLetterFilters = []string{"binding_id", "destination_id", "error_code"}
)

var knownStatus = oneOf(StatusInFlight, StatusSucceeded, StatusFailed)

// requestedAttempt returns the attempt that the path of a call names, or a 404.
func (e *Emulator) requestedAttempt(c *call) (*attempt, *apiError) {
	id := c.request.PathValue("id")
	at := slices.IndexFunc(e.history.attempts, func(a *attempt) bool { return a.ID == id })
	if at < 0 {
		return nil, notFound(noAttempt)
	}
	return e.history.attempts[at], nil
}

// requestedDeadLetter returns the dead letter that the path of a call names, or a 404.
func (e *Emulator) requestedDeadLetter(c *call) (*deadLetter, *apiError) {
	id := c.request.PathValue("id")
	at := slices.IndexFunc(e.history.deadLetters, func(d *deadLetter) bool { return d.ID == id })
	if at < 0 {
		return nil, notFound(noDeadLetter)
	}
	return e.history.deadLetters[at], nil
}

// listAttempts returns the history. It is an assumption that the API rejects an unknown status with 400.
func (e *Emulator) listAttempts(c *call) (reply, *apiError) {
	query := c.request.URL.Query()
	if query.Has("status") && !knownStatus.accepts(query.Get("status")) {
		return reply{}, badRequest("status must be " + knownStatus.wording)
	}
	kept := filtered(e.history.attempts, query, func(a *attempt) fields {
		return fields{"binding_id": a.BindingID, "destination_id": a.DestinationID, "status": a.Status}
	}, attemptFilters)
	b := e.behavior
	if !b.HistoryAsList {
		b.ListForm, b.ListBareArray = ListItems, false
	}
	shown := func(a *attempt) attemptBody { return a.body(e.behavior, e.customerID).inList() }
	return latestReply(b, c.request.URL, kept, func(a *attempt) int { return a.serial }, shown, attemptFilters)
}

func (e *Emulator) getAttempt(c *call) (reply, *apiError) {
	a, missing := e.requestedAttempt(c)
	if missing != nil {
		return reply{}, missing
	}
	return jsonReply(http.StatusOK, a.body(e.behavior, e.customerID)), nil
}

func (e *Emulator) listDeadLetters(c *call) (reply, *apiError) {
	var filters []string
	if e.behavior.FilterDeadLetters {
		filters = deadLetterFilters
	}
	kept := filtered(e.history.deadLetters, c.request.URL.Query(), func(d *deadLetter) fields {
		return fields{"binding_id": d.BindingID, "destination_id": d.DestinationID, "error_code": d.ErrorCode}
	}, filters)
	shown := func(d *deadLetter) deadLetterBody { return d.body(e.behavior) }
	return latestReply(e.behavior, c.request.URL, kept, func(d *deadLetter) int { return d.serial }, shown, filters)
}

// filtered returns a new slice of the items that match a query.
func filtered[T any](items []T, query url.Values, values func(T) fields, filters []string) []T {
	filters = slices.DeleteFunc(slices.Clone(filters), func(name string) bool { return !query.Has(name) })
	if len(filters) == 0 {
		return slices.Clone(items)
	}
	var kept []T
	for _, item := range items {
		has := values(item)
		if !slices.ContainsFunc(filters, func(name string) bool { return has[name] != query.Get(name) }) {
			kept = append(kept, item)
		}
	}
	return kept
}

// latestReply returns a list of attempts or dead letters, by default newest first. Because such a list may be long, ?limit=
// applies even if other lists have no pages, unless b rejects it as an unknown parameter. The order and the limit are assumptions.
func latestReply[T, B any](
	b Behavior, asked *url.URL, items []T, serial func(T) int, body func(T) B, filters []string,
) (reply, *apiError) {
	if !b.HistoryOldestFirst {
		slices.Reverse(items)
		ascending := serial
		serial = func(item T) int { return math.MaxInt - ascending(item) }
	}
	if b.ListPageSize == 0 && asked.Query().Has("limit") && !b.RefuseUnknownQuery && b.ListLimit != LimitIgnored {
		b.ListPageSize = defaultPageSize // the limit takes precedence
	}
	return listReply(b, asked, items, serial, body, filters...)
}

// replayRefused returns the rejection of a replay by an organization-wide key. Its message is invented.
//
// API docs: Dead Letter Queue.
func (e *Emulator) replayRefused(c *call) *apiError {
	if limits, _ := e.limits(c.request); limits.OrganizationWide {
		return badRequest(organizationWide)
	}
	return nil
}

// replayBody is the response to a replay.
type replayBody struct {
	Replayed bool `json:"replayed"`
}

// replayAttempt makes a new attempt with the same idempotency key. Its response is undocumented; see [AttemptReplay].
func (e *Emulator) replayAttempt(c *call) (reply, *apiError) {
	if refused := e.replayRefused(c); refused != nil {
		return reply{}, refused
	}
	a, missing := e.requestedAttempt(c)
	if missing != nil {
		return reply{}, missing
	}
	next, refused := e.replay(a.BindingID, a.EventID)
	if refused != nil {
		return reply{}, refused
	}
	switch e.behavior.AttemptReplay {
	case ReplayItem:
		return jsonReply(http.StatusCreated, next.body(e.behavior, e.customerID)), nil
	case ReplayNoContent:
		return noContent(), nil
	case ReplayAccepted:
		return reply{status: http.StatusAccepted}, nil
	}
	return jsonReply(http.StatusOK, replayBody{Replayed: true}), nil
}

// replayDeadLetter queues the event of a dead letter again, and deletes the dead letter.
func (e *Emulator) replayDeadLetter(c *call) (reply, *apiError) {
	if refused := e.replayRefused(c); refused != nil {
		return reply{}, refused
	}
	d, missing := e.requestedDeadLetter(c)
	if missing != nil {
		return reply{}, missing
	}
	if _, refused := e.replay(d.BindingID, d.EventID); refused != nil {
		return reply{}, refused
	}
	e.history.removeDeadLetter(d)
	return jsonReply(http.StatusOK, replayBody{Replayed: true}), nil
}

// dismissalBody is the response to a dismissal.
type dismissalBody struct {
	Dismissed bool `json:"dismissed"`
}

func (e *Emulator) dismissDeadLetter(c *call) (reply, *apiError) {
	d, missing := e.requestedDeadLetter(c)
	if missing != nil {
		return reply{}, missing
	}
	e.history.removeDeadLetter(d)
	return jsonReply(http.StatusOK, dismissalBody{Dismissed: true}), nil
}

// replay queues an event for a binding again, with the same idempotency key and all retries of the binding. It is an assumption
// that the API returns a 409 if the binding no longer exists or the destination is inactive.
func (e *Emulator) replay(bindingID, eventID string) (*attempt, *apiError) {
	b := e.findBinding(bindingID)
	if b == nil {
		return nil, conflict("The binding of this delivery no longer exists.")
	}
	d := e.find(b.DestinationID)
	if d == nil || !d.IsActive {
		return nil, conflict("The destination of this delivery is not active.")
	}
	a := Attempt{
		ID: e.newID(), BindingID: b.ID, DestinationID: d.ID, EventID: eventID, IdempotencyKey: deliveryKey(b.ID, eventID),
		Status: StatusInFlight, Attempt: e.history.lastAttempt(bindingID, eventID) + 1,
		CreatedAt: e.stored(e.clock().UTC().Truncate(time.Millisecond)),
	}
	recorded := e.insertAttempt(a)
	e.enqueue(*b, e.history.eventOf(b, eventID), recorded)
	return recorded, nil
}

// lastAttempt returns the number of the last attempt to deliver an event through a binding, or 0 if the history has no such
// attempt.
func (h *history) lastAttempt(bindingID, eventID string) int {
	last := 0
	for _, a := range h.attempts {
		if a.BindingID == bindingID && a.EventID == eventID {
			last = max(last, a.Attempt.Attempt)
		}
	}
	return last
}

func (h *history) removeDeadLetter(d *deadLetter) {
	h.deadLetters = slices.DeleteFunc(h.deadLetters, func(other *deadLetter) bool { return other == d })
}
