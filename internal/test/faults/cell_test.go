package faults

import (
	"cmp"
	"context"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// cell is one cell of the matrix.
type cell struct {
	subject
	row
	doing   operation
	times   int           // number of times that the fault happens; 0: always
	ignored bool          // the API does not honor Idempotency-Key
	skew    time.Duration // the API's clock minus ours
}

// sendsKey reports whether the operation sends an Idempotency-Key, so that the cell depends on whether the API honors the key.
func (c cell) sendsKey() bool {
	return c.doing == creating || c.doing == recovering || c.doing == probing
}

// secrets holds values that no text may contain. None looks like a part of a random ID, because the provider redacts a text that contains a
// secret by coincidence.
var secrets = map[string]string{
	"API key":        "tlnc_fakeKeyOfTheRun",
	"token":          `fakeTokenForWebhooks "<\/&+=%é> fakeTokenForWebhooksToo`,
	"new token":      "fakeTokenRotatedSince",
	"signing secret": "whsec_fakeSigningOfHooks",
}

// result holds the result of a cell.
type result struct {
	cell
	err      error // of a call of the client
	said     []string
	failed   bool
	before   state
	after    state
	requests []emulator.Request
	ours     []string // IDs of objects that the operation created
	problems []problem
}

// stage is a running cell.
type stage struct {
	*result
	api        *emulator.Emulator
	driver     *driver
	client     *talonic.Client
	bystanders map[string]string
}

// play prepares the API, runs the operation with the fault, and checks the result.
func (c cell) play(ctx context.Context) *result {
	s := &stage{result: &result{cell: c}}
	if err := s.run(ctx); err != nil {
		s.problem(unexpected, "it could not be played: %v", err)
	}
	return s.result
}

// playPatiently runs a cell again if a busy machine explains its problems or its texts: a good response arrived after the request_timeout, or so
// late that the provider could not determine the result with certainty.
func (c cell) playPatiently(ctx context.Context) *result {
	r := c.play(ctx)
	for again := 0; (len(r.problems) > 0 || r.hasOtherTimeout()) && again < 3; again++ {
		switch {
		case slices.ContainsFunc(r.problems, func(p problem) bool { return p.class == secret }):
			return r // a busy machine does not excuse a leaked secret
		case c.requestTimeout > 0 && c.requestTimeout < time.Minute:
			c.requestTimeout *= 8
		case !r.namesOnlyOurs():
			return r
		}
		r = c.play(ctx)
	}
	return r
}

// timedOut matches the text of a timeout. The first group is the HTTP method of the request.
var timedOut = regexp.MustCompile(`([A-Z]+) /\S+: the API did not respond completely within`)

// hasOtherTimeout reports whether a request timed out that the fault does not affect.
func (r *result) hasOtherTimeout() bool {
	affected := map[operation]string{creating: "POST", probing: "POST", updating: "PUT", deleting: "DELETE"}[r.doing]
	for _, found := range timedOut.FindAllStringSubmatch(strings.Join(r.said, "\n"), -1) {
		if found[1] != cmp.Or(affected, "GET") {
			return true
		}
	}
	return false
}

func (s *stage) run(ctx context.Context) error {
	s.api = emulator.New(emulator.Behavior{IgnoreIdempotencyKey: s.ignored})
	s.api.SetAPIKeys(secrets["API key"])
	s.api.SetClockSkew(s.skew)
	server := httptest.NewServer(s.api)
	defer server.Close()
	defer s.api.ClearFaults()

	// The operation must not change the existing objects. They are older than the difference between the clocks. TestStrangers covers newer
	// objects.
	s.populate(s.api, time.Now().Add(s.skew-time.Hour))
	s.bystanders = s.objects(s.api)

	if err := s.connect(ctx, server.URL); err != nil {
		return err
	}
	if s.doing != creating && s.doing != recovering {
		if err := s.calmly(ctx, s.subject.before); err != nil {
			return err
		}
	}
	s.before = s.driver.state

	s.api.ResetRequests()
	if s.doing == probing { // the receiver of the cell does not exist
		s.api.SetTestOutcome(s.before.id(), emulator.TestOutcome{Success: true, DurationMs: 12, Message: "Destination is reachable."})
	}
	s.api.Inject(s.faults()...)
	if err := s.operate(ctx); err != nil {
		return err
	}
	s.after = s.driver.state
	s.requests = s.api.Requests()
	s.api.ClearFaults()
	s.ours = s.made()

	s.judge()
	if s.doing == reading || s.doing == listing || s.doing == probing {
		return nil
	}
	if err := s.connect(ctx, server.URL); err != nil { // the next run
		return err
	}
	s.driver.state = s.after
	return s.settle(ctx)
}

// connect creates the provider and the client with the settings of the cell.
func (s *stage) connect(ctx context.Context, url string) error {
	wait, timeout := s.maxRetryWait, s.requestTimeout
	if wait == 0 {
		wait = 10 * time.Millisecond
	}
	if timeout == 0 {
		timeout = time.Minute
	}
	var err error
	s.driver, err = newDriver(ctx, s.resourceType, map[string]any{
		"validate_with_catalog": false, // otherwise plans would trigger the faults, too
		"base_url":              url, "api_key": secrets["API key"],
		"max_retries": maxRetries, "max_retry_wait": wait.String(), "request_timeout": timeout.String(),
	})
	if err != nil {
		return err
	}
	s.client, err = talonic.New(url, secrets["API key"],
		talonic.WithMaxRetries(maxRetries), talonic.WithMaxRetryWait(wait), talonic.WithTimeout(timeout))
	return err
}

// faults returns the faults of the operation.
func (s *stage) faults() []emulator.Fault {
	fault := emulator.Fault{
		Kind: s.kind, Operation: s.named(s.doing), Times: s.times, RetryAfter: s.retryAfter,
		Form: s.form, Status: s.status, Executed: s.executed,
	}
	if s.doing != recovering {
		return []emulator.Fault{fault}
	}
	fault.Operation = s.named(listing)
	return []emulator.Fault{{Kind: emulator.LostResponse, Operation: s.named(creating), Times: 1}, fault}
}

func (s *stage) operate(ctx context.Context) (err error) {
	switch s.doing {
	case creating, recovering:
		err = s.driver.apply(ctx, s.subject.before)
	case reading:
		err = s.driver.refresh(ctx)
	case updating:
		err = s.driver.apply(ctx, s.subject.after)
	case deleting:
		err = s.driver.apply(ctx, nil)
	case listing:
		var all [][2]string
		if all, s.err = s.list(ctx, s.client); s.err == nil {
			s.judgeList(all)
		}
	case probing:
		var probe *talonic.ConnectivityTest
		if probe, s.err = s.client.TestDestination(ctx, s.before.id()); s.err == nil && !probe.Success {
			s.problem(unexpected, "the probe is taken for failed")
		}
	}
	for _, d := range s.driver.said {
		s.said = append(s.said, text(d))
	}
	if s.err != nil {
		s.said = append(s.said, s.err.Error())
	}
	s.failed = s.err != nil || errorIn(s.driver.said) != nil
	return err
}

// named returns the emulator's name of an operation.
func (s subject) named(doing operation) string {
	if doing == listing && s.suffix != "" {
		return string(listing) + s.suffix + "s"
	}
	return string(doing) + s.suffix
}

// made returns the IDs of objects that the operation created.
func (s *stage) made() []string {
	var ids []string
	for id := range s.objects(s.api) {
		if _, there := s.bystanders[id]; !there {
			ids = append(ids, id)
		}
	}
	return ids
}

// calmly applies a configuration without faults.
func (s *stage) calmly(ctx context.Context, configuration map[string]any) error {
	if err := s.driver.apply(ctx, configuration); err != nil {
		return err
	}
	return errorIn(s.driver.said)
}

// settle follows the next steps of the diagnostics after the fault, and checks that the result is correct.
func (s *stage) settle(ctx context.Context) error {
	if s.doing == deleting {
		if err := s.calmly(ctx, nil); err != nil {
			return err
		}
		if left := s.made(); len(left) > 0 && s.kind != emulator.NotFound {
			s.problem(orphan, "deleted at last, and still at the API")
		}
		return nil
	}
	desired := s.subject.before
	if s.doing == updating {
		desired = s.subject.after
	}
	if s.after.value.IsNull() && len(s.ours) == 1 {
		if err := s.driver.adopt(ctx, s.ours[0]); err != nil {
			return err
		}
	}
	if !s.driver.state.value.IsNull() {
		if err := s.driver.refresh(ctx); err != nil {
			return err
		}
	}
	if err := s.calmly(ctx, desired); err != nil {
		return err
	}
	planned, _, err := s.driver.plan(ctx, desired)
	if err != nil {
		return err
	}
	next, err := planned.PlannedState.Unmarshal(s.driver.block().ValueType())
	if err != nil {
		return err
	}
	if !next.Equal(s.driver.state.value) {
		s.problem(wrongState, "the plan is not empty after all")
	}
	all, id := s.made(), s.driver.state.id()
	if len(all) != max(1, len(s.ours)) || len(all) > 1 && !s.mayDuplicate() {
		s.problem(duplicate, "there are %d after all", len(all))
		return nil
	}
	if !slices.Contains(all, id) || !s.has(s.api, id, desired) {
		s.problem(lostUpdate, "the API does not have what was applied after all")
	}
	return nil
}

func (c cell) String() string {
	often := map[int]string{0: "for ever", 1: "once", 2: "twice"}[c.times]
	parts := []string{string(c.kind), c.named(c.doing), often}
	if c.ignored {
		parts = append(parts, "key ignored")
	}
	if c.skew != 0 {
		parts = append(parts, "clock ahead by "+c.skew.String())
	}
	return strings.Join(parts, ", ")
}
