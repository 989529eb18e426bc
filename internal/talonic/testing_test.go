package talonic

import (
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

const testKey = "tlnc_fake_0123456789abcdef"

// newTestClient returns a client for a server with this handler. Its retries wait only briefly.
func newTestClient(t *testing.T, handler http.HandlerFunc, options ...Option) *Client {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return newClient(t, server.URL, append([]Option{WithMaxRetryWait(time.Millisecond)}, options...)...)
}

func newClient(t *testing.T, baseURL string, options ...Option) *Client {
	t.Helper()
	c, err := New(baseURL, testKey, options...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// answer writes a JSON body with a status.
func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

// always returns a handler that sends the same response to every request.
func always(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { answer(w, status, body) }
}

// created returns a handler that responds to a create like the API: with the request, an ID and the time.
func created(id string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		var shown map[string]any
		if err := json.NewDecoder(r.Body).Decode(&shown); err != nil {
			answer(w, 400, `{}`)
			return
		}
		shown["id"], shown["created_at"] = id, time.Now().UTC().Format(time.RFC3339Nano)
		body, _ := json.Marshal(shown) // decoded JSON can always be encoded
		answer(w, 201, string(body))
	}
}

// complete returns a destination with all fields.
func complete(id string) string {
	return `{"id":"` + id + `","name":"n","type":"webhook","config":{},"has_auth_config":false,"has_signing_secret":false,"is_active":true}`
}

// ownNotFound is the API's own response for an object that does not exist.
const ownNotFound = `{"statusCode":404,"code":"not_found","error":"Not Found","message":"Destination not found."}`

// ownRefusal is a rejection in the API's own form.
const ownRefusal = `{"code":"refused","message":"no"}`

// nothingThere responds as the API does if no object exists.
func nothingThere(w http.ResponseWriter, r *http.Request) {
	if strings.Count(r.URL.Path, "/") == 3 && r.Method == http.MethodGet {
		answer(w, 200, `{"data":[]}`)
		return
	}
	answer(w, 404, ownNotFound)
}

// received is a request as the server saw it.
type received struct {
	method string
	uri    string
	header http.Header
	body   string
}

// recorder records requests and passes them to a handler.
type recorder struct {
	next http.HandlerFunc

	mu       sync.Mutex
	requests []received
}

func record(next http.HandlerFunc) *recorder { return &recorder{next: next} }

func (r *recorder) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	body, _ := io.ReadAll(request.Body)
	r.mu.Lock()
	r.requests = append(r.requests, received{request.Method, request.RequestURI, request.Header.Clone(), string(body)})
	r.mu.Unlock()
	request.Body = readAgain(body)
	r.next(w, request)
}

func (r *recorder) all() []received {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.requests
}

// only returns the only request.
func (r *recorder) only(t *testing.T) received {
	t.Helper()
	all := r.all()
	if len(all) != 1 {
		t.Fatalf("the server got %d requests, want 1: %v", len(all), all)
	}
	return all[0]
}

// script is a connection that executes its steps in order and then repeats the last step. It needs no network, so that simulated
// time works.
type script struct {
	steps []step

	mu       sync.Mutex
	attempts int
}

func (s *script) RoundTrip(request *http.Request) (*http.Response, error) {
	s.mu.Lock()
	next := s.steps[min(s.attempts, len(s.steps)-1)]
	s.attempts++
	s.mu.Unlock()
	return next.answer(request)
}

// step responds to one attempt, or fails it.
type step struct {
	answer func(*http.Request) (*http.Response, error)
}

func steps(steps ...step) *script { return &script{steps: steps} }

// respond returns a step with a response. header alternates names and values.
func respond(status int, body string, header ...string) step {
	return step{func(request *http.Request) (*http.Response, error) {
		return newResponse(request, status, strings.NewReader(body), header...), nil
	}}
}

// breakOff returns a step that fails without a response.
func breakOff(err error) step {
	return step{func(*http.Request) (*http.Response, error) { return nil, err }}
}

func newResponse(request *http.Request, status int, body io.Reader, header ...string) *http.Response {
	h := http.Header{}
	for i := 0; i < len(header); i += 2 {
		h.Set(header[i], header[i+1])
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(body), Request: request}
}

func isOutcomeUnknown(err error) bool {
	var e *OutcomeUnknownError
	return errors.As(err, &e)
}

func isUnexpectedBody(err error) bool {
	var e *UnexpectedBodyError
	return errors.As(err, &e)
}

// direct is a connection to a handler without a network, so that simulated time works. A handler that aborts breaks the
// connection.
type direct struct{ handler http.Handler }

func (d direct) RoundTrip(request *http.Request) (response *http.Response, err error) {
	defer func() {
		if reason := recover(); reason == http.ErrAbortHandler { //nolint:errorlint // That very value is what net/http documents.
			err = errors.New("connection reset")
		} else if reason != nil {
			panic(reason)
		}
	}()
	w := httptest.NewRecorder()
	received := request.Clone(request.Context())
	if received.Body == nil {
		received.Body = http.NoBody
	}
	d.handler.ServeHTTP(w, received)
	return w.Result(), nil
}
