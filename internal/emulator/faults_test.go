package emulator

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

// faultCase describes how a client observes a fault with a wait of 2s, and whether the request was executed nevertheless.
type faultCase struct {
	request  string // METHOD and the path below the list; empty: a create
	want     string
	executed bool
}

var faultCases = map[FaultKind]faultCase{
	LostRequest:  {"", "no response", false},
	LostResponse: {"", "no response", true},
	CutBody:      {"", "201 application/json, then cut", true},
	Hang:         {"", "hangs", false},
	HangAfter:    {"", "hangs", true},
	SlowBody:     {"", "201 application/json, then hangs", true},
	LateResponse: {"", "hangs", true},
	LateBody:     {"", "201 application/json, then hangs", true},
	HugeBody:     {"GET", "200 application/json, huge", true},

	RateLimited:        {"", "429 application/json, Retry-After 2: rate_limited", false},
	RateLimitedDate:    {"", "429 application/json, Retry-After Sun, 01 Sep 2024 10:00:02 GMT: rate_limited", false},
	RateLimitedSeconds: {"", "429 application/json, X-RateLimit-Reset 1725184802: rate_limited", false},
	RateLimitedMillis:  {"", "429 application/json, X-RateLimit-Reset 1725184802000: rate_limited", false},
	RateLimitedISO:     {"", "429 application/json, X-RateLimit-Reset 2024-09-01T10:00:02.000Z: rate_limited", false},
	RateLimitedBare:    {"", "429 application/json: rate_limited", false},
	QuotaSpent:         {"", "429 application/json, X-RateLimit-Remaining 0, X-RateLimit-Reset 2024-09-01T10:00:02.000Z: rate_limited", false},
	ServerError:        {"", "500 application/json: internal_error", false},
	ServerErrorFinal:   {"", "500 application/json: internal_error, final", false},
	ServerErrorAfter:   {"", "500 application/json: internal_error", true},
	BadGateway:         {"", "502 text/html", false},
	Unavailable:        {"", "503 application/json, Retry-After 2: service_unavailable", false},
	GatewayTimeout:     {"", "504 text/html", true},
	Unauthorized:       {"", "401 application/json: unauthorized", false},
	Forbidden:          {"", "403 application/json: insufficient_scope", false},
	NotFound:           {"", "404 application/json: not_found", false},
	NotFoundPage:       {"", "404 text/html", false},
	ForeignNotFound:    {"", "404", false},
	Refused:            {"", "400 application/json: bad_request", false},
	Conflict:           {"", "409 application/json: conflict", false},
	Echo:               {"", "400 application/json: bad_request, echo", false},
	RedirectAway:       {"", "307, Location https://other.example.com/v1/delivery/destinations", false},
	Redirect:           {"", "307, Location /v1/delivery/destinations?redirected=1", false},
	Portal:             {"", "200 text/html", false},

	HTMLBody:         {"", "200 text/html", true},
	EmptyBody:        {"", "201 application/json", true},
	NullBody:         {"", "201 application/json, null", true},
	EmptyObject:      {"", "201 application/json, {}", true},
	ArrayBody:        {"", "201 application/json, [1]", true},
	TruncatedBody:    {"", `201 application/json, half`, true},
	WrongType:        {"", `201 text/html, "w"`, true},
	OtherDestination: {"", `201 application/json, "somebody else's"`, true},
	ExistingResult:   {"", `201 application/json, "w"`, false},
	WrongResult:      {"", `201 application/json, "w"`, true},
	NotDeleted:       {"DELETE /ID", "200 application/json, not deleted", false},
	OddItem:          {"GET", "200 application/json, 3 items", true},
	StaleDate:        {"", `201 application/json, "w"`, true},
	DuplicateItems:   {"GET", "200 application/json, 4 items", true},
	RepeatedCursor:   {"GET ?cursor=YWZ0ZXI6MA", "200 application/json, 2 items, next YWZ0ZXI6MA", true},
	LaggingList:      {"GET", "200 application/json, 1 items", true},
	FailedPage:       {"GET", "200 application/json, 1 items, next YWZ0ZXI6MA", true},
	RateLimitHeaders: {"", `201 application/json, X-RateLimit-Remaining 1, X-RateLimit-Reset 2024-09-01T10:00:02.000Z, "w"`, true},
}

