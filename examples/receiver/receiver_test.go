package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// TestDelivered has both ends talk to each other: the emulated API tests a destination that delivers to the receiver.
func TestDelivered(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		authConfig map[string]any
		success    bool
		status     int64
		taken      []string
	}{
		"the same secret": {map[string]any{"signing_secret": "fake-secret"}, true, 204, []string{`delivery.test {"test":true}`}},
		"another secret":  {map[string]any{"signing_secret": "fake-other"}, false, 401, nil},
		"no secret":       {nil, false, 401, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var taken []string
			url := serve(t, receiver{[]string{"fake-secret"}, time.Now, func(d delivery) {
				taken = append(taken, d.Event.Type+" "+string(d.Payload))
			}})
			client, err := talonic.New(serve(t, emulator.New(emulator.Behavior{})), emulator.DefaultAPIKey)
			if err != nil {
				t.Fatal(err)
			}
			d, err := client.CreateDestination(t.Context(), talonic.NewDestination{
				Name: "Receiver", Type: "webhook", Config: map[string]any{"url": url},
				Credentials: talonic.Credentials{AuthConfig: c.authConfig},
			})
			if err != nil {
				t.Fatal(err)
			}
			got, err := client.TestDestination(t.Context(), d.Object.ID)
			if err != nil {
				t.Fatal(err)
			}
			if got.Success != c.success || got.HTTPStatus == nil || *got.HTTPStatus != c.status {
				t.Errorf("the test answered %+v", got)
			}
			if !slices.Equal(taken, c.taken) {
				t.Errorf("taken: %q", taken)
			}
		})
	}
}

// serve serves until the test is over, and says where.
func serve(t *testing.T, handler http.Handler) (url string) {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL
}

func TestReceiver(t *testing.T) {
	t.Parallel()
	at := time.Unix(signedAt, 0)
	for name, c := range map[string]struct {
		body string
		rest io.Reader // of the body, which is not signed
		want int
	}{
		"signed":         {`{"event":{}}`, nil, 204},
		"not signed":     {`{"event":{}}`, strings.NewReader(" "), 401},
		"not a delivery": {`event`, nil, 400},
		"just fits":      {`{}` + strings.Repeat(" ", maxBody-2), nil, 204},
		"too large":      {`{}` + strings.Repeat(" ", maxBody-1), nil, 413},
		"broken off":     {`{}`, broken{}, 400},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var body io.Reader = strings.NewReader(c.body)
			if c.rest != nil {
				body = io.MultiReader(body, c.rest)
			}
			request := httptest.NewRequest(http.MethodPost, "/", body)
			request.Header.Set("X-Talonic-Signature", emulator.Sign("fake-secret", at, []byte(c.body)))
			w, taken := httptest.NewRecorder(), 0
			receiver{[]string{"fake-secret"}, func() time.Time { return at }, func(delivery) { taken++ }}.ServeHTTP(w, request)
			if w.Code != c.want || (taken == 1) != (c.want == 204) {
				t.Errorf("%d %s, want %d; %d taken", w.Code, w.Body, c.want, taken)
			}
		})
	}
}

// broken is a connection that ends.
type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
