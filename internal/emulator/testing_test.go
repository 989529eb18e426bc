package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

const (
	destinationsPath = "/v1/delivery/destinations"
	connectorsPath   = "/v1/delivery/catalog/connectors"

	plainWebhook = `{"name":"w","type":"webhook","config":{"url":"https://hooks.example.com/in"}}`
	bearerAuth   = `{"type":"bearer","token":"fake-token"}`
)

// api is an emulator under test.
type api struct {
	*Emulator
	t *testing.T
}

// start returns an emulator with the given switches.
func start(t *testing.T, settings ...string) api {
	t.Helper()
	var b Behavior
	for _, setting := range settings {
		if err := b.Set(setting); err != nil {
			t.Fatal(err)
		}
	}
	return api{New(b), t}
}

// at stops the emulator's clock at a time, and returns a function that advances it.
func (a api) at(now time.Time) (advance func(time.Duration)) {
	a.now = func() time.Time { return now }
	return func(d time.Duration) { now = now.Add(d) }
}

type answer struct {
	status int
	header http.Header
	body   string
}

// do sends a request with a valid key. headers alternates names and values; an empty value removes the header.
func (a api) do(method, path, body string, headers ...string) answer {
	a.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+DefaultAPIKey)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
		if headers[i+1] == "" {
			r.Header.Del(headers[i])
		}
	}
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	return answer{w.Code, w.Header(), w.Body.String()}
}

// ok sends a request that must succeed and returns the object in its response.
func (a api) ok(method, path, body string) map[string]any {
	a.t.Helper()
	got := a.do(method, path, body)
	if got.status/100 != 2 {
		a.t.Fatalf("%s %s %s: status %d: %s", method, path, body, got.status, got.body)
	}
	return a.object(got)
}

func (a api) object(got answer) map[string]any {
	a.t.Helper()
	var object map[string]any
	if got.body == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(got.body), &object); err != nil {
		a.t.Fatalf("not an object: %s", got.body)
	}
	return object
}

// create creates a destination and returns its path.
func (a api) create(body string) string {
	a.t.Helper()
	return destinationsPath + "/" + a.ok("POST", destinationsPath, body)["id"].(string)
}

func id(path string) string { return strings.TrimPrefix(path, destinationsPath+"/") }

// show returns the value at a dotted path of an object, as JSON.
func show(object map[string]any, path string) string {
	var value any = object
	for key := range strings.SplitSeq(path, ".") {
		inner, _ := value.(map[string]any)
		value = inner[key]
	}
	text, err := encoded(value)
	if err != nil {
		return fmt.Sprint(value)
	}
	return string(text)
}

// flags returns has_auth_config and has_signing_secret.
func flags(object map[string]any) string {
	return fmt.Sprintf("auth %v, secret %v", object["has_auth_config"], object["has_signing_secret"])
}

// decoded returns a JSON value, or nil if the text is not JSON.
func decoded(text []byte) any {
	var value any
	_ = json.Unmarshal(text, &value)
	return value
}
