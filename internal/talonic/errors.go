package talonic

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

const requestIDHeader = "X-Request-Id"

// Error is a response of the API that is not a success. Callers should branch on StatusCode, because the API docs disagree about
// the codes and their case.
//
// API docs: Error Format.
type Error struct {
	Method     string
	Path       string
	StatusCode int
	Code       string // as the API spells it; may be empty
	Message    string // the API's message, in full, because redaction cannot recognize a truncated secret; may be empty
	RequestID  string // may be empty

	// RetryAt is the time at which the API accepts requests again. It is zero if the response does not contain that time.
	RetryAt time.Time

	// Gone reports that the object certainly does not exist; see [IsNotFound].
	Gone bool

	// permanent reports that the response has retryable = false.
	permanent bool

	// notFromAPI reports that a gateway may have responded in place of the API, before or after it forwarded the request.
	notFromAPI bool

	// isRetry reports that an earlier attempt of the same call may have had an effect.
	isRetry bool
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
		text += " [request ID " + e.RequestID + "]"
	}
	return text
}

// IsFromAPI reports whether the API itself sent the response. Otherwise, a gateway may have responded in place of the API, before or
// after it forwarded the request.
func (e *Error) IsFromAPI() bool { return !e.notFromAPI }

// HasStatus reports whether err is an [*Error] with the given status. An [*AcceptedError] has no status, because the API accepted
// the request.
func HasStatus(err error, status int) bool {
	var (
		e        *Error
		accepted *AcceptedError
	)
	return errors.As(err, &e) && e.StatusCode == status && !errors.As(err, &accepted)
}

// ProvesRejection reports whether err proves that a request was sent and had no effect. The response must be one that the
// API sends only to rejected requests, and no earlier attempt of the request can have had an effect. ProvesRejection returns false for a request
// that was not sent; see [NothingSent].
func ProvesRejection(err error) bool {
	var (
		apiErr   *Error
		unknown  *OutcomeUnknownError
		accepted *AcceptedError
		stopped  *StoppedError
	)
	if errors.As(err, &unknown) || errors.As(err, &accepted) || errors.As(err, &stopped) {
		return false
	}
	return errors.As(err, &apiErr) && !apiErr.isRetry && !apiErr.mayHaveHadEffect()
}

// isConclusive reports whether every other read with this API key would fail with the same response.
func isConclusive(err error) bool {
	return HasStatus(err, http.StatusUnauthorized) || HasStatus(err, http.StatusForbidden) || HasStatus(err, http.StatusTooManyRequests)
}

// UnexpectedBodyError is a successful response with an unexpected body: not JSON, an undocumented form, or a different object.
type UnexpectedBodyError struct {
	Method      string
	Path        string
	StatusCode  int
	ContentType string
	RequestID   string
	Reason      string // completes "an unexpected body: ..."

	// Denies reports that the body, despite its status, denies that the request had an effect.
	Denies bool
}

func (e *UnexpectedBodyError) Error() string {
	text := fmt.Sprintf("%s %s: the API responded with %d and an unexpected body: %s", e.Method, e.Path, e.StatusCode, e.Reason)
	if e.ContentType != "" {
		text += " (" + e.ContentType + ")"
	}
	if e.RequestID != "" {
		text += " [request ID " + e.RequestID + "]"
	}
	return text
}

// AcceptedError reports that the API accepted an update or a delete, but that the client could not read the object afterwards.
type AcceptedError struct {
	Method string // of the accepted request
	Path   string
	Err    error // reason why the object could not be read
}

func (e *AcceptedError) Error() string {
	return fmt.Sprintf("%s %s: the API reported a success, but the object cannot be read: %s", e.Method, e.Path, e.Err)
}

// Unwrap returns the error of the read.
func (e *AcceptedError) Unwrap() error { return e.Err }

// StillExistsError reports that an object still exists after the API accepted a delete.
type StillExistsError struct {
	Path string
	Noun string
}

func (e *StillExistsError) Error() string {
	return fmt.Sprintf("DELETE %s: the API reported a success, but the %s still exists", e.Path, e.Noun)
}

// OutcomeUnknownError reports that a create, a replay or a dismissal may or may not have taken effect.
type OutcomeUnknownError struct {
	// Cause is the reason for the unknown outcome of an attempt. It is never nil.
	Cause error

	// Refusal is the error of a later attempt that had no effect or was rejected by a gateway, or nil if there was none.
	Refusal error

	// Lookup is the reason why the list could not be read to look up the result. It is nil if the list was read or was not needed.
	Lookup error

	// Adoption is the reason why the client could not write the arguments to the result that it found. It is nil if the client did
	// not try.
	Adoption error

	// Candidates are the IDs of objects that may be the result. They are safe to show and to copy into a command.
	Candidates []string
}

func (e *OutcomeUnknownError) Error() string {
	return "the outcome is unknown: " + e.Cause.Error()
}

// Unwrap returns the error of the most recent write: Adoption, Refusal or Cause.
func (e *OutcomeUnknownError) Unwrap() error {
	switch {
	case e.Adoption != nil:
		return e.Adoption
	case e.Refusal != nil:
		return e.Refusal
	}
	return e.Cause
}

