package emulator

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// These are the statuses of attempts, and of the last delivery of bindings and destinations.
const (
	StatusInFlight  = "in_flight"
	StatusSucceeded = "succeeded"
	StatusFailed    = "failed"
)

// These are the limits of the history. If it exceeds a limit, the history drops the oldest items.
const (
	maxAttempts    = 10_000
	maxDeadLetters = 20_000
	maxKeptBody    = 64 << 10 // bytes of one request's or response's body
	maxKeptBodies  = 64 << 20 // bytes of all bodies together
)

// listedBody is the maximum size of a body in a list, in bytes. A read by ID returns the whole stored body.
//
// API docs: History & DLQ.
const listedBody = 10 << 10

// Attempt is an attempt to deliver an event, which the API calls a delivery item.
//
// API docs: Delivery History.
type Attempt struct {
	ID        string
	BindingID string
	// DestinationID is not in responses, but filters the history.
	DestinationID string
	// EventID is a decimal number.
	EventID string
	// IdempotencyKey is the same for all attempts to deliver an event through a binding.
	IdempotencyKey string
	// Status is in_flight, succeeded or failed.
	Status string
	// Attempt counts from 1.
	Attempt int
	// HTTPStatus, DurationMs, CompletedAt and the strings below are null in responses if they are zero.
	HTTPStatus   int
	ErrorCode    string
	ErrorMessage string
	RequestBody  string
	ResponseBody string
	DurationMs   int
	CompletedAt  time.Time
	CreatedAt    time.Time
}

// DeadLetter is an event that could not be delivered through a binding.
//
// API docs: Dead Letter Queue.
type DeadLetter struct {
	ID        string
	BindingID string
	// DestinationID is not in responses.
	DestinationID string
	// EventID is a decimal number.
	EventID string
	// LastItemID is the ID of the last [Attempt]. It is null in responses if it is empty.
	LastItemID   string
	ErrorCode    string
	ErrorMessage string
	// Attempts is the number of attempts that were made.
	Attempts  int
	CreatedAt time.Time
}

// attempt is a stored [Attempt].
type attempt struct {
	Attempt
	serial    int  // number in the order of creation, as for a destination
	forgotten bool // removed from the history, but a delivery may still use it
}

// deadLetter is a stored [DeadLetter].
type deadLetter struct {
	DeadLetter
	serial int
}

// history holds attempts and dead letters, oldest first.
type history struct {
	attempts    []*attempt
	bodyBytes   int // total size of the bodies of all attempts
	deadLetters []*deadLetter
	lastEvent   int64
	events      []event // for replays
	eventBytes  int     // total size of their payloads
}

// attemptBody is an attempt in a response, with the fields of the SDK's model.
type attemptBody struct {
	ID             string  `json:"id"`
	CustomerID     string  `json:"customer_id,omitempty"`
	BindingID      string  `json:"binding_id"`
	EventID        string  `json:"event_id"`
	IdempotencyKey string  `json:"idempotency_key"`
	Status         string  `json:"status"`
	Attempt        int     `json:"attempt"`
	HTTPStatus     *int    `json:"http_status"`
	ErrorCode      *string `json:"error_code"`
	ErrorMessage   *string `json:"error_message"`
	RequestBody    *string `json:"request_body"`
	ResponseBody   *string `json:"response_body"`
	DurationMs     *int    `json:"duration_ms"`
	CompletedAt    any     `json:"completed_at"`
	CreatedAt      any     `json:"created_at,omitempty"`
}

// body returns the body of a for a customer, in the form that the behavior selects.
func (a attempt) body(b Behavior, customerID string) attemptBody {
	shown := attemptBody{
		ID:             a.ID,
		BindingID:      a.BindingID,
		EventID:        a.EventID,
		IdempotencyKey: a.IdempotencyKey,
		Status:         a.Status,
		Attempt:        a.Attempt.Attempt,
		HTTPStatus:     nullable(a.HTTPStatus),
		ErrorCode:      nullable(a.ErrorCode),
		ErrorMessage:   nullable(a.ErrorMessage),
		RequestBody:    nullable(a.RequestBody),
		ResponseBody:   nullable(a.ResponseBody),
		CreatedAt:      b.Times.creation(a.CreatedAt),
	}
	if b.IncludeCustomerID {
		shown.CustomerID = customerID
	}
	if !a.CompletedAt.IsZero() {
		shown.DurationMs = &a.DurationMs
		shown.CompletedAt = b.Times.of(a.CompletedAt)
	}
	return shown
}

