package talonic

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// creator is a small API that creates and lists destinations, and can lose responses.
type creator struct {
	now      func() time.Time // clock of the API
	honors   bool             // whether it honors the Idempotency-Key
	lose     int              // number of responses to creates that are lost after the write
	refuse   int              // number of creates that get a 503 without a write
	garble   int              // number of responses to creates that are truncated after the write
	reject   *gatewayResponse // a gateway's response to creates; nil: none
	listFail bool
	lag      int // number of lists that omit all new destinations

	mu    sync.Mutex
	all   []Destination
	keys  map[string]Destination
	posts int
	lists int
	puts  int
}

// gatewayResponse is a gateway's response to a number of creates, which the gateway may forward to the API.
type gatewayResponse struct {
	status, times int
	body          string
	forwards      bool
}

func (a *creator) RoundTrip(r *http.Request) (*http.Response, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	answer := func(status int, v any) (*http.Response, error) {
		body, _ := json.Marshal(v)
		return newResponse(r, status, strings.NewReader(string(body)), "Date", a.now().UTC().Format(http.TimeFormat)), nil
	}
	if r.Method == http.MethodGet {
		for _, d := range a.all {
			if strings.HasSuffix(r.URL.Path, "/"+d.ID) {
				return answer(200, d)
			}
		}
		a.lists++
		if a.listFail {
			return answer(404, map[string]any{"message": "no list"})
		}
		shown := a.all
		if a.lag > 0 {
			a.lag--
			shown = a.all[:1]
		}
		return answer(200, map[string]any{"data": append([]Destination{}, shown...)})
	}
	if r.Method == http.MethodDelete {
		a.all = slices.DeleteFunc(a.all, func(d Destination) bool { return strings.HasSuffix(r.URL.Path, "/"+d.ID) })
		return answer(200, map[string]any{"deleted": true})
	}
	if r.Method == http.MethodPut {
		for _, d := range a.all {
			if strings.HasSuffix(r.URL.Path, "/"+d.ID) {
				a.puts++
				return answer(200, d)
			}
		}
		return answer(404, map[string]any{})
	}
	a.posts++
	if a.reject != nil && a.reject.times > 0 && !a.reject.forwards {
		a.reject.times--
		return newResponse(r, a.reject.status, strings.NewReader(a.reject.body), "Date", a.now().UTC().Format(http.TimeFormat)), nil
	}
	if a.refuse > 0 {
		a.refuse--
		return answer(503, map[string]any{})
	}
	var d Destination
	if err := json.NewDecoder(r.Body).Decode(&d); err != nil {
		return answer(400, map[string]any{})
	}
	d.Config, d.IsActive = map[string]any{}, true
	d.HasAuthConfig, d.HasSigningSecret = new(false), new(false)
	first, repeated := a.keys[r.Header.Get("Idempotency-Key")]
	if a.honors && repeated {
		d = first
	} else {
		d.ID = fmt.Sprintf("d%d", len(a.all)+1)
		d.CreatedAt = a.now().UTC().Format("2006-01-02T15:04:05.000Z")
		a.all = append(a.all, d)
		if a.keys == nil {
			a.keys = map[string]Destination{}
		}
		a.keys[r.Header.Get("Idempotency-Key")] = d
	}
	if a.reject != nil && a.reject.times > 0 {
		a.reject.times--
		return newResponse(r, a.reject.status, strings.NewReader(a.reject.body), "Date", a.now().UTC().Format(http.TimeFormat)), nil
	}
	if a.lose > 0 {
		a.lose--
		return nil, errors.New("connection reset")
	}
	if a.garble > 0 {
		a.garble--
		return newResponse(r, 201, strings.NewReader(`{"id":"d`)), nil
	}
	return answer(201, d)
}

