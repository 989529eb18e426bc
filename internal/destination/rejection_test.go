package destination

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Only keys in the message of a rejection that the API itself sent, for the only attempt, are omitted from a second request.
func TestRejectedKeys(t *testing.T) {
	t.Parallel()
	const (
		fromAPI     = `{"statusCode": 400, "code": "bad_request", "message": "config.color is not allowed"}`
		fromGateway = `{"detail": "config.color is not allowed"}`
	)
	desired := desiredState{unmanaged: map[string]any{"color": "red", "delivery": true, "Request": 1, "v1": 2, "url": "u"}, arguments: map[string]any{"url": "u"}}
	for name, c := range map[string]struct {
		responses []string // empty: the connection is closed
		want      []string
	}{
		"of the API":                  {[]string{fromAPI}, []string{"color"}},
		"of a gateway":                {[]string{fromGateway}, nil},
		"after a lost attempt":        {[]string{"", fromAPI}, nil},
		"that names an argument":      {[]string{strings.Replace(fromAPI, "color", "url", 1)}, nil},
		"that names a part of a path": {[]string{strings.Replace(fromAPI, "color", "shape", 1)}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			left := c.responses
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				body := left[0]
				left = left[1:]
				if body == "" {
					panic(http.ErrAbortHandler)
				}
				w.Header().Set("Content-Type", "application/json")
				w.WriteHeader(http.StatusBadRequest)
				_, _ = w.Write([]byte(body))
			}))
			t.Cleanup(server.Close)
			client, err := talonic.New(server.URL, "tlnc_key", talonic.WithMaxRetries(1), talonic.WithMaxRetryWait(1))
			if err != nil {
				t.Fatal(err)
			}
			_, err = client.UpdateDestination(context.Background(), "d1", talonic.DestinationChange{Config: map[string]any{"a": 1}})
			if diff := cmp.Diff(c.want, desired.rejectedKeys(err), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("%v (-want +got):\n%s", err, diff)
			}
		})
	}
}
