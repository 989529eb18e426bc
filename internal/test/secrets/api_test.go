package secrets

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// api is the emulated API, with hostile responses.
type api struct {
	*emulator.Emulator
	url string

	mu     sync.Mutex
	choose func(*request) *answer // nil, or an answer of nil: the emulator responds
	given  map[string]bool        // the answers that the API has returned
	bodies []byte                 // all request bodies
}

// request is a request to the API, in the form that hostile answers use.
type request struct {
	*http.Request
	body        []byte
	destination string // name of the destination; empty if the request concerns none
}

// answer is a hostile response to a request. pass calls the emulator for its response.
type answer struct {
	name  string
	write func(w http.ResponseWriter, r *request, pass func() *httptest.ResponseRecorder)
}

func newAPI(t *testing.T, b emulator.Behavior, apiKey string) *api {
	t.Helper()
	a := &api{Emulator: emulator.New(b), given: map[string]bool{}}
	a.SetAPIKeys(apiKey)
	server := httptest.NewUnstartedServer(a)
	server.Config.ErrorLog = nil
	server.Start()
	t.Cleanup(server.Close)
	a.url = server.URL
	return a
}

// answerWith makes the API respond as choose decides; nil makes it respond normally.
func (a *api) answerWith(choose func(*request) *answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.choose, a.given = choose, map[string]bool{}
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // the emulator rejects an incomplete body
	r.Body = io.NopCloser(bytes.NewReader(body))
	hostile := a.answerTo(&request{r, body, a.nameOf(r, body)})
	if hostile == nil {
		a.Emulator.ServeHTTP(w, r)
		return
	}
	hostile(w, func() *httptest.ResponseRecorder {
		own := httptest.NewRecorder()
		a.Emulator.ServeHTTP(own, r)
		return own
	})
}

func (a *api) answerTo(r *request) func(http.ResponseWriter, func() *httptest.ResponseRecorder) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.bodies = append(append(a.bodies, r.body...), '\n')
	if a.choose == nil {
		return nil
	}
	chosen := a.choose(r)
	if chosen == nil {
		return nil
	}
	a.given[chosen.name] = true
	return func(w http.ResponseWriter, pass func() *httptest.ResponseRecorder) { chosen.write(w, r, pass) }
}

// nameOf returns the name of the destination that a request concerns.
func (a *api) nameOf(r *http.Request, body []byte) string {
	if r.Method == http.MethodPost {
		var sent struct{ Name string }
		_ = json.Unmarshal(body, &sent) // an error leaves the name empty
		return sent.Name
	}
	for _, d := range a.Destinations() {
		if strings.HasSuffix(r.URL.Path, "/"+d.ID) {
			return d.Name
		}
	}
	return ""
}

// notGiven returns the answers that the API has not returned yet.
func (a *api) notGiven(answers []answer) []answer {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(answers), func(one answer) bool { return a.given[one.name] })
}

// wereGiven fails the test if the API has not returned all of these answers.
func (a *api) wereGiven(t *testing.T, answers []answer) {
	t.Helper()
	for _, missing := range a.notGiven(answers) {
		t.Errorf("the answer %q was never given", missing.name)
	}
}
