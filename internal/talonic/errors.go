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

	// final says that the API advises against trying again.
	final bool
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

// IsNotFound reports whether it is certain that there is no such object for this API key's organization: the API said so in its own
// form and with its own code, or its list could be read and does not show the object. Any other 404, such as that of a gateway or of
// an API that does not know the path, says nothing about the object.
func IsNotFound(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Gone
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

// IncompleteListError is a list that cannot be read to its end, although every response to it was a success.
type IncompleteListError struct {
	Path  string
	Cause error
}

func (e *IncompleteListError) Error() string {
	return "GET " + e.Path + ": the list cannot be read to its end: " + e.Cause.Error()
}

func (e *IncompleteListError) Unwrap() error { return e.Cause }

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
	return "it is not known whether this took effect: " + e.Cause.Error()
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
		return !said.final && !said.RetryAt.After(until)
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
	unknown := r.once && mayHaveHappened(cause)
	var body *UnexpectedBodyError
	if !errors.As(cause, &body) {
		cause = withoutURL(cause)
		if errors.Is(cause, io.EOF) || errors.Is(cause, io.ErrUnexpectedEOF) {
			cause = errors.New("the connection was closed before the answer was complete")
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
	if r.once && mayHaveBeenCarriedOut(rejection.StatusCode) {
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

	// isNotFound says that the body is in one of the API's forms and has the code of the API for an object that does not exist.
	isNotFound bool
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
	if err := json.Unmarshal(body, &flat); err != nil || checkKeys(body, false) != nil {
		return errorBody{message: describeText(body)}
	}
	said := errorBody{
		code:      jsonText(flat.Code),
		message:   jsonText(flat.Message),
		requestID: jsonText(flat.RequestID),
		retryable: jsonBool(flat.Retryable),
	}
	hasStatus := isNumber(flat.Number, http.StatusNotFound) || isNumber(flat.Status, http.StatusNotFound)
	said.isNotFound = isNotFoundCode(flat.Code) && (hasStatus || isString(flat.Error)) && !isAboutPath(said.message)
	if bytes.HasPrefix(bytes.TrimSpace(flat.Error), []byte("{")) {
		nested := parseErrorBody(flat.Error)
		said.code = firstOf(said.code, nested.code)
		said.message = firstOf(said.message, nested.message)
		said.requestID = firstOf(said.requestID, nested.requestID)
		said.isNotFound = nested.hasNotFoundCode(flat.Error)
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

// hasNotFoundCode reports whether an error that is nested in a body says that an object does not exist.
func (b errorBody) hasNotFoundCode(nested []byte) bool {
	var fields struct {
		Code    json.RawMessage `json:"code"`
		Message json.RawMessage `json:"message"`
	}
	return json.Unmarshal(nested, &fields) == nil && isNotFoundCode(fields.Code) && isString(fields.Message) && !isAboutPath(b.message)
}

// isNotFoundCode tells the API's codes for an object that does not exist: not_found of its reference pages, RESOURCE_NOT_FOUND of
// its SDK. Others, such as NotFound or a number, are those of gateways.
func isNotFoundCode(raw json.RawMessage) bool {
	var code string
	if json.Unmarshal(raw, &code) != nil {
		return false
	}
	return strings.EqualFold(code, "not_found") || strings.EqualFold(code, "resource_not_found")
}

// isAboutPath reports whether a message says that there is no such path, rather than no such object: the default of servers of the
// API's kind.
func isAboutPath(message string) bool {
	rest, isDefault := strings.CutPrefix(message, "Cannot ")
	method, _, ok := strings.Cut(rest, " /")
	return isDefault && ok && method == strings.ToUpper(method)
}

func isNumber(raw json.RawMessage, want int) bool {
	var number int
	return json.Unmarshal(raw, &number) == nil && number == want
}

func isString(raw json.RawMessage) bool {
	var text *string
	return json.Unmarshal(raw, &text) == nil && text != nil
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

func firstOf(texts ...string) string {
	for _, text := range texts {
		if text != "" {
			return text
		}
	}
	return ""
}

func readAgain(body []byte) io.ReadCloser { return io.NopCloser(bytes.NewReader(body)) }
