package talonic

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func TestParseErrorBody(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	tests := []struct {
		name string
		body string
		want errorBody
	}{
		{
			"flat",
			`{"statusCode":400,"code":"VALIDATION_ERROR","error":"Bad Request","message":"config.url must be absolute",` +
				`"retryable":false,"request_id":"req_4f2a","timestamp":"2026-08-14T09:30:00.000Z","path":"/v1"}`,
			errorBody{code: "VALIDATION_ERROR", message: "config.url must be absolute", requestID: "req_4f2a", retryable: &no},
		},
		{
			"nested",
			`{"error":{"code":"not_found","message":"no such destination"}}`,
			errorBody{code: "not_found", message: "no such destination"},
		},
		{
			"nested with all there may be",
			`{"error":{"code":"internal","message":"oops","status":500,"retryable":true,"request_id":"req_1"}}`,
			errorBody{code: "internal", message: "oops", requestID: "req_1", retryable: &yes},
		},
		{
			"what is outside wins over what is nested",
			`{"code":"A","message":"a","request_id":"1","retryable":false,` +
				`"error":{"code":"B","message":"b","request_id":"2","retryable":true}}`,
			errorBody{code: "A", message: "a", requestID: "1", retryable: &no},
		},
		{
			"error is a word",
			`{"error":"bad_request","code":"BAD_REQUEST","message":"no"}`,
			errorBody{code: "BAD_REQUEST", message: "no"},
		},
		{"error is all there is", `{"error":"bad_request"}`, errorBody{code: "bad_request", message: "bad_request"}},
		{"status form", `{"status":422,"code":"unprocessable","message":"no"}`, errorBody{code: "unprocessable", message: "no"}},
		{
			"message is a list",
			`{"statusCode":400,"message":["name must be a string","type must be a string"],"error":"Bad Request"}`,
			errorBody{code: "Bad Request", message: "name must be a string; type must be a string"},
		},
		{"list of unlike things", `{"code":"X","message":["a",null,1,{"b":2},""]}`, errorBody{code: "X", message: "a; 1"}},
		{"numbers as texts", `{"code":1001,"message":12.50,"request_id":7}`, errorBody{code: "1001", message: "12.50", requestID: "7"}},
		{"nulls", `{"code":null,"message":"m","error":null,"request_id":null,"retryable":null}`, errorBody{message: "m"}},
		{"retryable is no boolean", `{"code":"X","message":"m","retryable":"false"}`, errorBody{code: "X", message: "m"}},
		{
			"nothing that is known",
			`{"errors":[{"path":"config.url"}]}`,
			errorBody{message: `{"errors":[{"path":"config.url"}]}`},
		},
		{"HTML", "\n<html><body>502 Bad Gateway</body></html>", errorBody{
			message: "(an HTML page, 42 bytes; a gateway may have responded instead of the API)",
		}},
		{"empty", "", errorBody{}},
		{"blank", " \r\n", errorBody{}},
		{"plain text", " upstream connect error\n", errorBody{message: "upstream connect error"}},
		{"number", "404", errorBody{message: "404"}},
		{"string", `"gone"`, errorBody{message: `"gone"`}},
		{"list", `["a"]`, errorBody{message: `["a"]`}},
		{"not UTF-8", "caf\xe9", errorBody{message: "caf�"}},
		{"truncated JSON", `{"code":"X","message":"abc`, errorBody{message: `{"code":"X","message":"abc`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := parseErrorBody([]byte(tt.body))
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(errorBody{}), cmpopts.IgnoreFields(errorBody{}, "isNotFound", "isAPIForm")); diff != "" {
				t.Errorf("parseErrorBody(%s) (-want +got):\n%s", tt.body, diff)
			}
		})
	}
}

