package talonic

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
)

// A different destination in the response to a create is not the result. The API may have changed the arguments, so the error
// names the destination.
func TestCreateAnsweredWithAnother(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"type": `{"id":"x","name":"n","type":"s3"}`,
		"name": `{"id":"x","name":"another","type":"webhook"}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				client := newClient(t, DefaultBaseURL, WithTransport(steps(respond(201, answer), respond(200, `{"data":[]}`))))
				_, err := client.CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"})
				var unknown *OutcomeUnknownError
				if !errors.As(err, &unknown) || !slices.Equal(unknown.Candidates, []string{"x"}) {
					t.Errorf("error = %v, candidates %v", err, unknown)
				}
			})
		})
	}
}

// A Date header that is far ahead does not make a new object look older.
func TestCreateAnsweredWithDateAhead(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		body := strings.Replace(complete("d1"), `"name"`, `"created_at":"2000-01-01T00:00:00.000Z","name"`, 1)
		connection := steps(respond(201, body, "Date", "Sat, 01 Jan 2000 01:00:00 GMT"), respond(200, `{"data":[]}`))
		client := newClient(t, DefaultBaseURL, WithTransport(connection))
		if _, err := client.CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"}); err != nil {
			t.Error(err)
		}
	})
}

// If the response to a create differs from the request or lacks most fields, its object may have existed before. The client reads
// the object, and accepts it only if it is new.
func TestCreateAnsweredWithAnOlderOne(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ response, stored string }{
		"without created_at": {`{"id":"old","name":"n","type":"webhook","payload_cap_bytes":7}`, `"payload_cap_bytes":7,"created_at":"1999-12-31T23:50:00.000Z"`},
		"the least":          {`{"id":"old","name":"n","type":"webhook"}`, `"created_at":"1999-12-31T23:50:00.000Z"`},
		"another created_at": {`{"id":"old","name":"n","type":"webhook","payload_cap_bytes":7,"created_at":"2000-01-01T00:00:00.000Z"}`, `"payload_cap_bytes":7,"created_at":"1999-12-31T23:50:00.000Z"`},
		"all but created_at": {complete("old"), `"created_at":"1999-12-31T23:50:00.000Z"`},
		"never a created_at": {`{"id":"old","name":"n","type":"webhook","payload_cap_bytes":7}`, `"payload_cap_bytes":7`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				stored := strings.Replace(complete("old"), `"name"`, c.stored+`,"name"`, 1)
				client := newClient(t, DefaultBaseURL, WithTransport(steps(step{func(r *http.Request) (*http.Response, error) {
					switch {
					case r.Method == http.MethodPost:
						return respond(201, c.response).answer(r)
					case strings.HasSuffix(r.URL.Path, "/old"):
						return respond(200, stored).answer(r)
					}
					return respond(200, `{"data":[`+stored+`]}`).answer(r)
				}})))
				if created, err := client.CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"}); !isOutcomeUnknown(err) {
					t.Errorf("created %v, error = %v", created, err)
				}
			})
		})
	}
}

// A stale Date header does not make an object that existed before look new.
func TestCreateAnsweredWithStaleDate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		body := strings.Replace(complete("old"), `"name"`, `"created_at":"1999-12-31T23:32:47.000Z","name"`, 1)
		connection := steps(respond(201, body, "Date", "Fri, 31 Dec 1999 23:00:00 GMT"), respond(200, `{"data":[`+body+`]}`))
		client := newClient(t, DefaultBaseURL, WithTransport(connection))
		sent := NewDestination{Name: "n", Type: "webhook", Config: map[string]any{}}
		if created, err := client.CreateDestination(t.Context(), sent); !isOutcomeUnknown(err) {
			t.Errorf("created %v, error = %v", created, err)
		}
	})
}

// A new object has no credentials that were not sent. A signing secret inside auth_config may count as authentication.
func TestCreateAnsweredWithCredentialsThatWereNotSent(t *testing.T) {
	t.Parallel()
	signed := Credentials{AuthConfig: map[string]any{"signing_secret": "whsec_1"}}
	for name, c := range map[string]struct {
		sent          Credentials
		auth, signing bool
		want          bool
	}{
		"none":                       {},
		"authentication, not sent":   {auth: true, want: true},
		"signing secret, not sent":   {signing: true, want: true},
		"both as one":                {sent: signed, auth: true, signing: true},
		"sent, and not stored":       {sent: signed},
		"sent at top level":          {sent: Credentials{SigningSecret: Value("whsec_1")}, signing: true},
		"sent at top level, another": {sent: Credentials{SigningSecret: Value("whsec_1")}, auth: true, signing: true, want: true},
	} {
		d := NewDestination{Name: "n", Type: "webhook", Credentials: c.sent}
		if got := d.contradicts(Destination{Name: "n", Type: "webhook", HasAuthConfig: &c.auth, HasSigningSecret: &c.signing}); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