// One create produces one destination, whichever responses are lost, and whether or not the API honors the Idempotency-Key.
func TestCreateRecovers(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		api   *creator
		clock time.Duration // lead of the API's clock over ours
		posts int
		lists int
	}{
		"nothing lost":       {&creator{}, 0, 1, 0},
		"answer lost":        {&creator{lose: 1}, 0, 1, 1},
		"answer cut":         {&creator{garble: 1}, 0, 1, 1},
		"refused, then lost": {&creator{refuse: 2, lose: 1}, 0, 3, 3},
		"list lags behind":   {&creator{lose: 1, lag: 3}, 0, 2, 4}, // without the key, a second destination, which the result names
		"clock ahead":        {&creator{lose: 1}, time.Hour, 1, 2},
	} {
		for _, honors := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", key honored: ", honors), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					api := &creator{lose: c.api.lose, refuse: c.api.refuse, garble: c.api.garble, lag: c.api.lag}
					api.honors, api.now = honors, func() time.Time { return time.Now().Add(c.clock) }
					// This destination existed before and has the same values, but is someone else's.
					api.all = []Destination{{ID: "old", Name: "n", Type: "webhook", Config: map[string]any{}, HasAuthConfig: new(false), HasSigningSecret: new(false), IsActive: true, CreatedAt: api.now().Add(-time.Minute).UTC().Format(time.RFC3339)}}
					client := newClient(t, DefaultBaseURL, WithTransport(api))
					d, err := client.CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"})
					if err != nil {
						t.Fatal(err)
					}
					duplicates, want := []string(nil), "d2"
					if c.api.lag > 0 && !honors {
						duplicates, want = []string{"d2"}, "d3"
					}
					if !slices.Equal(d.Duplicates, duplicates) || d.Adopted != (c.lists > 0 && c.api.lag == 0) || d.Resent != (c.lists > 0) {
						t.Errorf("duplicates %v, adopted %t, resent %t", d.Duplicates, d.Adopted, d.Resent)
					}
					if d.Object.ID != want || len(api.all) != 2+len(duplicates) || api.posts != c.posts || api.lists != c.lists {
						t.Errorf("%s of %d at the API, %d posts, %d lists", d.Object.ID, len(api.all), api.posts, api.lists)
					}
				})
			})
		}
	}
}

// A gateway may reject the response to a create that it forwarded. The client looks up the result of such a create, and retries
// only after a 429 response or a status that reports a timeout.
func TestCreateRejectedByAGateway(t *testing.T) {
	t.Parallel()
	const html, aws = `<html>no</html>`, `{"message":"Forbidden"}`
	const fromAPI = `{"statusCode":429,"code":"rate_limited","message":"slow down"}`
	for name, c := range map[string]struct {
		gateway      gatewayResponse
		want         string // "created", "adopted", "unknown" or "rejected"
		posts, lists int
	}{
		"403, forwarded":            {gatewayResponse{403, 1, html, true}, "adopted", 1, 1},
		"403, not forwarded":        {gatewayResponse{403, 9, aws, false}, "unknown", 1, 1},
		"400, not forwarded":        {gatewayResponse{400, 9, ``, false}, "unknown", 1, 1},
		"429, forwarded":            {gatewayResponse{429, 1, html, true}, "adopted", 1, 1},
		"429, not forwarded":        {gatewayResponse{429, 1, html, false}, "created", 2, 2}, // the second list looks for duplicates
		"408, forwarded":            {gatewayResponse{408, 1, ``, true}, "adopted", 1, 1},
		"408, not forwarded":        {gatewayResponse{408, 1, ``, false}, "created", 2, 2},
		"429 of the API":            {gatewayResponse{429, 1, fromAPI, false}, "created", 2, 0},
		"400 of the API":            {gatewayResponse{400, 9, `{"statusCode":400,"message":["no"],"error":"Bad Request"}`, false}, "rejected", 1, 0},
		"404, no such path":         {gatewayResponse{404, 9, html, false}, "rejected", 1, 0},
		"401, for the gateway":      {gatewayResponse{401, 9, ``, false}, "rejected", 1, 0},
		"403 of the API, by a code": {gatewayResponse{403, 9, `{"error":{"code":"insufficient_scope","message":"no"}}`, false}, "rejected", 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := &creator{now: time.Now, reject: &c.gateway}
				d, err := newClient(t, DefaultBaseURL, WithTransport(api)).CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"})
				got := "created"
				switch {
				case isOutcomeUnknown(err):
					got = "unknown"
				case err != nil:
					got = "rejected"
				case d.Adopted:
					got = "adopted"
				}
				if got != c.want || api.posts != c.posts || api.lists != c.lists || len(api.all) > 1 {
					t.Errorf("%s with %d posts and %d lists, %d at the API: %v", got, api.posts, api.lists, len(api.all), err)
				}
			})
		})
	}
}