// mayRepeat reports whether the create may be retried after its result was not found. It returns false if the API reported
// success, because then the object exists even if the list does not contain it. It also returns false if the API rejected a later
// attempt, sent retryable = false, or requested a wait beyond the parameter until, or if a gateway rejected the create.
func (e *OutcomeUnknownError) mayRepeat(until time.Time) bool {
	var (
		body   *UnexpectedBodyError
		apiErr *Error
	)
	switch {
	case e.Refusal != nil, errors.As(e.Cause, &body):
		return false
	case errors.As(e.Cause, &apiErr):
		return !apiErr.permanent && !apiErr.RetryAt.After(until) && !e.IsRejectedByGateway()
	}
	return true
}

// IsRejectedByGateway reports whether a gateway rejected the create and would reject it again. A status that reports a timeout, a
// rate limit or a failure of a server is not such a rejection.
func (e *OutcomeUnknownError) IsRejectedByGateway() bool {
	var apiErr *Error
	return errors.As(e.Cause, &apiErr) && apiErr.notFromAPI && !mayHaveBeenCarriedOut(apiErr.StatusCode) && apiErr.StatusCode != http.StatusTooManyRequests
}

func unexpectedBody(r call, response *http.Response, reason error) *UnexpectedBodyError {
	var denial denialError
	return &UnexpectedBodyError{
		Method:      r.method,
		Path:        r.shownPath(),
		StatusCode:  response.StatusCode,
		ContentType: response.Header.Get("Content-Type"),
		RequestID:   response.Header.Get(requestIDHeader),
		Reason:      reason.Error(),
		Denies:      errors.As(reason, &denial),
	}
}

// failedCall returns the error of a call that has no response, or a response that cannot be decoded.
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
	switch {
	case unknown:
		return &OutcomeUnknownError{Cause: cause}
	case r.method != http.MethodGet && r.effects != nil && r.effects.earlier && notSent(cause):
		return retriedError{cause}
	}
	return cause
}

// retriedError is the error of a write whose last attempt was not sent, although an earlier attempt may have had an effect.
type retriedError struct{ error }

func (e retriedError) Unwrap() error { return e.error }

// mayHaveHappened reports whether the API may have acted on a non-idempotent call that failed with err. An error that does not
// concern a body and does not come from net/http means that the context ended before a request was sent. Earlier requests of the
// call had no effect, because the client retries a non-idempotent call only after attempts without an effect.
func mayHaveHappened(err error) bool {
	var (
		body    *UnexpectedBodyError
		request *url.Error
	)
	return errors.As(err, &body) || errors.As(err, &request) && !notSent(err)
}

// rejectedCall returns the error of a call whose response is not a success.
func rejectedCall(r call, rejection *Error) error {
	rejection.isRetry = r.effects != nil && r.effects.earlier
	if r.nonIdempotent && rejection.mayHaveHadEffect() {
		return &OutcomeUnknownError{Cause: rejection}
	}
	return rejection
}

// mayHaveHadEffect reports whether a request with this response may have had an effect.
func (e *Error) mayHaveHadEffect() bool {
	return mayHaveBeenCarriedOut(e.StatusCode) || e.notFromAPI && mayBeAboutResponse(e.StatusCode)
}

// mayHaveBeenCarriedOut reports whether a request may have had an effect despite the status of its response: the server failed
// while processing it, a gateway did not wait for the server, or the response redirects to the result of the request (303).
func mayHaveBeenCarriedOut(status int) bool {
	const (
		clientClosedLoadBalancer = 460 // AWS
		clientClosedRequest      = 499 // nginx
	)
	switch status {
	case http.StatusSeeOther, http.StatusRequestTimeout, http.StatusTooEarly, clientClosedLoadBalancer, clientClosedRequest:
		return true
	}
	return status >= 500
}

// mayBeAboutResponse reports whether a gateway may have forwarded a request that it answers with this status. For example, it may
// reject the API's response. With other statuses, a gateway rejects the credentials or the path and forwards nothing.
func mayBeAboutResponse(status int) bool {
	switch status {
	case http.StatusUnauthorized, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusProxyAuthRequired, http.StatusGone:
		return false
	}
	return status >= http.StatusBadRequest
}

// isFromAPI reports whether a response that is not a success comes from the API: its body has one of the API's forms, or a
// rate-limited response has a header that the API documents for its rate limits.
//
// API docs: Error Format; Rate Limits.
func isFromAPI(response *http.Response, parsed errorBody) bool {
	hasRateLimit := slices.ContainsFunc([]string{"Retry-After", "X-RateLimit-Limit", "X-RateLimit-Reset"}, func(name string) bool {
		return response.Header.Get(name) != ""
	})
	return parsed.isAPIForm || response.StatusCode == http.StatusTooManyRequests && hasRateLimit
}

// newError decodes a response that is not a success.
func newError(r call, response *http.Response, body []byte, now time.Time) *Error {
	parsed := parseErrorBody(body)
	e := &Error{
		Method:     r.method,
		Path:       r.shownPath(),
		StatusCode: response.StatusCode,
		Code:       parsed.code,
		Message:    parsed.message,
		RequestID:  parsed.requestID,
		Gone:       response.StatusCode == http.StatusNotFound && parsed.isNotFound,
		permanent:  parsed.retryable != nil && !*parsed.retryable,
		notFromAPI: !isFromAPI(response, parsed),
	}
	if id := response.Header.Get(requestIDHeader); id != "" {
		e.RequestID = id
	}
	if location := response.Header.Get("Location"); location != "" && e.StatusCode < 400 {
		e.Message = "the API redirects to " + location
	}
	if wait, ok := parseRetryAfter(response, now); ok {
		e.RetryAt = now.Add(wait).UTC()
	}
	return e
}
