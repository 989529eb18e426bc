package talonic

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const requestIDHeader = "X-Request-Id"

// Error is an answer of the API that is not a success. Branch on StatusCode: the codes come in two spellings and differ
// between the API's own documents.
type Error struct {
	Method     string
	Path       string
	StatusCode int
	Code       string // as the API spells it; may be empty
	Message    string // the API's own words; may be empty
	RequestID  string // may be empty

	// RetryAt is when the API says that it will answer again; zero when it does not say.
	RetryAt time.Time

	// final says that the API advises against trying again.
	final bool

	// foreign says that the answer is not in a form of the API's: something on the way gave it.
	foreign bool
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
		text += ": " + e.Message
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

// IsNotFound reports whether the API said that there is no such object for this API key's organisation. A 404 of a gateway, or
// of an API that does not know the path, says nothing about the object.
func IsNotFound(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.StatusCode == http.StatusNotFound && !e.foreign &&
		!strings.HasPrefix(e.Message, "Cannot "+e.Method+" ")
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
	Reason      string // completes "the body is not what was asked for: ..."
}

func (e *UnexpectedBodyError) Error() string {
	text := fmt.Sprintf("%s %s: the API answered %d, but the body is not what was asked for: %s", e.Method, e.Path, e.StatusCode, e.Reason)
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
	// Cause is why the answer is not known.
	Cause error

	// Lookup is why the result could not be looked for in the list; nil if it was not there, or was not unique.
	Lookup error

	// Candidates are the ids of objects of the kind that was to be created, of which each may be the result.
	Candidates []string
}

func (e *OutcomeUnknownError) Error() string {
	return "it is not known whether this took effect: " + e.Cause.Error()
}

func (e *OutcomeUnknownError) Unwrap() error { return e.Cause }

// mayRepeat reports whether the create may be sent again after its result was not found: not if the API reported a success, in
// which case it has happened, found or not, nor if it advised against it, nor if it wants to be left alone beyond a time.
func (e *OutcomeUnknownError) mayRepeat(until time.Time) bool {
	var (
		body *UnexpectedBodyError
		said *Error
	)
	switch {
	case errors.As(e.Cause, &body):
		return false
	case errors.As(e.Cause, &said):
		return !said.final && !said.RetryAt.After(until)
	}
	return true
}

func unexpectedBody(r call, response *http.Response, reason error) *UnexpectedBodyError {
	return &UnexpectedBodyError{
		Method:      r.method,
		Path:        r.path,
		StatusCode:  response.StatusCode,
		ContentType: response.Header.Get("Content-Type"),
		RequestID:   response.Header.Get(requestIDHeader),
		Reason:      reason.Error(),
	}
}

// failedCall is the error of a call that has no answer, or none that can be read.
func failedCall(r call, cause error) error {
	unknown := r.once && mayHaveHappened(cause)
	var body *UnexpectedBodyError
	if !errors.As(cause, &body) {
		cause = withoutURL(cause)
		if errors.Is(cause, io.EOF) || errors.Is(cause, io.ErrUnexpectedEOF) {
			cause = errors.New("the connection was closed before the answer was complete")
		}
		cause = fmt.Errorf("%s %s: %w", r.method, r.path, cause)
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
	if r.once && rejection.StatusCode >= 500 {
		return &OutcomeUnknownError{Cause: rejection}
	}
	return rejection
}

// newError reads an answer that is not a success.
func newError(r call, response *http.Response, body []byte, now time.Time) *Error {
	said := parseErrorBody(body)
	e := &Error{
		Method:     r.method,
		Path:       r.path,
		StatusCode: response.StatusCode,
		Code:       said.code,
		Message:    said.message,
		RequestID:  said.requestID,
		foreign:    said.foreign,
		final:      said.retryable != nil && !*said.retryable,
	}
	if id := response.Header.Get(requestIDHeader); id != "" {
		e.RequestID = id
	}
	if location := response.Header.Get("Location"); location != "" && e.StatusCode < 400 {
		e.Message = "the API redirects to " + location + ", which is not followed"
	}
	if wait, ok := requestedWait(response, now); ok {
		e.RetryAt = now.Add(wait).UTC()
	}
	return e
}

// errorBody is what the body of an error says.
type errorBody struct {
	code      string
	message   string
	requestID string
	retryable *bool
	foreign   bool // it is not in a form of the API's
}

// parseErrorBody reads the four forms of an error body that the API's documents show, and anything else as text:
//
//	{"statusCode": 400, "code": "…", "error": "Bad Request", "message": "…", "retryable": false, "request_id": "…"}
//	{"error": {"code": "…", "message": "…"}}
//	{"error": "bad_request", "code": "…", "message": "…"}
//	{"status": 422, "code": "…", "message": "…"}
//
// A message may be a string or a list of strings. A page of HTML is named as such and not repeated. An object without any of
// this is shown as it is.
func parseErrorBody(body []byte) errorBody {
	var flat struct {
		Code      json.RawMessage `json:"code"`
		Message   json.RawMessage `json:"message"`
		Error     json.RawMessage `json:"error"`
		RequestID json.RawMessage `json:"request_id"`
		Retryable json.RawMessage `json:"retryable"`
		Status    json.RawMessage `json:"status"`
		Number    json.RawMessage `json:"statusCode"`
	}
	if err := json.Unmarshal(body, &flat); err != nil {
		return errorBody{message: describeText(body), foreign: len(bytes.TrimSpace(body)) > 0}
	}
	said := errorBody{
		code:      jsonText(flat.Code),
		message:   jsonText(flat.Message),
		requestID: jsonText(flat.RequestID),
		retryable: jsonBool(flat.Retryable),
		// Every form of the API's has one of these; gateways have messages.
		foreign: flat.Code == nil && flat.Error == nil && flat.Status == nil && flat.Number == nil,
	}
	if bytes.HasPrefix(bytes.TrimSpace(flat.Error), []byte("{")) {
		nested := parseErrorBody(flat.Error)
		said.code = firstOf(said.code, nested.code)
		said.message = firstOf(said.message, nested.message)
		said.requestID = firstOf(said.requestID, nested.requestID)
		if said.retryable == nil {
			said.retryable = nested.retryable
		}
		return said
	}
	name := jsonText(flat.Error)
	said.message = firstOf(said.message, name)
	said.code = firstOf(said.code, name)
	if said.message == "" && said.code == "" {
		said.message = describeText(body)
	}
	return said
}

// jsonText is a string, a number or a list of them as text, and "" for anything else.
func jsonText(raw json.RawMessage) string {
	var list []json.RawMessage
	if json.Unmarshal(raw, &list) == nil {
		var texts []string
		for _, item := range list {
			if text := jsonText(item); text != "" {
				texts = append(texts, text)
			}
		}
		return strings.Join(texts, "; ")
	}
	var text string
	if json.Unmarshal(raw, &text) == nil {
		return text
	}
	var number json.Number
	if json.Unmarshal(raw, &number) == nil {
		return number.String()
	}
	return ""
}

func jsonBool(raw json.RawMessage) *bool {
	var b *bool
	if json.Unmarshal(raw, &b) != nil {
		return nil
	}
	return b
}

// describeText is what a person is shown of a body that is not a JSON object.
func describeText(body []byte) string {
	text := strings.TrimSpace(strings.ToValidUTF8(string(body), "�"))
	if strings.HasPrefix(text, "<") {
		return "(a page of HTML, " + strconv.Itoa(len(body)) + " bytes; a gateway in front of the API may have answered)"
	}
	return text
}

// shorten keeps a text to a length that people read.
func shorten(text string) string {
	const most = 1000
	if len(text) <= most {
		return text
	}
	return strings.ToValidUTF8(text[:most], "") + "…"
}

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

func readAgain(body []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(body)) }

// Describe says the same as Error in sentences, for people.
func (e *Error) Describe() string {
	text := fmt.Sprintf("The API answered %d", e.StatusCode)
	if name := http.StatusText(e.StatusCode); name != "" {
		text += " " + name
	}
	if e.Code != "" {
		text += " (" + e.Code + ")"
	}
	if e.Message != "" {
		text += ": " + strings.TrimSuffix(e.Message, ".")
	}
	text += ".\nRequest: " + e.Method + " " + e.Path
	if e.RequestID != "" {
		text += ", request id " + e.RequestID
	}
	return text + "."
}