// If a gateway rejects a retry, the error keeps the reason why the outcome of the earlier attempt is unknown.
func TestCreateRejectedByAGatewayLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		posts := 0
		connection := step{func(r *http.Request) (*http.Response, error) {
			date := []string{"Date", time.Now().UTC().Format(http.TimeFormat)}
			if r.Method == http.MethodGet {
				return newResponse(r, 200, strings.NewReader(`{"data":[]}`), date...), nil
			}
			posts++
			return newResponse(r, map[bool]int{true: 502, false: 403}[posts == 1], strings.NewReader("<html>"), date...), nil
		}}
		_, err := newClient(t, DefaultBaseURL, WithTransport(steps(connection))).CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"})
		var unknown *OutcomeUnknownError
		if !errors.As(err, &unknown) || !HasStatus(unknown.Cause, 502) || !HasStatus(unknown.Refusal, 403) || posts != 2 {
			t.Errorf("%d posts: %v", posts, err)
		}
	})
}

// If the responses to many concurrent creates of identical destinations are lost, each create finds its own destination.
func TestCreatesKeptApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const n = 8
		api := &creator{now: time.Now, lose: n}
		client := newClient(t, DefaultBaseURL, WithTransport(api))
		var (
			mu  sync.Mutex
			ids = map[string]bool{}
			all sync.WaitGroup
		)
		for range n {
			all.Go(func() {
				d, err := client.CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				ids[d.Object.ID] = true
			})
		}
		all.Wait()
		if len(ids) != n || len(api.all) != n {
			t.Errorf("%d different results, %d at the API; want %d of each", len(ids), len(api.all), n)
		}
	})
}

// If the result cannot be identified, the error names the candidates.
func TestCreateOutcomeStaysUnknown(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		api        *creator
		clock      time.Duration // lead of the API's clock over ours
		sneak      bool          // meanwhile, another process creates an identical destination
		candidates []string
		lookup     bool
		posts      int
	}{
		"list fails":         {api: &creator{lose: 1, listFail: true}, lookup: true, posts: 1},
		"two look the same":  {api: &creator{lose: 1}, sneak: true, candidates: []string{"d2", "other"}, posts: 1},
		"clock behind":       {api: &creator{lose: 1}, clock: -time.Hour, candidates: []string{"d1"}, posts: 1}, // or a stale Date
		"refused for ever":   {api: &creator{refuse: 100}, posts: 5},
		"success, not found": {api: &creator{garble: 100}, posts: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c.api.now = func() time.Time { return time.Now().Add(c.clock) }
				if c.sneak {
					c.api.all = []Destination{{ID: "other", Name: "n", Type: "webhook", Config: map[string]any{}, HasAuthConfig: new(false), HasSigningSecret: new(false), IsActive: true, CreatedAt: time.Now().UTC().Format(time.RFC3339)}}
				}
				d := NewDestination{Name: "n", Type: "webhook"}
				if name == "success, not found" {
					d.MatchConfig = func(map[string]any) Match { return Different }
				}
				client := newClient(t, DefaultBaseURL, WithTransport(c.api))
				_, err := client.CreateDestination(t.Context(), d)
				var unknown *OutcomeUnknownError
				if !errors.As(err, &unknown) {
					t.Fatalf("error = %v, want an *OutcomeUnknownError", err)
				}
				if diff := cmp.Diff(c.candidates, unknown.Candidates); diff != "" {
					t.Errorf("candidates (-want +got):\n%s", diff)
				}
				if (unknown.Lookup != nil) != c.lookup || c.api.posts != c.posts {
					t.Errorf("lookup: %v, %d posts", unknown.Lookup, c.api.posts)
				}
			})
		})
	}
}

