package emulator

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
)

func TestRefusedRequests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, method, path, body string
		headers                  []string
		status                   int
		code                     string
	}{
		{"no key", "GET", destinationsPath, "", []string{"Authorization", ""}, 401, "unauthorized"},
		{"wrong key", "GET", destinationsPath, "", []string{"Authorization", "Bearer tlnc_wrong"}, 401, "unauthorized"},
		{"wrong scheme", "GET", destinationsPath, "", []string{"Authorization", "Basic " + DefaultAPIKey}, 401, "unauthorized"},
		{"scheme in lower case", "GET", destinationsPath, "", []string{"Authorization", "bearer " + DefaultAPIKey}, 200, ""},
		{"no such route", "GET", "/v1/delivery/nothing", "", nil, 404, "not_found"},
		{"trailing slash", "GET", destinationsPath + "/", "", nil, 404, "not_found"},
		{"no such destination", "GET", destinationsPath + "/11111111-2222-3333-4444-555555555555", "", nil, 404, "not_found"},
		{"wrong method", "PATCH", destinationsPath + "/x", "{}", nil, 405, "method_not_allowed"},
		{"wrong method on the catalog", "POST", connectorsPath, "{}", nil, 405, "method_not_allowed"},
		{"wrong method on a binding", "PATCH", bindingsPath + "/x", "{}", nil, 405, "method_not_allowed"},
		{"no such binding", "GET", bindingsPath + "/11111111-2222-3333-4444-555555555555", "", nil, 404, "not_found"},
		{"no body of a binding", "POST", bindingsPath, "", nil, 400, "bad_request"},
		{"no body", "POST", destinationsPath, "", nil, 400, "bad_request"},
		{"not JSON", "POST", destinationsPath, "{", nil, 400, "bad_request"},
		{"two objects", "POST", destinationsPath, "{}{}", nil, 400, "bad_request"},
		{"not an object", "POST", destinationsPath, "[]", nil, 400, "bad_request"},
		{"null", "POST", destinationsPath, "null", nil, 400, "bad_request"},
		{"no content type", "POST", destinationsPath, plainWebhook, []string{"Content-Type", ""}, 415, "unsupported_media_type"},
		{"wrong content type", "POST", destinationsPath, plainWebhook, []string{"Content-Type", "text/plain"}, 415, "unsupported_media_type"},
		{"content type with charset", "POST", destinationsPath, plainWebhook, []string{"Content-Type", "application/json; charset=utf-8"}, 201, ""},
		{"too large", "POST", destinationsPath, strings.Repeat(" ", maxBodyBytes+1), nil, 413, "payload_too_large"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := start(t)
			got := a.do(c.method, c.path, c.body, c.headers...)
			code, _ := a.object(got)["code"].(string)
			if got.status != c.status || code != c.code {
				t.Errorf("got %d %s, want %d %s", got.status, got.body, c.status, c.code)
			}
			requestID := got.header.Get("X-Request-Id")
			if !regexp.MustCompile(`^req_[0-9a-f]{32}$`).MatchString(requestID) {
				t.Errorf("X-Request-Id is %q", requestID)
			}
			if code != "" && a.object(got)["request_id"] != requestID {
				t.Errorf("request_id is %v, X-Request-Id %s", a.object(got)["request_id"], requestID)
			}
			if c.status == 405 && got.header.Get("Allow") == "" {
				t.Error("405 without Allow")
			}
		})
	}
}

func TestSetAPIKeys(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.SetAPIKeys("tlnc_a", "tlnc_b")
	for key, want := range map[string]int{"tlnc_a": 200, "tlnc_b": 200, DefaultAPIKey: 401, "": 401} {
		if got := a.do("GET", destinationsPath, "", "Authorization", "Bearer "+key).status; got != want {
			t.Errorf("%q: %d, want %d", key, got, want)
		}
	}
	a.SetAPIKeys()
	if got := a.do("GET", destinationsPath, "", "Authorization", "Bearer tlnc_a").status; got != 401 {
		t.Errorf("without keys: %d", got)
	}
}

func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	a := start(t)
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)

	const workers, rounds = 8, 10
	send := func(method, path, body, key string) error {
		r, err := http.NewRequest(method, server.URL+path, strings.NewReader(body))
		if err != nil {
			return err
		}
		r.Header.Set("Authorization", "Bearer "+DefaultAPIKey)
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Idempotency-Key", key)
		response, err := server.Client().Do(r)
		if err != nil {
			return err
		}
		defer response.Body.Close()
		if text, _ := io.ReadAll(response.Body); response.StatusCode/100 != 2 {
			return fmt.Errorf("%s %s: %d %s", method, path, response.StatusCode, text)
		}
		return nil
	}

	var group sync.WaitGroup
	for range workers {
		group.Go(func() {
			for round := range rounds {
				// All workers share the key of a round, so each round creates one destination.
				key := fmt.Sprint("round-", round)
				if err := send("POST", destinationsPath, plainWebhook, key); err != nil {
					t.Error(err)
				}
				if err := send("GET", destinationsPath, "", ""); err != nil {
					t.Error(err)
				}
				for _, d := range a.Destinations() {
					a.Edit(d.ID, func(d *Destination) { d.Config["headers"] = map[string]string{"A": "b"} })
				}
				a.SetBehavior(func(b *Behavior) { b.FillDefaults = !b.FillDefaults })
				_ = a.Requests()
			}
		})
	}
	group.Wait()
	if got := len(a.Destinations()); got != rounds {
		t.Errorf("%d destinations, want %d", got, rounds)
	}
	if got := len(a.Requests()); got != 2*workers*rounds {
		t.Errorf("%d requests, want %d", got, 2*workers*rounds)
	}
}
