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

// network is the way from our process to the API, with whatever is on it.
type network struct {
	world *world

	mu     sync.Mutex
	random *rand.Rand
}

// fate is what a request meets.
type fate struct {
	name     string
	executed execution
	status   int    // 0: what the API answers
	body     string // for the status; of a success, "cut" and "other" stand for what they say
	lost     bool   // there is no response
	slow     bool   // it takes longer than an attempt may
}

type execution int

const (
	before execution = iota
	never
	later
)

// Statuses after which the request may have been carried out, and those after which it was not.
var (
	ambiguous  = []int{408, 425, 460, 499, 500, 502, 503, 504}
	definitive = []int{400, 401, 403, 404, 409, 422, 429}
)

// foreign are bodies of gateways.
var foreign = []string{``, `<html>no</html>`, `{"message":"no"}`, `{"statusCode":404,"message":"Resource not found"}`, `{"error":{"code":404,"status":"NOT_FOUND"}}`}

// fate chooses what a request meets.
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
			fate{name: "refused and carried out later", executed: later, status: []int{503, 504}[r.IntN(2)], body: body},
			fate{name: "refused for good", executed: never, status: definitive[r.IntN(len(definitive))], body: body},
			fate{name: "answered, the response cut", status: 201, body: "cut"},
			fate{name: "answered with another object", executed: execution(r.IntN(2)), status: 201, body: "other"},
			fate{name: "answered too late", slow: true},
		)
	case method == http.MethodDelete:
		choices = append(choices,
			fate{name: "answered with deleted: false", executed: never, status: 200, body: `{"deleted":false}`},
			fate{name: "not routed", executed: never, status: 404, body: body},
		)
	case isList:
		choices = append(choices, fate{name: "not routed", executed: never, status: 404, body: body})
	default:
		choices = append(choices, fate{name: "not routed", executed: never, status: 404, body: body})
	}
	return choices[r.IntN(len(choices))]
}

// delay is how long a part of the way takes, never the same twice.
func (n *network) delay() time.Duration {
	n.mu.Lock()
	defer n.mu.Unlock()
	most := 60 * time.Millisecond
	if n.random.IntN(20) == 0 {
		most = 3 * time.Second
	}
	return time.Duration(n.random.Int64N(int64(most))) + time.Microsecond
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
	} else if met.body == "cut" {
		answer.body = answer.body[:len(answer.body)/2]
	} else if met.status != 0 {
		answer = reply{met.status, met.body}
	}
	date := time.Now().Add(w.clock)
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
	header := http.Header{"Date": {date.UTC().Format(http.TimeFormat)}, "Content-Type": {"application/json"}}
	return &http.Response{StatusCode: answer.status, Header: header, Body: io.NopCloser(strings.NewReader(answer.body)), Request: request}, nil
}

// anyOther is an object that is not the answer; empty if there is none.
func (w *world) anyOther(n *network, answer string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var others []string
	for _, r := range w.objects {
		if w.times == absent || w.times == dates {
			break // it might be the answer
		}
		if shown := jsonReply(201, w.show(r)).body; r.there() && shown != answer && time.Since(r.made) > 40*time.Second {
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