func TestErrorTexts(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name     string
		err      Error
		text     string
		describe string
	}{
		{
			"everything",
			Error{Method: "GET", Path: "/v1/x", StatusCode: 404, Code: "not_found", Message: "No such thing.", RequestID: "req_1"},
			"GET /v1/x: 404 Not Found (not_found): No such thing. [request ID req_1]",
			"The API responded with 404 Not Found (not_found):\n\n  | No such thing.\n\nRequest: GET /v1/x, request ID req_1.",
		},
		{
			"nothing said",
			Error{Method: "PUT", Path: "/v1/x", StatusCode: 500},
			"PUT /v1/x: 500 Internal Server Error",
			"The API responded with 500 Internal Server Error.\nRequest: PUT /v1/x.",
		},
		{
			"status without a name",
			Error{Method: "GET", Path: "/v1/x", StatusCode: 599, Message: "odd"},
			"GET /v1/x: 599: odd",
			"The API responded with 599:\n\n  | odd\n\nRequest: GET /v1/x.",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := tt.err.Error(); got != tt.text {
				t.Errorf("Error() = %q\n          want %q", got, tt.text)
			}
			if got := tt.err.Describe(); got != tt.describe {
				t.Errorf("Describe() = %q\n             want %q", got, tt.describe)
			}
		})
	}
}

func TestUnexpectedBodyErrorText(t *testing.T) {
	t.Parallel()
	c := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("X-Request-Id", "req_9")
		w.Header().Set("Content-Type", "text/html")
		_, _ = fmt.Fprint(w, "<html>")
	})
	_, err := c.GetDestination(t.Context(), "d1")
	want := "GET /v1/delivery/destinations/d1: the API responded with 200 and an unexpected body: it is an HTML page (text/html) [request ID req_9]"
	if err == nil || err.Error() != want {
		t.Errorf("error = %v\n   want %s", err, want)
	}

	bare := &UnexpectedBodyError{Method: "GET", Path: "/x", StatusCode: 200, Reason: "why"}
	if got, want := bare.Error(), "GET /x: the API responded with 200 and an unexpected body: why"; got != want {
		t.Errorf("error = %s\n   want %s", got, want)
	}
}

func TestOutcomeUnknownError(t *testing.T) {
	t.Parallel()
	cause := &Error{Method: "POST", Path: "/v1/x", StatusCode: 502}
	err := &OutcomeUnknownError{Cause: cause}
	if want := "the outcome is unknown: POST /v1/x: 502 Bad Gateway"; err.Error() != want {
		t.Errorf("error = %q, want %q", err, want)
	}
	if !errors.Is(err, cause) {
		t.Error("the cause cannot be reached")
	}
}

func TestHasStatus(t *testing.T) {
	t.Parallel()
	err := fmt.Errorf("while reading: %w", &Error{StatusCode: 404})
	if !HasStatus(err, 404) || HasStatus(err, 400) || HasStatus(nil, 0) || HasStatus(errors.New("404"), 404) {
		t.Error("HasStatus does not tell statuses apart")
	}
	if IsNotFound(err) || !IsNotFound(fmt.Errorf("x: %w", &Error{StatusCode: 404, Gone: true})) || IsNotFound(&Error{StatusCode: 410}) || IsNotFound(nil) {
		t.Error("IsNotFound does not tell 404 from others")
	}
}

