package faults

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// Objects that deliveries created before the faults.
const (
	bindingID = "33333333-3333-4333-8333-333333333333"
	attemptID = "a0000000-0000-4000-8000-000000000001"
	letterID  = "d0000000-0000-4000-8000-000000000001"
	otherID   = "d0000000-0000-4000-8000-000000000002" // of a dead letter that the tests leave unchanged
	eventID   = "4711"
)

// lookOrAction is a data source or an action of the history. like is the operation of the matrix that has the same expected result. It is
// empty for operations that must not happen twice, which have the rules below.
type lookOrAction struct {
	operation string // operation of the emulator
	typeName  string
	given     map[string]any
	like      operation
}

var looksAndActions = []lookOrAction{
	{"list-attempts", "talonic_delivery_attempts", nil, listing},
	{"read-attempt", "talonic_delivery_attempt", map[string]any{"id": attemptID, "include_bodies": true}, reading},
	{"list-dead-letters", "talonic_delivery_dead_letters", nil, listing},
	{"replay-attempt", "talonic_delivery_attempt_replay", map[string]any{"attempt_id": attemptID}, ""},
	{"replay-dead-letter", "talonic_delivery_dead_letter_replay", map[string]any{"dead_letter_ids": []string{letterID}}, ""},
	{"dismiss-dead-letter", "talonic_delivery_dead_letter_dismiss", map[string]any{"dead_letter_ids": []string{letterID}}, ""},
}

// historyCell is a data source or an action with a fault.
type historyCell struct {
	lookOrAction
	row
	times int // 0: always
}

func (c historyCell) String() string {
	return fmt.Sprintf("%s %s%s, %s, %s", c.kind, c.form, strings.TrimPrefix(fmt.Sprint(" ", c.status), " 0"), c.operation, map[int]string{0: "for ever", 1: "once"}[c.times])
}

// historyResult holds the result of a cell.
type historyResult struct {
	end      string // for the table
	errors   []string
	problems []string
}

func (r *historyResult) problem(format string, args ...any) {
	r.problems = append(r.problems, fmt.Sprintf(format, args...))
}

// play runs a data source or an action with a fault, against an API that does not honor Idempotency-Key.
func (c historyCell) play(t *testing.T) *historyResult {
	api := emulator.New(emulator.Behavior{IgnoreIdempotencyKey: true})
	api.SetAPIKeys(secrets["API key"])
	server := httptest.NewServer(api)
	defer server.Close()
	defer api.ClearFaults()
	api.Add(emulator.Destination{ID: targetID, Name: "target", Type: "webhook", IsActive: true})
	api.AddBinding(emulator.Binding{ID: bindingID, Name: name, DestinationID: targetID, IsActive: true})
	api.AddAttempt(emulator.Attempt{ID: attemptID, BindingID: bindingID, EventID: eventID, Status: emulator.StatusFailed, HTTPStatus: 503})
	api.AddDeadLetter(emulator.DeadLetter{ID: letterID, BindingID: bindingID, EventID: eventID})
	api.AddDeadLetter(emulator.DeadLetter{ID: otherID, BindingID: bindingID, EventID: "4712"})

	wait, timeout := max(c.maxRetryWait, 10*time.Millisecond), c.requestTimeout
	if timeout == 0 {
		timeout = time.Minute
	}
	provider := acctest.Serve(t, newServer(), map[string]any{
		"base_url": server.URL, "api_key": secrets["API key"],
		"max_retries": maxRetries, "max_retry_wait": wait.String(), "request_timeout": timeout.String(),
	})
	api.Inject(emulator.Fault{
		Kind: c.kind, Operation: c.operation, Times: c.times, RetryAfter: c.retryAfter, Form: c.form, Status: c.status, Executed: c.executed,
	})
	var got acctest.Response
	if c.like != "" {
		got = provider.Read(c.typeName, c.given)
	} else {
		got = provider.Invoke(c.typeName, c.given)
	}
	requests := api.Requests()
	r := &historyResult{errors: got.Errors, end: fmt.Sprintf("%s %d", map[bool]string{false: "ok", true: "fails"}[len(got.Errors) > 0], len(requests))}
	c.judge(r, got, api, requests)
	return r
}

// judge checks invariants that hold after every fault.
func (c historyCell) judge(r *historyResult, got acctest.Response, api *emulator.Emulator, requests []emulator.Request) {
	all := strings.Join(slices.Concat(got.Errors, got.Warnings, got.Progress), "\n") + fmt.Sprint(got.State)
	for _, found := range finder.In([]byte(all)) {
		r.problem("the %s in a text: %s", found.Name, found.Excerpt)
	}
	replays, isThere := 0, false
	for _, a := range api.Attempts() {
		if a.EventID == eventID {
			replays++
		}
	}
	replays-- // the attempt that existed before
	others := 0
	for _, d := range api.DeadLetters() {
		isThere = isThere || d.ID == letterID
		if d.ID == otherID {
			others++
		}
	}
	failed := len(got.Errors) > 0
	isReplay, isOnLetter := strings.HasPrefix(c.operation, "replay-"), strings.HasSuffix(c.operation, "-dead-letter")
	switch {
	case others != 1:
		r.problem("another dead letter was replayed or dismissed")
	case replays > 1:
		r.problem("replayed %d times", replays)
	case !isReplay && replays > 0:
		r.problem("replayed, and nobody asked for it")
	case !isOnLetter && !isThere:
		r.problem("the dead letter is gone, and nobody asked for it")
	case c.kind == emulator.NotDeleted && c.form == "other-id" && c.operation == "replay-attempt": // looks like a response with the ID of a new attempt
	case isReplay && !failed && replays != 1:
		r.problem("it succeeds, and nothing was replayed")
	case isOnLetter && !failed && isThere, isOnLetter && failed && !isThere && !strings.Contains(all, "with unknown outcome"):
		r.problem("failed: %t, still there: %t", failed, isThere)
	}
	if want := c.expectation(); want != notTested && failed != (want == fails || want == forgets) {
		r.problem("failed: %t, and %c was expected: %s", failed, want, all)
	}
	c.judgeRequests(r, requests)
	if failed {
		c.judgeError(r, got, requests)
	}
}