// A destination that someone else created before this create is never adopted, whatever clocks and headers show.
func TestCreateAdoptsNothingOlder(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		age        time.Duration // of someone else's destination
		date, made time.Duration // offsets of the Date header and of created_at from the local clock
	}{
		"by a second":                   {age: 1100 * time.Millisecond},
		"by 3 seconds":                  {age: 3 * time.Second},
		"a stale Date":                  {age: 49 * time.Minute, date: -50 * time.Minute},
		"a stale Date of the same time": {age: 50 * time.Minute, date: -50 * time.Minute},
		"a stale Date of seconds":       {age: 5 * time.Second, date: -10 * time.Second},
		"another clock that is ahead":   {age: 3 * time.Second, made: 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				start := time.Now()
				api := &creator{refuse: 1, now: func() time.Time { return time.Now().Add(c.date) }}
				api.all = []Destination{{
					ID: "theirs", Name: "n", Type: "webhook", Config: map[string]any{}, HasAuthConfig: new(false), HasSigningSecret: new(false), IsActive: true,
					CreatedAt: start.Add(c.made - c.age).UTC().Format("2006-01-02T15:04:05.000Z"),
				}}
				client := newClient(t, DefaultBaseURL, WithTransport(api))
				d, err := client.CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"})
				if err == nil && d.Object.ID == "theirs" || api.puts > 0 {
					t.Errorf("it was adopted, and written %d times", api.puts)
				}
			})
		})
	}
}

// If a create was sent twice and the list contains neither result, the list proves nothing, and the result reports that.
func TestCreateToldWhereTheListLags(t *testing.T) {
	t.Parallel()
	for name, api := range map[string]*creator{
		"lags":  {lose: 1, lag: 100, all: []Destination{{ID: "other", Name: "o", Type: "webhook"}}},
		"shows": {refuse: 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api.now = time.Now
				d, err := newClient(t, DefaultBaseURL, WithTransport(api)).CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"})
				if err != nil || api.posts != 2 {
					t.Fatalf("%d posts, error = %v", api.posts, err)
				}
				if want := name == "lags"; d.Unlisted != want {
					t.Errorf("unlisted: %t, want %t", d.Unlisted, want)
				}
			})
		})
	}
}

// A list may omit everything except the ID, so that only reads by ID identify the result. An object that is malformed in a read by
// ID as well is never the result.
func TestCreateRecoversFromListOfIDs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := &creator{now: time.Now, lose: 1, all: []Destination{{ID: "odd"}}}
		onlyIDs := direct{http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/destinations") {
				answer(w, 200, `{"data":[{"id":"odd"},{"id":"d2"}]}`)
				return
			}
			response, err := api.RoundTrip(r)
			if err != nil {
				panic(http.ErrAbortHandler)
			}
			defer func() { _ = response.Body.Close() }()
			body, _ := io.ReadAll(response.Body)
			w.Header().Set("Date", response.Header.Get("Date"))
			answer(w, response.StatusCode, string(body))
		})}
		d, err := newClient(t, DefaultBaseURL, WithTransport(onlyIDs)).CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook"})
		if err != nil || d.Object.ID != "d2" || !d.Adopted || api.posts != 1 {
			t.Errorf("created %v with %d requests, error = %v", d, api.posts, err)
		}
	})
}

// If the API changes the arguments that it stores, the result of an earlier attempt has the same values as the known result, and
// is reported as a duplicate.
func TestCreateNamesDuplicatesThatTheAPIChanged(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api := &creator{now: time.Now, lose: 1} // it stores no config
		client := newClient(t, DefaultBaseURL, WithTransport(api))
		d, err := client.CreateDestination(t.Context(), NewDestination{Name: "n", Type: "webhook", PayloadCapBytes: new(int64(9)), Config: map[string]any{"url": "https://x"},
			MatchConfig: func(map[string]any) Match { return Different }})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(d.Duplicates, []string{"d1"}) || !d.Contradicts {
			t.Errorf("duplicates %v of %s, contradicts: %t", d.Duplicates, d.Object.ID, d.Contradicts)
		}
	})
}