// A rejection is an [*Error] with all information from the body and the headers of the response.
func TestRejection(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 8, 14, 11, 30, 0, 500_000_000, time.FixedZone("CEST", 2*60*60))
	tests := []struct {
		name   string
		status int
		header map[string]string
		body   string
		want   Error
	}{
		{
			"request ID from the body", 400, nil, `{"code":"X","message":"m","request_id":"body"}`,
			Error{StatusCode: 400, Code: "X", Message: "m", RequestID: "body"},
		},
		{
			"request ID from the header", 400, map[string]string{"X-Request-Id": "header"}, `{"code":"X","message":"m","request_id":"body"}`,
			Error{StatusCode: 400, Code: "X", Message: "m", RequestID: "header"},
		},
		{
			"redirect", 302, map[string]string{"Location": "https://elsewhere.example.com/login"}, "<html>",
			Error{StatusCode: 302, Message: "the API redirects to https://elsewhere.example.com/login"},
		},
		{
			"location of what is no redirect", 409, map[string]string{"Location": "/v1/x"}, `{"message":"exists"}`,
			Error{StatusCode: 409, Message: "exists"},
		},
		{
			"quota spent", 429, map[string]string{"Retry-After": "3600"}, "",
			Error{StatusCode: 429, RetryAt: time.Date(2026, 8, 14, 10, 30, 0, 500_000_000, time.UTC)},
		},
		{
			"quota spent until midnight", 429, map[string]string{"X-RateLimit-Reset": "2026-08-15T02:00:00+02:00"}, "",
			Error{StatusCode: 429, RetryAt: time.Date(2026, 8, 15, 0, 0, 0, 0, time.UTC)},
		},
		{"too many requests, without a time", 429, nil, "", Error{StatusCode: 429}},
		{"reset of another status", 403, map[string]string{"X-RateLimit-Reset": "2026-08-15T00:00:00Z"}, "", Error{StatusCode: 403}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			c := newTestClient(t, func(w http.ResponseWriter, _ *http.Request) {
				for name, value := range tt.header {
					w.Header().Set(name, value)
				}
				answer(w, tt.status, tt.body)
			}, WithMaxRetries(0))
			c.now = func() time.Time { return now }
			_, err := c.GetDestination(t.Context(), "d1")
			var got *Error
			if !errors.As(err, &got) {
				t.Fatalf("error = %v, want an *Error", err)
			}
			tt.want.Method, tt.want.Path = "GET", "/v1/delivery/destinations/d1"
			if diff := cmp.Diff(&tt.want, got, cmpopts.IgnoreUnexported(Error{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if got.RetryAt.Location() != time.UTC {
				t.Errorf("RetryAt is in %v, want UTC", got.RetryAt.Location())
			}
		})
	}
}

// The body of a rejection shows whether it comes from the API. A rate limit of the API also shows that in a header.
func TestIsFromAPI(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]bool{
		`{"statusCode":400,"code":"VALIDATION_ERROR","error":"Bad Request","message":"no"}`: true,
		`{"statusCode":400,"message":["no"],"error":"Bad Request"}`:                         true,
		`{"error":{"code":"FORBIDDEN","message":"no","status":403}}`:                        true,
		`{"error":"bad_request","code":"BAD_REQUEST","message":"no"}`:                       true,
		`{"status":422,"code":"unprocessable","message":"no"}`:                              true,
		`{"code":"bad_request"}`:  true,
		``:                        false,
		`<html>`:                  false,
		`{}`:                      false,
		`Too many requests`:       false,
		`{"message":"Forbidden"}`: false, // Amazon API Gateway, Kong
		`{"error":"Forbidden"}`:   false, // Tyk
		`{"timestamp":"2026-08-14T09:30:00.000Z","status":403,"error":"Forbidden","path":"/v1"}`:     false, // Spring
		`{"type":"about:blank","title":"Forbidden","status":403}`:                                    false, // RFC 9457
		`{"error":{"code":403,"message":"no","status":"PERMISSION_DENIED"}}`:                         false, // Google
		`{"kind":"Status","status":"Failure","message":"forbidden","reason":"Forbidden","code":403}`: false, // Kubernetes
	} {
		if got := isFromAPI(&http.Response{StatusCode: 403}, parseErrorBody([]byte(body))); got != want {
			t.Errorf("%s: %t", body, got)
		}
	}
	for _, limited := range []http.Header{{"X-Ratelimit-Reset": {"1790000000"}}, {"Retry-After": {"30"}}} {
		for status, want := range map[int]bool{429: true, 403: false} {
			if got := isFromAPI(&http.Response{StatusCode: status, Header: limited}, errorBody{}); got != want {
				t.Errorf("%d with %v: %t", status, limited, got)
			}
		}
	}
}