// expectation returns the expected result of the cell; notTested if the rules of judge apply instead.
func (c historyCell) expectation() expectation {
	isRefused := c.kind == emulator.Echo || c.kind == emulator.Refused && (c.status == 400 || c.status == 422)
	switch {
	case c.like == "":
		return notTested
	case c.operation == "list-attempts" && isRefused && c.times == 1:
		return succeeds // the client requests the list again, without a limit
	}
	return c.expects(c.like, c.times)
}

// judgeRequests checks that every request is explained, and that a replay is sent once if it may have taken effect.
func (c historyCell) judgeRequests(r *historyResult, requests []emulator.Request) {
	sent := 0
	for _, request := range requests {
		isRefused := request.Status == 429 || request.Status == 0 && !request.Executed && request.Fault == "" // before the API read the request
		if strings.HasPrefix(request.Operation, "replay-") && !isRefused {
			sent++
		}
	}
	if sent > 1 {
		r.problem("a replay was sent %d times", sent)
	}
	if most := max(1+maxRetries+1, c.mostRequests); len(requests) > most {
		r.problem("%d requests, more than %d", len(requests), most)
	}
}

// judgeError checks that an error contains the failed operation, the request ID, and the next step.
func (c historyCell) judgeError(r *historyResult, got acctest.Response, requests []emulator.Request) {
	if len(got.Errors) != 1 {
		r.problem("%d errors", len(got.Errors))
		return
	}
	text := got.Errors[0]
	says := c.says
	if c.kind == emulator.Conflict {
		says = "This delivery is under way already."
	}
	if says == "" && c.requestTimeout > 0 {
		says = c.requestTimeout.String()
	}
	if joined := strings.ReplaceAll(text, "\n  | ", " "); !strings.Contains(joined, says) {
		r.problem("it is not said that %q: %s", says, text)
	}
	id := ""
	for _, request := range requests {
		switch request.Fault {
		case "", emulator.CutBody, emulator.SlowBody, emulator.HugeBody:
		default:
			if request.Status != 0 {
				id = request.ID
			}
		}
	}
	if !strings.Contains(text, id) {
		r.problem("the request ID %s is not in: %s", id, text)
	}
	if _, next, ok := strings.Cut(text, "\n\n"); !ok || next == "" {
		r.problem("it does not say what to do next: %s", text)
	}
	for argument, value := range c.given {
		if ids, ok := value.([]string); ok && !strings.Contains(text, ids[0]) || argument == "attempt_id" && !strings.Contains(text, attemptID) {
			r.problem("it does not say which: %s", text)
		}
	}
}

// said returns all diagnostics, without text that differs between runs.
func (r *historyResult) said() string {
	if len(r.errors) == 0 {
		return ""
	}
	return "\n" + normalized(strings.Join(r.errors, "\n\n")) + "\n\n"
}

// TestMatrixOfHistory runs every data source and every action of the history with every fault. No fault may cause a second replay.
func TestMatrixOfHistory(t *testing.T) {
	t.Parallel()
	rows := slices.Concat(matrix, formsMatrix())
	results := make([][]*historyResult, len(rows))
	cells := make([][]historyCell, len(rows))
	var group sync.WaitGroup
	for i, r := range rows {
		for _, of := range looksAndActions {
			for _, times := range []int{1, 0} {
				if of.like != "" && r.expects(of.like, times) == notTested {
					continue
				}
				cells[i] = append(cells[i], historyCell{of, r, times})
			}
		}
		results[i] = make([]*historyResult, len(cells[i]))
		for j, c := range cells[i] {
			group.Go(func() {
				places <- struct{}{}
				defer func() { <-places }()
				results[i][j] = c.playPatiently(t)
			})
		}
	}
	group.Wait()
	var table strings.Builder
	for i := range rows {
		for j, r := range results[i] {
			c := cells[i][j]
			for _, problem := range r.problems {
				t.Errorf("%s: %s", c, problem)
			}
			if i >= len(matrix) || c.like != "" {
				continue // the forms do not change the texts, and reads have the same texts as other lists
			}
			if c.times == 1 {
				fmt.Fprintf(&table, "######## %s, %s: ", c.kind, c.operation)
			}
			table.WriteString(map[int]string{1: "once ", 0: ", for ever "}[c.times] + r.end)
			if c.times == 0 {
				table.WriteString("\n")
				for _, text := range slices.Compact([]string{results[i][j-1].said(), r.said()}) {
					table.WriteString(text)
				}
			}
		}
	}
	if !testing.Short() {
		acctest.Golden(t, "diagnostics_of_history", table.String())
	}
}

// playPatiently runs a cell again if a busy machine explains its problems: a good response arrived after the request_timeout.
func (c historyCell) playPatiently(t *testing.T) *historyResult {
	r := c.play(t)
	for again := 0; len(r.problems) > 0 && again < 3 && c.requestTimeout > 0; again++ {
		c.requestTimeout *= 8
		r = c.play(t)
	}
	return r
}
