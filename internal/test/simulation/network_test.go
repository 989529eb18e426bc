package simulation

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"time"
)

// network simulates the network and gateways between our process and the API.
type network struct {
	world *world

	mu     sync.Mutex
	random *rand.Rand
}

// fate is the simulated outcome of a request.
type fate struct {
	name     string
	executed execution
	status   int    // 0: the status of the API's response
	body     string // for the status; "cut" and "other" select a variant of the API's success
	lost     bool   // the response is lost
	slow     bool   // the request takes longer than the timeout of an attempt
}

type execution int

const (
	before execution = iota
	never
	later
)

// Statuses after which the API may have executed the request, and statuses after which it has not.
var (
	ambiguous  = []int{408, 425, 460, 499, 500, 502, 503, 504}
	definitive = []int{400, 401, 403, 404, 409, 422, 429}

	// inspected are statuses with which a gateway may reject the response to a forwarded request.
	inspected = []int{400, 402, 403, 409, 422, 429}
)

// gateways are bodies that the API never sends.
var gateways = []string{``, `<html>no</html>`, `{"message":"no"}`}

// foreign are bodies of gateways.
var foreign = []string{``, `<html>no</html>`, `{"message":"no"}`, `{"statusCode":404,"message":"Resource not found"}`, `{"error":{"code":404,"status":"NOT_FOUND"}}`}

// failures are bodies of a successful response that deny the success.
var failures = []string{`{"deleted":false}`, `{"error":"try again"}`, `{"statusCode":500}`, `later`}

// fate chooses the outcome of a request.
func (n *network) fate(method string, isList bool) fate {
	n.mu.Lock()
	defer n.mu.Unlock()
	r := n.random
	if r.Float64() >= n.world.trouble {
		return fate{}
	}
	body := foreign[r.IntN(len(foreign))]
	choices := []fate{
		{name: "lost on the way", executed: never, lost: true},
		{name: "answered, the response lost", lost: true},
		{name: "refused", executed: never, status: ambiguous[r.IntN(len(ambiguous))], body: body},
	}
	switch {
	case method == http.MethodPost:
		choices = append(choices,
			fate{name: "carried out and refused", status: ambiguous[r.IntN(len(ambiguous))], body: body},
			fate{name: "carried out and rejected by a gateway", status: inspected[r.IntN(len(inspected))], body: gateways[r.IntN(len(gateways))]},
			fate{name: "refused and carried out later", executed: later, status: []int{503, 504}[r.IntN(2)], body: body},
			fate{name: "refused for good", executed: never, status: definitive[r.IntN(len(definitive))], body: body},
			fate{name: "answered, the response cut", status: 201, body: "cut"},
			fate{name: "answered with an id that is none", status: 201, body: "odd id"},
			fate{name: "answered with another object", executed: execution(r.IntN(2)), status: 201, body: "other"},
			fate{name: "answered too late", slow: true},
		)
	case method == http.MethodDelete:
		choices = append(choices,
			fate{name: "answered with a failure", executed: never, status: 200, body: failures[r.IntN(len(failures))]},
			fate{name: "not routed", executed: never, status: 404, body: body},
		)
	case isList:
		choices = append(choices, fate{name: "not routed", executed: never, status: 404, body: body})
	default:
		choices = append(choices, fate{name: "not routed", executed: never, status: 404, body: body})
	}
	return choices[r.IntN(len(choices))]
}

// delay returns a random delay, which never repeats.
func (n *network) delay() time.Duration {
	most := 60 * time.Millisecond
	if n.upTo(20) == 0 {
		most = 3 * time.Second
	}
	return n.upTo(most) + time.Microsecond
}

func (n *network) upTo(most time.Duration) time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	return time.Duration(n.random.Int64N(int64(most)))
}

var errReset = errors.New("connection reset by peer")