// Only a response of the API itself proves that a request had no effect, and only if no earlier attempt may have had one.
func TestProvesRejection(t *testing.T) {
	t.Parallel()
	const html = `<html>no</html>`
	lost := breakOff(errors.New("reset"))
	for name, c := range map[string]struct {
		steps *script
		want  bool
	}{
		"400 of the API":                  {steps(respond(400, ownRefusal)), true},
		"403 of the API":                  {steps(respond(403, ownRefusal)), true},
		"429 of the API":                  {steps(respond(429, ownRefusal)), true},
		"429 with Retry-After":            {steps(respond(429, "", "Retry-After", "0")), true},
		"404 of the API":                  {steps(respond(404, ownNotFound)), true},
		"401 of a gateway":                {steps(respond(401, html)), true},
		"307":                             {steps(respond(307, "", "Location", "/")), true},
		"303":                             {steps(respond(303, "", "Location", "/")), false},
		"405 of a gateway":                {steps(respond(405, html)), true},
		"400 of a gateway":                {steps(respond(400, html)), false},
		"403 of a gateway":                {steps(respond(403, html)), false},
		"422 of a gateway":                {steps(respond(422, "")), false},
		"429 of a gateway":                {steps(respond(429, html)), false},
		"408 of the API":                  {steps(respond(408, ownRefusal)), false},
		"425 of the API":                  {steps(respond(425, ownRefusal)), false},
		"460":                             {steps(respond(460, ownRefusal)), false},
		"499":                             {steps(respond(499, ownRefusal)), false},
		"500 of the API":                  {steps(respond(500, ownRefusal)), false},
		"503 of the API":                  {steps(respond(503, ownRefusal)), false},
		"lost":                            {steps(lost), false},
		"lost, then 400 of the API":       {steps(lost, respond(400, ownRefusal)), false},
		"502, then 409 of the API":        {steps(respond(502, html), respond(409, ownRefusal)), false},
		"502, then 429 of the API":        {steps(respond(502, html), respond(429, ownRefusal)), false},
		"429 of the API, then 400":        {steps(respond(429, ownRefusal), respond(400, ownRefusal)), true},
		"not sent, then 400 of the API":   {steps(breakOff(&net.OpError{Op: "dial", Err: errors.New("refused")}), respond(400, ownRefusal)), true},
		"accepted, but cannot be read":    {steps(respond(204, ""), respond(400, ownRefusal)), false},
		"accepted, but no longer allowed": {steps(respond(204, ""), respond(403, ownRefusal)), false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			client := newTestClient(t, http.NotFound, WithTransport(c.steps), WithMaxRetries(1))
			if _, err := client.UpdateDestination(t.Context(), "d1", DestinationChange{Name: "n"}); err == nil || ProvesRejection(err) != c.want {
				t.Errorf("%t: %v", !c.want, err)
			}
		})
	}
	for _, err := range []error{nil, errors.New("no connection"), &OutcomeUnknownError{Cause: &Error{StatusCode: 400}}, &StoppedError{stop: &Stop{cause: &Error{StatusCode: 401}}}} {
		if ProvesRejection(err) {
			t.Error(err)
		}
	}
}

// A call that ended without a connection was sent nevertheless if an earlier attempt was.
func TestNothingSentAfterRetries(t *testing.T) {
	t.Parallel()
	refused := breakOff(&net.OpError{Op: "dial", Err: errors.New("refused")})
	for want, connection := range map[bool]*script{true: steps(refused), false: steps(respond(502, ""), refused)} {
		client := newTestClient(t, http.NotFound, WithTransport(connection), WithMaxRetries(1))
		_, first := client.UpdateDestination(t.Context(), "d1", DestinationChange{Name: "n"})
		_, second := client.UpdateDestination(t.Context(), "d1", DestinationChange{Name: "n"})
		var stopped *StoppedError
		if NothingSent(first) != want || !errors.As(second, &stopped) || !NothingSent(second) {
			t.Errorf("%t: %v, then %v", !want, first, second)
		}
	}
}

// A message is truncated where it is shown, not before, because a truncated secret is hard to recognize.
func TestLongMessagesAreCutWhereShown(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ä", 5000)
	for _, body := range []string{long, `{"message":"` + long + `"}`, `{"message":["` + long + `"]}`, `{"message":"` + long} {
		c := newTestClient(t, always(400, body))
		_, err := c.GetDestination(t.Context(), "d1")
		var e *Error
		if !errors.As(err, &e) {
			t.Fatalf("error = %v, want an *Error", err)
		}
		if !strings.Contains(e.Message, long) {
			t.Errorf("the message of %.20s... has only %d bytes", body, len(e.Message))
		}
		for _, shown := range []string{e.Describe(), e.Error()} {
			if len(shown) > 2200 || !strings.Contains(shown, "…") {
				t.Errorf("%d bytes are shown of %.20s...", len(shown), body)
			}
		}
	}
}
