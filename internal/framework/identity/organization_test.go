package identity_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// listing serves both lists with objects of these organizations. "" stands for an object without a customer_id.
func listing(destinations, bindings []string, status int, requests *atomic.Int32) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		if status != http.StatusOK {
			w.WriteHeader(status)
			_, _ = fmt.Fprint(w, `{"statusCode":403,"code":"forbidden","message":"no"}`)
			return
		}
		var items []string
		if strings.HasSuffix(r.URL.Path, "/destinations") {
			for i, id := range destinations {
				items = append(items, fmt.Sprintf(`{"id":"d%d","customer_id":%q,"name":"a","type":"webhook","config":{}}`, i, id))
			}
		} else {
			for i, id := range bindings {
				items = append(items, fmt.Sprintf(`{"id":"b%d","customer_id":%q,"name":"a","signal_filter":{"event_type":"e"},"deliverable_type":"d",`+
					`"destination_id":"d","serializer_format":"json"}`, i, id))
			}
		}
		_, _ = fmt.Fprintf(w, `{"data":[%s]}`, strings.Join(items, ","))
	})
}

func TestDisowns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		owner        string
		saw          string
		destinations []string
		bindings     []string
		status       int
		want         string // part of the error; empty: the object may be gone
		confirmed    bool
		requests     int32
	}{
		"the same":                   {owner: "a", destinations: []string{"a"}, confirmed: true, requests: 1},
		"another":                    {owner: "a", destinations: []string{"b"}, want: `read the objects of "b"`, requests: 1},
		"a key of several":           {owner: "a", destinations: []string{"b", "", "a"}, confirmed: true, requests: 1},
		"several others":             {owner: "a", destinations: []string{"b", "c", "d", "e", "f"}, want: `"b", "c", "d", 2 more`, requests: 1},
		"the owner is not known":     {destinations: []string{"b"}},
		"the API does not show it":   {owner: "a", destinations: []string{""}, requests: 1},
		"no destinations":            {owner: "a", bindings: []string{"b"}, want: `read the objects of "b"`, requests: 2},
		"nothing":                    {owner: "a", requests: 2},
		"seen already":               {owner: "a", saw: "a", destinations: []string{"b"}, confirmed: true},
		"another seen already":       {owner: "a", saw: "b", destinations: []string{"a"}, confirmed: true, requests: 1},
		"not to be found out":        {owner: "a", status: http.StatusForbidden, want: "could not determine", requests: 1},
		"what is no id is not shown": {owner: "a", destinations: []string{"\n", strings.Repeat("a", 200)}, requests: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var requests atomic.Int32
			server := httptest.NewServer(listing(c.destinations, c.bindings, max(c.status, http.StatusOK), &requests))
			t.Cleanup(server.Close)
			client, err := talonic.New(server.URL, "key", talonic.WithMaxRetries(0))
			if err != nil {
				t.Fatal(err)
			}
			o := identity.NewOrganization(client)
			o.Saw(c.saw)
			for range 2 {
				d := o.Disowns(t.Context(), apidiag.Reading, apidiag.Subject{Noun: "thing", Name: "one"}, c.owner)
				switch {
				case (d == nil) != (c.want == ""):
					t.Errorf("%v", d)
				case d != nil && (!strings.Contains(d.Detail(), c.want) || d.Summary() != "Cannot read delivery thing" || !strings.HasPrefix(d.Detail(), `Delivery thing "one": `)):
					t.Errorf("%q is not in: %s: %s", c.want, d.Summary(), d.Detail())
				}
			}
			if got := o.Confirms(c.owner); got != c.confirmed {
				t.Errorf("confirmed: %t", got)
			}
			if got := requests.Load(); got > c.requests {
				t.Errorf("%d requests, not %d", got, c.requests)
			}
		})
	}
	var none *identity.Organization
	none.Saw("a")
	if d := none.Disowns(t.Context(), apidiag.Reading, apidiag.Subject{}, "a"); d != nil {
		t.Errorf("%v", d)
	}
}

func TestOrganizationChanged(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		before, now string
		want        bool
	}{
		{"", "", false}, {"a", "", false}, {"", "a", false}, {"a", "a", false}, {"a", "b", true}, {"a", "\x1b", false},
	} {
		if d := identity.OrganizationChanged(apidiag.Subject{Noun: "thing", Name: "one"}, c.before, c.now); (d != nil) != c.want {
			t.Errorf("%q, %q: %v", c.before, c.now, d)
		}
	}
}
