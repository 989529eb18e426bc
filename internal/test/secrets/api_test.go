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

// api is the emulated API with something hostile in front of it.
type api struct {
	*emulator.Emulator
	url string

	mu     sync.Mutex
	choose func(*request) *answer // nil, or an answer of nil: the emulator's own
	given  map[string]bool        // the answers that were given
	bodies []byte                 // everything that was received
}

// request is a request to the API as hostile answers see it.
type request struct {
	*http.Request
	body        []byte
	destination string // its name; empty where the request is about none
}

// answer is a hostile answer to a request. pass asks the emulator for its own.
type answer struct {
	name  string
	write func(w http.ResponseWriter, r *request, pass func() *httptest.ResponseRecorder)
}

func newAPI(t *testing.T, b emulator.Behaviour, apiKey string) *api {
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

// answerWith makes the API answer as chosen from now on; nil makes it well-behaved.
func (a *api) answerWith(choose func(*request) *answer) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.choose, a.given = choose, map[string]bool{}
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body) // what is missing is missed by the emulator
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

// nameOf is the name of the destination that a request is about.
func (a *api) nameOf(r *http.Request, body []byte) string {
	if r.Method == http.MethodPost {
		var sent struct{ Name string }
		_ = json.Unmarshal(body, &sent) // no name, then
		return sent.Name
	}
	for _, d := range a.Destinations() {
		if strings.HasSuffix(r.URL.Path, "/"+d.ID) {
			return d.Name
		}
	}
	return ""
}

// notGiven returns the answers that were not given yet.
func (a *api) notGiven(answers []answer) []answer {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(answers), func(one answer) bool { return a.given[one.name] })
}

// wereGiven says which answers were not given although they should have been.
func (a *api) wereGiven(t *testing.T, answers []answer) {
	t.Helper()
	for _, missing := range a.notGiven(answers) {
		t.Errorf("the answer %q was never given", missing.name)
	}
}
