package talonic

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

const requestIDHeader = "X-Request-Id"

// Error is an answer of the API that is not a success. Branch on StatusCode: the codes come in two spellings and differ
// between the API's own documents.
type Error struct {
	Method     string
	Path       string
	StatusCode int
	Code       string // as the API spells it; may be empty
	Message    string // the API's own words, in full: a value that is cut off is hard to recognize; may be empty
	RequestID  string // may be empty

	// RetryAt is when the API says that it will answer again; zero when it does not say.
	RetryAt time.Time

	// Gone says that it is certain that the object does not exist; see [IsNotFound].
	Gone bool

	// permanent says that the API advises against trying again.
	permanent bool
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s %s: %d", e.Method, e.Path, e.StatusCode)
	if name := http.StatusText(e.StatusCode); name != "" {
		text += " " + name
	}
	if e.Code != "" {
		text += " (" + e.Code + ")"
	}
	if e.Message != "" {
		text += ": " + redact.Line(e.Message)
	}
	if e.RequestID != "" {
		text += " [request id " + e.RequestID + "]"
	}
	return text
}

// HasStatus reports whether err is an answer of the API with that status.
func HasStatus(err error, status int) bool {
	var e *Error
	return errors.As(err, &e) && e.StatusCode == status
}

// isConclusive reports whether the API would give the same answer to any other read with this API key.
func isConclusive(err error) bool {
	return HasStatus(err, http.StatusUnauthorized) || HasStatus(err, http.StatusForbidden) || HasStatus(err, http.StatusTooManyRequests)
}

// UnexpectedBodyError is a success whose body is not what was asked for: no JSON, another shape, another object.
type UnexpectedBodyError struct {
	Method      string
	Path        string
	StatusCode  int
	ContentType string
	RequestID   string
	Reason      string // completes "the body is not what was requested: ..."
}

func (e *UnexpectedBodyError) Error() string {
	text := fmt.Sprintf("%s %s: the API responded with %d, but the body is not what was requested: %s", e.Method, e.Path, e.StatusCode, e.Reason)
	if e.ContentType != "" {
		text += " (" + e.ContentType + ")"
	}
	if e.RequestID != "" {
		text += " [request id " + e.RequestID + "]"
	}
	return text
}

// OutcomeUnknownError is a create of which nobody can say whether it happened.
type OutcomeUnknownError struct {
	// Cause is why the outcome of an attempt is unknown.
	Cause error

	// Refusal is the response to a later attempt, which was refused; nil if none was.
	Refusal error

	// Lookup is why the result could not be looked up in the list; nil if it was not there, or is not certain.
	Lookup error

	// Adoption is why the result, which was recognized, could not be written once more; nil if that was not tried.
	Adoption error

	// Candidates are the ids of objects of which each may be the result. Each is safe to show and to copy.
	Candidates []string
}

func (e *OutcomeUnknownError) Error() string {
	return "the outcome is unknown: " + e.Cause.Error()
}

// Unwrap returns what happened last.
func (e *OutcomeUnknownError) Unwrap() error {
	switch {
	case e.Adoption != nil:
		return e.Adoption
	case e.Refusal != nil:
		return e.Refusal
	}
	return e.Cause
}

// mayRepeat reports whether the create may be sent once more after its result was not found: not if the API reported a success, in
// which case it has happened, found or not, nor if it refused it or advised against it, nor if it wants to be left alone beyond a
// time.
func (e *OutcomeUnknownError) mayRepeat(until time.Time) bool {
	var (
		body *UnexpectedBodyError
		said *Error
	)
	switch {
	case e.Refusal != nil, errors.As(e.Cause, &body):
		return false
	case errors.As(e.Cause, &said):
		return !said.permanent && !said.RetryAt.After(until)
	}
	return true
}

func unexpectedBody(r call, response *http.Response, reason error) *UnexpectedBodyError {
	return &UnexpectedBodyError{
		Method:      r.method,
		Path:        r.shownPath(),
		StatusCode:  response.StatusCode,
		ContentType: response.Header.Get("Content-Type"),
		RequestID:   response.Header.Get(requestIDHeader),
		Reason:      reason.Error(),
	}
}

// failedCall is the error of a call that has no answer, or none that can be read.
func failedCall(r call, cause error) error {
	unknown := r.nonIdempotent && mayHaveHappened(cause)
	var body *UnexpectedBodyError
	if !errors.As(cause, &body) {
		cause = withoutURL(cause)
		if errors.Is(cause, io.EOF) || errors.Is(cause, io.ErrUnexpectedEOF) {
			cause = errors.New("the connection was closed before the response was complete")
		}
		cause = fmt.Errorf("%s %s: %w", r.method, r.shownPath(), cause)
	}
	if unknown {
		return &OutcomeUnknownError{Cause: cause}
	}
	return cause
}

// mayHaveHappened reports whether the API may have acted on a call that must happen only once and ended in this error. An
// error that is neither about a body nor of net/http is the end of the context before a request, and the requests before that
// had no effect: no other failure of such a call is followed by another attempt.
func mayHaveHappened(err error) bool {
	var (
		body    *UnexpectedBodyError
		request *url.Error
	)
	return errors.As(err, &body) || errors.As(err, &request) && !notSent(err)
}

// rejectedCall is the error of a call that was answered with one.
func rejectedCall(r call, rejection *Error) error {
	if r.nonIdempotent && mayHaveBeenCarriedOut(rejection.StatusCode) {
		return &OutcomeUnknownError{Cause: rejection}
	}
	return rejection
}

// mayHaveBeenCarriedOut reports whether a request may have had an effect although it was answered with a status: one of a server
// that failed half-way, or of a gateway that did not wait for it.
func mayHaveBeenCarriedOut(status int) bool {
	const (
		clientClosedLoadBalancer = 460 // AWS
		clientClosedRequest      = 499 // nginx
	)
	switch status {
	case http.StatusRequestTimeout, http.StatusTooEarly, clientClosedLoadBalancer, clientClosedRequest:
		return true
	}
	return status >= 500
}

// newError reads an answer that is not a success.
func newError(r call, response *http.Response, body []byte, now time.Time) *Error {
	said := parseErrorBody(body)
	e := &Error{
		Method:     r.method,
		Path:       r.shownPath(),
		StatusCode: response.StatusCode,
		Code:       said.code,
		Message:    said.message,
		RequestID:  said.requestID,
		Gone:       response.StatusCode == http.StatusNotFound && said.isNotFound,
		permanent:  said.retryable != nil && !*said.retryable,
	}
	if id := response.Header.Get(requestIDHeader); id != "" {
		e.RequestID = id
	}
	if location := response.Header.Get("Location"); location != "" && e.StatusCode < 400 {
		e.Message = "the API redirects to " + location + ", which is not followed"
	}
	if wait, ok := parseRetryAfter(response, now); ok {
		e.RetryAt = now.Add(wait).UTC()
	}
	return e
}