func (n *network) RoundTrip(request *http.Request) (*http.Response, error) {
	var body []byte
	if request.Body != nil {
		body, _ = io.ReadAll(request.Body)
	}
	w, path := n.world, request.URL.Path
	isList := request.Method == http.MethodGet && path == "/v1/delivery/destinations"
	met := n.fate(request.Method, isList)
	what := ""
	if w.tells {
		what = strings.TrimSpace(fmt.Sprint(request.Method, " ", strings.TrimPrefix(path, "/v1/delivery/"), " ", short(string(body))))
	}
	w.mu.Lock()
	w.sent++
	w.mu.Unlock()

	c, _ := request.Context().Value(creationKey{}).(*creation)
	if c != nil && request.Method == http.MethodPost {
		w.checkAttempt(c)
	}
	if err := wait(request, n.delay()); err != nil {
		w.log("us", "%s: given up on the way", what)
		return nil, err
	}
	execute := func() reply {
		return w.execute("us", request.Method, path, request.URL.Query(), body, request.Header.Get("Idempotency-Key"))
	}
	var answer reply
	switch met.executed {
	case before:
		answer = execute()
	case later:
		delay := 200*time.Millisecond + 10*n.delay()
		time.AfterFunc(delay, func() {
			answer := execute()
			w.log("gateway", "%s is carried out only now: %s", what, answer.body)
		})
	}
	if met.body == "other" {
		if answer.body = w.anyOther(n, answer.body); answer.body == "" {
			met.lost = true
		}
		answer.status = 201
	} else if met.body == "odd id" {
		answer.body = strings.Replace(answer.body, `"id":"`, `"id":"../`, 1)
	} else if met.body == "cut" {
		answer.body = answer.body[:len(answer.body)/2]
	} else if met.status != 0 {
		answer = reply{status: met.status, body: met.body}
	}
	date := time.Now().Add(w.clock)
	if w.stale != 0 {
		date = w.start.Add(w.clock - w.stale)
	}
	way := n.delay()
	if met.slow {
		way = 2 * time.Minute
	}
	if err := wait(request, way); err != nil {
		w.log("us", "%s: %s, given up", what, met.name)
		return nil, err
	}
	if met.lost {
		w.log("us", "%s: %s", what, met.name)
		return nil, errReset
	}
	w.log("us", "%s: %s %d %s", what, met.name, answer.status, short(answer.body))
	if c != nil {
		for _, id := range answer.listed {
			c.listed[id] = true
		}
	}
	header := http.Header{"Date": {date.UTC().Format(http.TimeFormat)}, "Content-Type": {"application/json"}}
	content := &slowBody{Reader: strings.NewReader(answer.body), request: request}
	if isList && w.slow > 0 {
		content.takes = n.upTo(w.slow)
	}
	return &http.Response{StatusCode: answer.status, Header: header, Body: io.NopCloser(content), Request: request}, nil
}

// slowBody is a body that arrives later than its headers.
type slowBody struct {
	io.Reader
	request *http.Request
	takes   time.Duration
}

func (b *slowBody) Read(p []byte) (int, error) {
	if err := wait(b.request, b.takes); err != nil {
		return 0, err
	}
	b.takes = 0
	return b.Reader.Read(p)
}

// anyOther returns an object that differs from the answer; empty if there is none.
func (w *world) anyOther(n *network, answer string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var others []string
	for _, r := range w.objects {
		mayBeAnswer := w.times == absent || w.times == dates || time.Since(r.made) <= 40*time.Second || (time.Since(r.made)-w.stale).Abs() <= 40*time.Second
		if shown := jsonReply(201, w.show(r)).body; r.there() && shown != answer && (r.isGiven() || !mayBeAnswer) {
			others = append(others, shown)
		}
	}
	if len(others) == 0 {
		return ""
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	return others[n.random.IntN(len(others))]
}

func wait(request *http.Request, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-request.Context().Done():
		return request.Context().Err()
	}
}

func short(text string) string {
	const most = 300
	if len(text) > most {
		return text[:most] + "..."
	}
	return text
}