func TestFaults(t *testing.T) {
	t.Parallel()
	for _, kind := range FaultKinds() {
		t.Run(kind.Name, func(t *testing.T) {
			t.Parallel()
			c, ok := faultCases[FaultKind(kind.Name)]
			if !ok || kind.Doc == "" {
				t.Fatal("it is not tested, or not explained")
			}
			a := start(t)
			a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
			first := id(a.create(plainWebhook))
			a.create(plainWebhook)
			a.ResetRequests()
			a.Inject(Fault{Kind: FaultKind(kind.Name), Times: 1, RetryAfter: 2 * time.Second, Delay: 2 * time.Second, To: "https://other.example.com"})
			server := a.serve()

			method, rest, _ := strings.Cut(strings.Replace(c.request, "ID", first, 1), " ")
			body, stored := "", 2
			if method == "" {
				method, body = "POST", plainWebhook
				if c.executed {
					stored = 3
				}
			}
			if got := observe(server, method, rest, body); got != c.want {
				t.Errorf("got %s\nwant %s", got, c.want)
			}
			recorded := a.Requests()
			if len(recorded) != 1 || recorded[0].Fault != FaultKind(kind.Name) || recorded[0].Executed != c.executed ||
				(recorded[0].ID == "") != (kind.Name == string(ForeignNotFound)) {
				t.Errorf("recorded %+v", recorded)
			}
			if got := len(a.Destinations()); got != stored {
				t.Errorf("%d destinations, want %d", got, stored)
			}
			if got := observe(server, "GET", "", ""); !strings.HasPrefix(got, "200 application/json") || strings.Contains(got, "huge") {
				t.Errorf("once more: %s", got)
			}
		})
	}
}

// serve serves the emulator until the test ends.
func (a api) serve() *httptest.Server {
	server := httptest.NewServer(a)
	a.t.Cleanup(server.Close)
	return server
}

// observe sends a request and describes the response.
func observe(server *httptest.Server, method, rest, body string) string {
	const patience = time.Second
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	impatient := time.AfterFunc(patience, cancel)
	defer impatient.Stop()

	client := *server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r, err := http.NewRequestWithContext(ctx, method, server.URL+destinationsPath+rest, strings.NewReader(body))
	if err != nil {
		return err.Error()
	}
	r.Header.Set("Authorization", "Bearer "+DefaultAPIKey)
	r.Header.Set("Content-Type", "application/json")
	response, err := client.Do(r)
	switch {
	case err != nil && ctx.Err() != nil:
		return "hangs"
	case err != nil:
		return "no response"
	}
	defer response.Body.Close()

	mediaType, _, _ := strings.Cut(response.Header.Get("Content-Type"), ";")
	seen := strings.TrimSpace(fmt.Sprint(response.StatusCode, " ", mediaType))
	for _, name := range []string{"Retry-After", "X-RateLimit-Remaining", "X-RateLimit-Reset", "Location"} {
		if value := response.Header.Get(name); value != "" {
			seen += ", " + name + " " + value
		}
	}
	return seen + content(ctx, response, impatient)
}

// content describes a body.
func content(ctx context.Context, response *http.Response, impatient *time.Timer) string {
	if response.ContentLength < 0 {
		impatient.Stop() // a huge body takes long
	}
	text, err := io.ReadAll(response.Body)
	object, _ := decoded(text).(map[string]any)
	items, isList := object["data"].([]any)
	switch {
	case err != nil && ctx.Err() != nil:
		return ", then hangs"
	case err != nil:
		return ", then cut"
	case len(text) > 64<<20:
		return ", huge"
	case len(text) == 0 || text[0] == '<':
		return ""
	case object["code"] != nil:
		seen := fmt.Sprint(": ", object["code"])
		if message := fmt.Sprint(object["message"]); strings.Contains(message, DefaultAPIKey) && strings.Contains(message, "hooks.example.com") {
			seen += ", echo"
		}
		if response.StatusCode == http.StatusInternalServerError && object["retryable"] == false {
			seen += ", final"
		}
		return seen
	case isList:
		seen := fmt.Sprintf(", %d items", len(items))
		if next := show(object, "pagination.next_cursor"); next != "null" {
			seen += ", next " + strings.Trim(next, `"`)
		}
		return seen
	case object["deleted"] == false:
		return ", not deleted"
	case object["name"] != nil:
		return ", " + show(object, "name")
	case object == nil && text[0] == '{':
		return ", half"
	}
	return ", " + string(text)
}

func TestFaultsApplyToSomeRequests(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fault Fault
		want  []int // statuses of a list, a read and a create, twice
	}{
		{Fault{}, []int{500, 500, 500, 500, 500, 500}},
		{Fault{Operation: "list"}, []int{500, 200, 201, 500, 200, 201}},
		{Fault{Method: "get"}, []int{500, 500, 201, 500, 500, 201}},
		{Fault{Path: destinationsPath + "/"}, []int{200, 500, 201, 200, 500, 201}},
		{Fault{Times: 2}, []int{500, 500, 201, 200, 200, 201}},
		{Fault{After: 1, Times: 2, Method: "GET"}, []int{200, 500, 201, 500, 200, 201}},
		{Fault{Operation: "catalog"}, []int{200, 200, 201, 200, 200, 201}},
		{Fault{Percent: 100}, []int{500, 500, 500, 500, 500, 500}},
	} {
		a := start(t)
		path := a.create(plainWebhook)
		c.fault.Kind = ServerError
		a.Inject(c.fault)
		var got []int
		for range 2 {
			got = append(got, a.do("GET", destinationsPath, "").status, a.do("GET", path, "").status,
				a.do("POST", destinationsPath, plainWebhook).status)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.fault, got, c.want)
		}
		a.ClearFaults()
		if status := a.do("GET", path, "").status; status != 200 {
			t.Errorf("%+v: %d after the end", c.fault, status)
		}
	}
}

