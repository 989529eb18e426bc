package emulator

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// delivery is a request that a receiver received.
type delivery struct {
	method, uri string
	header      http.Header
	body        []byte
}

// receiver starts a server that responds with a status and headers. It sends the received requests to got.
func receiver(t *testing.T, status int, headers ...string) (url string, got <-chan delivery) {
	t.Helper()
	all := make(chan delivery, 16)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		all <- delivery{r.Method, r.RequestURI, r.Header, body}
		for i := 0; i < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
	}))
	t.Cleanup(server.Close)
	return server.URL, all
}

// webhookTo returns a create of a webhook.
func webhookTo(url, more string) string {
	return `{"name":"w","type":"webhook","config":{"url":"` + url + `","headers":{"X-Source":"talonic","Content-Type":"text/plain"}}` + more + `}`
}

func TestProbeCallsTheWebhook(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	url, got := receiver(t, 204)
	path := a.create(webhookTo(url+"/in?a=b", `,"auth_config":{"type":"bearer","token":"fake-token","signing_secret":"fake-secret"}`))
	probe := a.ok("POST", path+"/test", "{}")
	if probe["success"] != true || probe["httpStatus"] != 204.0 || probe["durationMs"] == nil || probe["message"] != "Destination is reachable." {
		t.Errorf("answered %v", probe)
	}

	sent := <-got
	if sent.method != "POST" || sent.uri != "/in?a=b" {
		t.Errorf("%s %s", sent.method, sent.uri)
	}
	for name, want := range map[string]string{
		"Authorization":       "Bearer fake-token",
		"Content-Type":        "application/json",
		"X-Source":            "talonic",
		"X-Talonic-Event":     "delivery.test",
		"X-Talonic-Signature": Sign("fake-secret", time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC), sent.body),
	} {
		if value := sent.header.Get(name); value != want {
			t.Errorf("%s is %q, want %q", name, value, want)
		}
	}
	key := sent.header.Get("X-Talonic-Delivery-Id")
	want := `{"event":{"event_type":"delivery.test","event_id":"0","binding_id":null,"idempotency_key":"` + key + `","attempt":1,` +
		`"delivered_at":"2024-09-01T10:00:00.000Z"},"payload":{"test":true},"content":null}`
	if string(sent.body) != want || !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(key) {
		t.Errorf("sent %s\nwant %s", sent.body, want)
	}
}

func TestSign(t *testing.T) {
	t.Parallel()
	// printf '1725184800.{"a":1}' | openssl dgst -sha256 -hmac fake-secret
	const want = "t=1725184800,v1=553c92be068f1c4e17afd5399bb6cd8b1c3469971a0b0773003549e5e60eded1"
	if got := Sign("fake-secret", time.Unix(1725184800, 0), []byte(`{"a":1}`)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestProbeAuthenticates(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ auth, header, want string }{
		"nothing stored":        {``, "Authorization", ""},
		"none":                  {`{"type":"none"}`, "Authorization", ""},
		"bearer":                {`{"type":"bearer","token":"fake"}`, "Authorization", "Bearer fake"},
		"basic":                 {`{"type":"basic","username":"u","password":"fake"}`, "Authorization", "Basic dTpmYWtl"},
		"basic without":         {`{"type":"basic"}`, "Authorization", "Basic Og=="},
		"API key":               {`{"type":"api_key","api_key":"fake"}`, "X-API-Key", "fake"},
		"API key in its header": {`{"type":"api_key","api_key":"fake","header_name":"X-Other"}`, "X-Other", "fake"},
		"a secret alone":        {`{"signing_secret":"fake"}`, "Authorization", ""},
		"no secret":             {`{"type":"bearer","token":"fake"}`, "X-Talonic-Signature", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := start(t)
			url, got := receiver(t, 200)
			if c.auth != "" {
				c.auth = `,"auth_config":` + c.auth
			}
			a.ok("POST", a.create(webhookTo(url, c.auth))+"/test", "")
			if value := (<-got).header.Get(c.header); value != c.want {
				t.Errorf("%s is %q, want %q", c.header, value, c.want)
			}
		})
	}
}

