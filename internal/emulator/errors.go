package emulator

import (
	"fmt"
	"maps"
	"net/http"
	"strings"
)

const (
	notAnObject   = "the body must be a JSON object"
	noDestination = "Destination not found."
	noBinding     = "Binding not found."
	noAttempt     = "Delivery item not found."
	noDeadLetter  = "Dead letter not found."

	organizationWide = "Organization-wide API keys cannot do this. Use the API key of a workspace."
)

// apiError is a rejection that has no response form yet. Its codes come from the reference tables.
type apiError struct {
	status   int
	code     string
	messages []string
	header   http.Header
	final    bool // a retry is useless, regardless of the status
}

func badRequest(message string) *apiError {
	return &apiError{status: http.StatusBadRequest, code: "bad_request", messages: []string{message}}
}

func invalid(found problems) *apiError {
	return &apiError{status: http.StatusBadRequest, code: "validation_error", messages: found}
}

func unauthorized() *apiError {
	return &apiError{status: http.StatusUnauthorized, code: "unauthorized", messages: []string{"Missing or invalid API key."}}
}

func notFound(message string) *apiError {
	return &apiError{status: http.StatusNotFound, code: "not_found", messages: []string{message}}
}

func methodNotAllowed(allowed []string) *apiError {
	list := strings.Join(allowed, ", ")
	return &apiError{
		status:   http.StatusMethodNotAllowed,
		code:     "method_not_allowed",
		messages: []string{"this path allows " + list},
		header:   http.Header{"Allow": {list}},
	}
}

func conflict(message string) *apiError {
	return &apiError{status: http.StatusConflict, code: "conflict", messages: []string{message}}
}

func payloadTooLarge(limit int64) *apiError {
	message := fmt.Sprintf("the body is larger than %d bytes", limit)
	return &apiError{status: http.StatusRequestEntityTooLarge, code: "payload_too_large", messages: []string{message}}
}

func unsupportedMediaType() *apiError {
	message := "Content-Type must be application/json"
	return &apiError{status: http.StatusUnsupportedMediaType, code: "unsupported_media_type", messages: []string{message}}
}

// sdkCodes holds the SDK's upper-case codes that are different words from the codes of the reference tables.
var sdkCodes = map[string]string{
	"unauthorized": "AUTH_REQUIRED",
	"not_found":    "RESOURCE_NOT_FOUND",
	"rate_limited": "RATE_LIMIT_EXCEEDED",
}

func upperCaseCode(code string) string {
	if sdk, ok := sdkCodes[code]; ok {
		return sdk
	}
	return strings.ToUpper(code)
}

type flatErrorBody struct {
	StatusCode int    `json:"statusCode"`
	Code       string `json:"code"`
	Error      string `json:"error"`
	Message    any    `json:"message"`
	Retryable  bool   `json:"retryable"`
	RequestID  string `json:"request_id"`
	Timestamp  string `json:"timestamp"`
	Path       string `json:"path"`
}

type nestedErrorBody struct {
	Error nestedError `json:"error"`
}

type nestedError struct {
	Code      string `json:"code"`
	Message   string `json:"message"`
	Status    int    `json:"status"`
	Retryable bool   `json:"retryable"`
	RequestID string `json:"request_id"`
}

type resultsErrorBody struct {
	Error   string `json:"error"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

type draftErrorBody struct {
	Status  int    `json:"status"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// errorReply returns the response for a rejection, in the form that the behavior selects.
func (e *Emulator) errorReply(c *call, refused *apiError) reply {
	code := refused.code
	if e.behavior.UpperCaseCodes {
		code = upperCaseCode(code)
	}
	answer := errorForm(e.behavior.Errors, *refused, code, c)
	if answer.header == nil {
		answer.header = http.Header{}
	}
	maps.Copy(answer.header, refused.header)
	return answer
}

func errorForm(form ErrorForm, refused apiError, code string, c *call) reply {
	var (
		status    = refused.status
		reason    = http.StatusText(status)
		message   = strings.Join(refused.messages, "; ")
		retryable = !refused.final && (status == http.StatusTooManyRequests || status >= http.StatusInternalServerError)
	)
	flat := flatErrorBody{
		StatusCode: status, Code: code, Error: reason, Message: message, Retryable: retryable,
		RequestID: c.id, Timestamp: timestamp(c.at), Path: c.request.URL.Path,
	}
	switch form {
	case ErrorFlatList:
		flat.Message = refused.messages
		return jsonReply(status, flat)
	case ErrorNested:
		return jsonReply(status, nestedErrorBody{nestedError{
			Code: code, Message: message, Status: status, Retryable: retryable, RequestID: c.id,
		}})
	case ErrorResults:
		slug := strings.ReplaceAll(strings.ToLower(reason), " ", "_")
		return jsonReply(status, resultsErrorBody{Error: slug, Code: code, Message: message})
	case ErrorDraft:
		return jsonReply(status, draftErrorBody{Status: status, Code: code, Message: message})
	case ErrorHTML:
		return htmlPage(status)
	case ErrorEmpty:
		return reply{status: status}
	default:
		return jsonReply(status, flat)
	}
}