// inList returns the body for a list.
func (shown attemptBody) inList() attemptBody {
	for _, body := range []**string{&shown.RequestBody, &shown.ResponseBody} {
		if *body != nil {
			cut := truncatedText(**body, listedBody)
			*body = &cut
		}
	}
	return shown
}

// deadLetterBody is a dead letter in a response.
type deadLetterBody struct {
	ID           string  `json:"id"`
	BindingID    string  `json:"binding_id"`
	EventID      string  `json:"event_id"`
	LastItemID   *string `json:"last_item_id"`
	ErrorCode    string  `json:"error_code"`
	ErrorMessage *string `json:"error_message"`
	Attempts     int     `json:"attempts"`
	CreatedAt    any     `json:"created_at,omitempty"`
}

// body returns the body of d, in the form that the behavior selects.
func (d deadLetter) body(b Behavior) deadLetterBody {
	return deadLetterBody{
		ID:           d.ID,
		BindingID:    d.BindingID,
		EventID:      d.EventID,
		LastItemID:   nullable(d.LastItemID),
		ErrorCode:    d.ErrorCode,
		ErrorMessage: nullable(d.ErrorMessage),
		Attempts:     d.Attempts,
		CreatedAt:    b.Times.creation(d.CreatedAt),
	}
}

// nullable returns a pointer to v, or nil (null in JSON) if v is zero.
func nullable[T comparable](v T) *T {
	var zero T
	if v == zero {
		return nil
	}
	return &v
}

// truncatedText returns the beginning of a text: at most the given number of bytes, without a partial character.
func truncatedText(text string, most int) string {
	if len(text) <= most {
		return text
	}
	for most > 0 && !utf8.RuneStart(text[most]) {
		most--
	}
	return strings.Clone(text[:most])
}

// deliveryKey returns the idempotency key of an event that is delivered through a binding: 32 hexadecimal characters derived from
// both IDs. The derivation is an assumption.
//
// API docs: Delivery History.
func deliveryKey(bindingID, eventID string) string {
	sum := sha256.Sum256([]byte(bindingID + "/" + eventID))
	return hex.EncodeToString(sum[:16])
}

// newEventID returns the ID of the next event.
func (e *Emulator) newEventID() string {
	e.history.lastEvent++
	return strconv.FormatInt(e.history.lastEvent, 10)
}

// insertAttempt stores a as the latest attempt.
func (e *Emulator) insertAttempt(a Attempt) *attempt {
	e.lastSerial++
	stored := &attempt{Attempt: a, serial: e.lastSerial}
	stored.RequestBody, stored.ResponseBody = "", ""
	e.history.attempts = append(e.history.attempts, stored)
	e.history.keepBodies(stored, a.RequestBody, a.ResponseBody)
	e.history.forgetOldest()
	return stored
}

// insertDeadLetter stores d as the latest dead letter.
func (e *Emulator) insertDeadLetter(d DeadLetter) {
	e.lastSerial++
	e.history.deadLetters = append(e.history.deadLetters, &deadLetter{d, e.lastSerial})
	e.history.forgetOldest()
}

// keepBodies replaces the bodies of an attempt, up to the limits of the history.
func (h *history) keepBodies(a *attempt, request, response string) {
	if a.forgotten {
		return
	}
	h.bodyBytes -= len(a.RequestBody) + len(a.ResponseBody)
	a.RequestBody, a.ResponseBody = truncatedText(request, maxKeptBody), truncatedText(response, maxKeptBody)
	h.bodyBytes += len(a.RequestBody) + len(a.ResponseBody)
}

// forget releases the bodies of an attempt that leaves the history.
func (h *history) forget(a *attempt) {
	h.keepBodies(a, "", "")
	a.forgotten = true
}

// forgetOldest enforces the limits of the history.
func (h *history) forgetOldest() {
	for len(h.attempts) > maxAttempts || h.bodyBytes > maxKeptBodies {
		h.forget(h.attempts[0])
		h.attempts[0] = nil // the array behind the slice stays in use
		h.attempts = h.attempts[1:]
	}
	for len(h.deadLetters) > maxDeadLetters {
		h.deadLetters[0] = nil
		h.deadLetters = h.deadLetters[1:]
	}
}

// forgetDestination removes the history of a deleted destination.
//
// API docs: Get / Update / Delete / Test.
func (h *history) forgetDestination(id string) {
	h.attempts = slices.DeleteFunc(h.attempts, func(a *attempt) bool {
		if a.DestinationID != id {
			return false
		}
		h.forget(a)
		return true
	})
	h.deadLetters = slices.DeleteFunc(h.deadLetters, func(d *deadLetter) bool { return d.DestinationID == id })
}