func TestProbeTellsWhatCame(t *testing.T) {
	t.Parallel()
	answering := func(status int) string { url, _ := receiver(t, status, "Location", "/elsewhere"); return url }
	hanging := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // only after reading the body does the handler detect that the client is gone
		<-r.Context().Done()
	}))
	t.Cleanup(hanging.Close)
	closing := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }))
	t.Cleanup(closing.Close)
	secure := httptest.NewUnstartedServer(http.NotFoundHandler())
	secure.Config.ErrorLog = log.New(io.Discard, "", 0) // without this, it would log the rejected certificate
	secure.StartTLS()
	t.Cleanup(secure.Close)

	for name, c := range map[string]struct{ url, want string }{
		"success":         {answering(202), `"success":true,"httpStatus":202,"message":"Destination is reachable."`},
		"unauthorized":    {answering(401), `"success":false,"httpStatus":401,"message":"endpoint refused the credentials"`},
		"forbidden":       {answering(403), `"success":false,"httpStatus":403,"message":"endpoint refused the credentials"`},
		"error":           {answering(500), `"success":false,"httpStatus":500,"message":"endpoint responded with 500 Internal Server Error"`},
		"redirect":        {answering(302), `"success":false,"httpStatus":302,"message":"endpoint responded with 302 Found"`},
		"hangs":           {hanging.URL, `"success":false,"message":"no response within 500ms"`},
		"closes":          {closing.URL, `"success":false,"message":"the connection was closed without an answer"`},
		"not trusted":     {secure.URL, `"success":false,"message":"the certificate is not trusted"`},
		"nothing there":   {"http://127.0.0.1:1", `"success":false,"message":"the connection was refused"`},
		"no such host":    {"http://fake-user:fake-password@no..where/?token=fake", `"success":false,"message":"the host name cannot be resolved"`},
		"impossible port": {"http://127.0.0.1:99999", `"success":false,"message":"the request could not be sent, or its answer not be read"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := start(t)
			if c.url == hanging.URL {
				a.probeTimeout = 500 * time.Millisecond
			}
			got := a.do("POST", a.create(webhookTo(c.url, ""))+"/test", "")
			body := regexp.MustCompile(`"durationMs":\d+,`).ReplaceAllString(got.body, "")
			if got.status != 200 || body != "{"+c.want+"}" {
				t.Errorf("got %d %s, want %s", got.status, body, c.want)
			}
		})
	}
}

func TestProbeWithoutURL(t *testing.T) {
	t.Parallel()
	a := start(t)
	for _, config := range []map[string]any{nil, {"url": 1}, {"url": "/in"}, {"url": "https://%zz"}} {
		added := a.Add(Destination{Type: "webhook", Config: config})
		want := `{"success":false,"durationMs":0,"message":"config.url must be an absolute http or https URL"}`
		if got := a.do("POST", destinationsPath+"/"+added+"/test", ""); got.body != want {
			t.Errorf("%v: %s", config, got.body)
		}
	}
}

func TestOutcomeThatWasSetWins(t *testing.T) {
	t.Parallel()
	a := start(t)
	url, got := receiver(t, 500)
	path := a.create(webhookTo(url, ""))
	a.SetTestOutcome(id(path), TestOutcome{Success: true})
	if probe := a.ok("POST", path+"/test", ""); probe["success"] != true || len(got) != 0 {
		t.Errorf("got %v, %d calls", probe, len(got))
	}
}

// The emulator calls the receiver without holding its lock, so the receiver can use the API and change the tested destination.
func TestProbeDoesNotHoldTheLock(t *testing.T) {
	t.Parallel()
	a := start(t)
	var path string
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		if status := a.do("DELETE", path, "").status; status != 200 {
			t.Errorf("DELETE: %d", status)
		}
	}))
	t.Cleanup(server.Close)
	path = a.create(webhookTo(server.URL, ""))
	a.ResetRequests()
	if probe := a.ok("POST", path+"/test", ""); probe["success"] != true {
		t.Errorf("got %v", probe)
	}
	requests := a.Requests() // in the order of their responses
	if len(requests) != 2 || requests[0].Method != "DELETE" || requests[1].Path != path+"/test" || requests[1].Status != 200 {
		t.Errorf("recorded %+v", requests)
	}
}

func TestFaultsOfProbes(t *testing.T) {
	t.Parallel()
	for kind, called := range map[FaultKind]int{ServerError: 0, LostRequest: 0, LostResponse: 1, ServerErrorAfter: 1, EmptyObject: 1} {
		a := start(t)
		url, got := receiver(t, 200)
		path := a.create(webhookTo(url, ""))
		a.ResetRequests()
		a.Inject(Fault{Kind: kind, Operation: "test"})
		observe(a.serve(), "POST", strings.TrimPrefix(path, destinationsPath)+"/test", "{}")
		if requests := a.Requests(); len(requests) != 1 || requests[0].Fault != kind || requests[0].Executed != (called > 0) {
			t.Errorf("%s: recorded %+v", kind, requests)
		}
		if len(got) != called {
			t.Errorf("%s: the receiver got %d calls, want %d", kind, len(got), called)
		}
	}
}

// A repeat waits for the first response, and the receiver is called once.
func TestRepeatedProbe(t *testing.T) {
	t.Parallel()
	a := start(t)
	var calls atomic.Int32
	proceed := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		calls.Add(1)
		<-proceed
	}))
	t.Cleanup(server.Close)
	path := a.create(webhookTo(server.URL, ""))

	answers := make(chan answer)
	for range 3 {
		go func() { answers <- a.do("POST", path+"/test", "{}", "Idempotency-Key", "k") }()
	}
	for calls.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	a.ok("GET", path, "")
	close(proceed)
	first := <-answers
	for range 2 {
		if again := <-answers; again.status != 200 || again.body != first.body {
			t.Errorf("got %d %s and %s", again.status, again.body, first.body)
		}
	}
	if again := a.do("POST", path+"/test", "{}", "Idempotency-Key", "k"); again.body != first.body {
		t.Errorf("later: %s", again.body)
	}
	if calls.Load() != 1 {
		t.Errorf("%d calls", calls.Load())
	}
}

// If a client gives up before the response, a repeat runs the test again.
func TestAbandonedProbe(t *testing.T) {
	t.Parallel()
	a := start(t)
	var calls atomic.Int32
	ctx, giveUp := context.WithCancel(t.Context())
	receiver := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		if calls.Add(1) == 1 {
			giveUp()
			<-r.Context().Done()
		}
	}))
	t.Cleanup(receiver.Close)
	server := a.serve()
	path := a.create(webhookTo(receiver.URL, ""))
	send := func(ctx context.Context) (probe map[string]any, err error) {
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, server.URL+path+"/test", nil)
		if err != nil {
			return nil, err
		}
		r.Header.Set("Authorization", "Bearer "+DefaultAPIKey)
		r.Header.Set("Idempotency-Key", "k")
		response, err := server.Client().Do(r)
		if err != nil {
			return nil, err
		}
		defer response.Body.Close()
		return probe, json.NewDecoder(response.Body).Decode(&probe)
	}
	if _, err := send(ctx); err == nil {
		t.Error("the first client did not give up")
	}
	if probe, err := send(t.Context()); err != nil || probe["success"] != true || calls.Load() != 2 {
		t.Errorf("got %v, %v after %d calls", probe, err, calls.Load())
	}
}