func TestFaultByChance(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.Inject(Fault{Kind: ServerError, Percent: 30}, Fault{Kind: Conflict, Percent: 50})
	counts := map[int]int{}
	for range 1000 {
		counts[a.do("GET", destinationsPath, "").status]++
	}
	// The second fault applies to the requests that the first fault passes. The bounds allow for chance.
	if counts[500] < 200 || counts[500] > 400 || counts[409] < 250 || counts[409] > 450 {
		t.Errorf("got %v", counts)
	}
}

// A write that was executed before its response was lost is not executed again with the same key.
func TestFaultsAndIdempotency(t *testing.T) {
	t.Parallel()
	for setting, want := range map[string]int{"IgnoreIdempotencyKey=false": 1, "IgnoreIdempotencyKey": 2} {
		a := start(t, setting)
		a.Inject(Fault{Kind: ServerErrorAfter, Times: 1})
		for range 2 {
			a.do("POST", destinationsPath, plainWebhook, "Idempotency-Key", "k")
		}
		if got := len(a.Destinations()); got != want {
			t.Errorf("%s: %d destinations, want %d", setting, got, want)
		}
	}
}

func TestClearFaultsEndsWhatHangs(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.Inject(Fault{Kind: Hang})
	server := a.serve()
	go func() {
		for len(a.Requests()) == 0 {
			time.Sleep(time.Millisecond)
		}
		a.ClearFaults()
	}()
	if response, err := http.Get(server.URL); err == nil {
		response.Body.Close()
		t.Errorf("got %s", response.Status)
	}
}

func TestClockSkew(t *testing.T) {
	t.Parallel()
	a := start(t)
	a.at(time.Date(2024, 9, 1, 10, 0, 0, 0, time.UTC))
	a.SetClockSkew(-time.Hour)
	got := a.do("POST", destinationsPath, plainWebhook)
	if created := show(a.object(got), "created_at"); created != `"2024-09-01T09:00:00.000Z"` {
		t.Errorf("created at %s", created)
	}
	if date := got.header.Get("Date"); date != "Sun, 01 Sep 2024 09:00:00 GMT" {
		t.Errorf("Date is %s", date)
	}
}

func TestParseFault(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Fault{
		"hang":                          {Kind: Hang},
		"Lost-Response:METHOD=POST":     {Kind: LostResponse, Method: "POST"},
		"conflict:times=2,percent=30":   {Kind: Conflict, Times: 2, Percent: 30},
		"rate-limited:retryAfter=1m30s": {Kind: RateLimited, RetryAfter: 90 * time.Second},
		"redirect-away:operation=list,path=/v1,after=3,to=http://127.0.0.1:1": {
			Kind: RedirectAway, Operation: "list", Path: "/v1", After: 3, To: "http://127.0.0.1:1"},
	} {
		if got, err := ParseFault(text); err != nil || got != want {
			t.Errorf("%s: %+v, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"nonsense":           `no fault is named "nonsense"`,
		"hang:":              `hang: no key is named ""`,
		"hang:kind=conflict": `hang: no key is named "kind"`,
		"hang:times=many":    `hang: times is a number from 0, not "many"`,
		"hang:percent=-1":    `hang: percent is a number from 0, not "-1"`,
		"hang:retryafter=5":  `hang: retryafter is a duration such as 2s, not "5"`,
		"hang:operation=fly": `hang: operation is one of create, list, read, update, delete, test, catalog, ` +
			`create-binding, list-bindings, read-binding, update-binding, delete-binding, preview-binding, ` +
			`list-attempts, read-attempt, replay-attempt, list-dead-letters, replay-dead-letter, dismiss-dead-letter, not "fly"`,
	} {
		if _, err := ParseFault(text); err == nil || err.Error() != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestEveryFaultHasAnEffect(t *testing.T) {
	t.Parallel()
	listed := map[FaultKind]bool{}
	for _, kind := range FaultKinds() {
		listed[FaultKind(kind.Name)] = true
	}
	for kind := range effects {
		if !listed[kind] {
			t.Errorf("%s is not listed", kind)
		}
	}
	if len(listed) != len(effects) {
		t.Errorf("%d kinds, %d effects", len(listed), len(effects))
	}
}
