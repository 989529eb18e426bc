package secrets

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// statuses are those of errors, and of redirects, which the client does not follow for writes.
var statuses = []int{400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 301, 307}

type object = map[string]any

// placement is a place in an error response that may repeat the request.
type placement struct {
	name string
	body func(echo string, status int) any // a string is not JSON
	head func(h http.Header, echo string)
}

var placements = []placement{
	{name: "message", body: func(echo string, status int) any {
		return object{"statusCode": status, "code": "bad_request", "error": "Bad Request", "message": echo, "retryable": true, "request_id": "req_1"}
	}},
	{name: "list of messages", body: func(echo string, status int) any {
		return object{"statusCode": status, "code": "validation_error", "message": []string{"auth_config.token must be shorter", echo}}
	}},
	{name: "nested message", body: func(echo string, status int) any {
		return object{"error": object{"code": "bad_request", "message": "signing_secret is wrong: " + echo, "status": status, "request_id": "req_1"}}
	}},
	{name: "results message", body: func(echo string, _ int) any {
		return object{"error": "bad_request", "code": "validation_error", "message": "auth_config is wrong: " + echo}
	}},
	{name: "draft message", body: func(echo string, status int) any {
		return object{"status": status, "code": "bad_request", "message": echo}
	}},
	{name: "code", body: func(echo string, _ int) any { return object{"code": echo, "message": "no"} }},
	{name: "nested code", body: func(echo string, _ int) any { return object{"error": object{"code": echo}} }},
	{name: "error", body: func(echo string, _ int) any { return object{"error": echo} }},
	{name: "request id", body: func(echo string, _ int) any { return object{"message": "no", "request_id": echo} }},
	{name: "keys nobody knows", body: func(echo string, _ int) any {
		return object{"errors": []object{{"field": "auth_config.token", "value": echo}}}
	}},
	{name: "JSON text", body: func(echo string, _ int) any { return []string{echo} }},
	{name: "plain text", body: func(echo string, _ int) any { return "cannot accept " + echo }},
	{name: "HTML", body: func(echo string, _ int) any { return "<html><body><h1>" + echo + "</h1></body></html>" }},
	{name: "request ID header", head: func(h http.Header, echo string) { h.Set("X-Request-Id", echo) }},
	{name: "content type", head: func(h http.Header, echo string) { h.Set("Content-Type", "text/plain; x="+echo) }},
	{name: "location", head: func(h http.Header, echo string) { h.Set("Location", "/v1/"+echo) }},
	{name: "location elsewhere", head: func(h http.Header, echo string) { h.Set("Location", "https://elsewhere.example.com/?"+echo) }},
	{name: "when to try again", head: func(h http.Header, echo string) {
		h.Set("Retry-After", echo)
		h.Set("X-RateLimit-Reset", echo)
	}},
	{name: "authenticate", head: func(h http.Header, echo string) { h.Set("WWW-Authenticate", echo) }},
}

// answer returns an error response with the given status that repeats a part of the request in this place.
func (p placement) answer(status int, e echo) answer {
	return answer{
		name: fmt.Sprintf("%d, %s, %s", status, p.name, e.name),
		write: func(w http.ResponseWriter, r *request, _ func() *httptest.ResponseRecorder) {
			text := e.of(r)
			if p.head != nil {
				p.head(w.Header(), text)
			}
			var body []byte
			if p.body != nil {
				switch content := p.body(text, status).(type) {
				case string:
					body = []byte(content)
				default:
					w.Header().Set("Content-Type", "application/json")
					body, _ = json.Marshal(content) // content has only types that can be encoded
				}
			}
			w.WriteHeader(status)
			_, _ = w.Write(body) // the client may be gone
		},
	}
}

// errorAnswers returns every placement with every source, with alternating encodings and statuses. The first placement, which the API's own
// errors use, has every source in every encoding.
func errorAnswers() []answer {
	var all []answer
	add := func(p placement, s source, e encoding) {
		all = append(all, p.answer(statuses[len(all)%len(statuses)], e.echo(s)))
	}
	for i, s := range sources {
		for _, e := range echoEncodings {
			add(placements[0], s, e)
		}
		for j, p := range placements[1:] {
			add(p, s, echoEncodings[(2*i+j)%len(echoEncodings)])
		}
	}
	return all
}

// errorsThatEndARun returns the answers whose status affects all operations of a run, and the others. Apart, because one of the former in a run
// leaves no time for the others.
func errorsThatEndARun() (ending, others []answer) {
	for _, a := range errorAnswers() {
		if strings.HasPrefix(a.name, "401") || strings.HasPrefix(a.name, "403") {
			ending = append(ending, a)
		} else {
			others = append(others, a)
		}
	}
	return ending, others
}

// batch is the number of destinations that get a hostile response in one run of the CLI.
const batch = 60

// eachBatch gives each destination one of the answers, and repeats until the API has returned all answers.
func (w *workspace) eachBatch(all []destination, answers []answer, method string, run func()) {
	for len(answers) > 0 {
		n := min(len(all), len(answers))
		answerOf := map[string]*answer{}
		for i := range n {
			answerOf[all[i].name] = &answers[i]
		}
		w.suspect = func(secret string) string {
			name, _, _ := strings.Cut(secret, " ")
			if answerOf[name] != nil {
				return answerOf[name].name
			}
			return "one of several answers"
		}
		w.api.answerWith(func(r *request) *answer {
			if r.Method != method {
				return nil
			}
			return answerOf[r.destination]
		})
		run()
		left := w.api.notGiven(answers)
		if len(left) == len(answers) {
			w.t.Fatalf("the answer %q is never given", answers[0].name)
		}
		answers = left // a run stops at the first error that affects all operations
	}
	w.api.answerWith(nil)
}

// withErrors runs a test with the errors that end a run, and with the others. Each run has its own workspace with one destination for each error.
func withErrors(t *testing.T, test func(w *workspace, all []destination, answers []answer)) {
	t.Helper()
	ending, others := errorsThatEndARun()
	for name, answers := range map[string][]answer{"ending a run": ending, "others": others} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorkspace(t, emulator.Behavior{})
			w.logLess()
			all := destinations(min(batch, len(answers)), 0)
			w.configure(all, quickProvider)
			w.give(all, "")
			test(w, all, answers)
			w.wereSent()
		})
	}
}

// The API rejects every create.
func TestErrorsOfCreate(t *testing.T) {
	t.Parallel()
	withErrors(t, func(w *workspace, all []destination, answers []answer) {
		w.eachBatch(all, answers, http.MethodPost, func() { w.mustFail("apply", "-auto-approve", "-parallelism=20") })
		w.mustRun("apply", "-auto-approve", "-parallelism=20")
		w.wasSeen(secretscan.Stdout, secretscan.Stderr, secretscan.Log)
	})
}

// The API rejects every rotation.
func TestErrorsOfUpdate(t *testing.T) {
	t.Parallel()
	withErrors(t, func(w *workspace, all []destination, answers []answer) {
		w.mustRun("apply", "-auto-approve", "-parallelism=20")
		w.give(all, " rotated")
		w.eachBatch(all, answers, http.MethodPut, func() { w.mustFail("apply", "-auto-approve", "-parallelism=20", "-refresh=false") })
		w.mustRun("apply", "-auto-approve", "-parallelism=20", "-refresh=false")
		w.wasSeen(secretscan.State, secretscan.Stdout, secretscan.Stderr, secretscan.Log)
	})
}
