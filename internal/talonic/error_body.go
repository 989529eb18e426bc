package talonic

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// errorBody is the decoded body of an error.
type errorBody struct {
	code      string
	message   string
	requestID string
	retryable *bool

	// isAPIForm reports that the body has one of the API's forms: a code in words, or a message and the status as a number. Most
	// gateways send neither.
	isAPIForm bool

	// isNotFound reports that the body has one of the API's forms that include the status, and the API's code for an object that
	// does not exist. Gateways use the same codes without the status.
	isNotFound bool
}

// parseErrorBody decodes the four documented forms of an error body, and treats anything else as text:
//
//	{"statusCode": 400, "code": "…", "error": "Bad Request", "message": "…", "retryable": false, "request_id": "…"}
//	{"error": {"code": "…", "message": "…"}}
//	{"error": "bad_request", "code": "…", "message": "…"}
//	{"status": 422, "code": "…", "message": "…"}
//
// A message may be a string or a list of strings. An HTML page is not quoted, but replaced by a description. An object without any
// of these keys is quoted unchanged.
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
	parsed := errorBody{
		code:      jsonText(flat.Code),
		message:   jsonText(flat.Message),
		requestID: jsonText(flat.RequestID),
		retryable: jsonBool(flat.Retryable),
	}
	parsed.isAPIForm = isWord(flat.Code) || parsed.message != "" && (isStatus(flat.Number) || isStatus(flat.Status))
	hasStatus := isNumber(flat.Number, http.StatusNotFound) || isNumber(flat.Status, http.StatusNotFound)
	parsed.isNotFound = isNotFoundCode(flat.Code) && hasStatus && !isAboutPath(parsed.message)
	if bytes.HasPrefix(bytes.TrimSpace(flat.Error), []byte("{")) {
		nested := parseErrorBody(flat.Error)
		parsed.code = firstOf(parsed.code, nested.code)
		parsed.message = firstOf(parsed.message, nested.message)
		parsed.requestID = firstOf(parsed.requestID, nested.requestID)
		parsed.isNotFound = nested.isNotFound
		parsed.isAPIForm = parsed.isAPIForm || nested.isAPIForm
		if parsed.retryable == nil {
			parsed.retryable = nested.retryable
		}
		return parsed
	}
	name := jsonText(flat.Error)
	parsed.message = firstOf(parsed.message, name)
	parsed.code = firstOf(parsed.code, name)
	if parsed.message == "" && parsed.code == "" {
		parsed.message = describeText(body)
	}
	return parsed
}

func isNumber(raw json.RawMessage, want int) bool {
	var number int
	return json.Unmarshal(raw, &number) == nil && number == want
}

// isStatus reports whether a value is the number of an HTTP error status.
func isStatus(raw json.RawMessage) bool {
	var number int
	return json.Unmarshal(raw, &number) == nil && number >= http.StatusBadRequest
}

// isWord reports whether a value is a string that is not empty.
func isWord(raw json.RawMessage) bool {
	var word string
	return json.Unmarshal(raw, &word) == nil && word != ""
}

// jsonText returns a string, a number or a list of them as text, and "" for anything else.
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

// describeText returns the text to show for a body that is not a JSON object.
func describeText(body []byte) string {
	text := strings.TrimSpace(strings.ToValidUTF8(string(body), "�"))
	if strings.HasPrefix(text, "<") {
		return "(an HTML page, " + strconv.Itoa(len(body)) + " bytes; a gateway may have responded instead of the API)"
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
