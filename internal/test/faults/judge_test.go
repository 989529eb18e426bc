package faults

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/secretscan"
)

// class is a kind of problem.
type class string

const (
	duplicate  class = "duplicates"
	orphan     class = "orphans"
	lostUpdate class = "lost updates"
	secret     class = "secrets in texts"
	wrongState class = "wrong states"
	tooMany    class = "too many requests"
	tooSoon    class = "requests too soon"
	unhelpful  class = "unhelpful texts"
	unexpected class = "unexpected ends"
)

var classes = []class{duplicate, orphan, lostUpdate, secret, wrongState, tooMany, tooSoon, unhelpful, unexpected}

// problem describes a violation of an invariant.
type problem struct {
	class class
	text  string
}

func (r *result) problem(c class, format string, args ...any) {
	r.problems = append(r.problems, problem{c, fmt.Sprintf(format, args...)})
}

var finder = secretscan.NewFinder(secrets)

// judge checks invariants that hold after every fault.
func (s *stage) judge() {
	s.judgeOutcome()
	s.judgeAPI()
	s.judgeAdoption()
	s.judgeState()
	s.judgeRequests()
	s.judgeSecrets()
	if s.failed {
		s.judgeDiagnostics()
	}
}

func (s *stage) judgeOutcome() {
	want := s.expects(s.doing, s.times)
	if s.kind == emulator.Echo && s.resourceType != destinations.resourceType {
		want = fails // the provider tries a different place only for the signing secret of a destination
	}
	got := succeeds
	switch {
	case s.failed:
		got = fails
	case s.doing == reading && s.after.value.IsNull():
		got = forgets
		if len(s.driver.said) != 1 || s.driver.said[0].Severity != tfprotov6.DiagnosticSeverityWarning || !strings.Contains(s.said[0], s.before.id()) {
			s.problem(unhelpful, "it is forgotten without a warning that names it")
		}
	}
	if got != want {
		s.problem(unexpected, "it ends with %c, not %c: %s", got, want, strings.Join(s.said, "\n"))
	}
}

// judgeAPI checks the objects in the API: no duplicates, no orphans, and no changes of objects that belong to others.
func (s *stage) judgeAPI() {
	if unnamed := s.unnamed(); len(s.ours) > 1 && (len(unnamed) > 0 || !s.mayDuplicate()) {
		s.problem(duplicate, "%d duplicates, of which these are not named: %v", len(s.ours)-1, unnamed)
	}
	for id, was := range s.bystanders {
		if s.objects(s.api)[id] != was {
			s.problem(lostUpdate, "%s, which was there before, was changed: %s", id, was)
		}
	}
	creates := s.doing == creating || s.doing == recovering
	switch there := len(s.ours) > 0; {
	case creates && there && s.after.value.IsNull():
		said := strings.Join(s.said, "\n")
		if !strings.Contains(said, "terraform import ") {
			s.problem(orphan, "it is at the API and not in state, and nothing says how to import it")
		}
	case s.doing == deleting && there && !s.failed && s.kind != emulator.NotFound:
		s.problem(orphan, "deleted, and still at the API")
	case s.doing != deleting && !there && !s.failed:
		s.problem(lostUpdate, "it is not at the API")
	case s.doing != deleting && !creates && !there:
		s.problem(lostUpdate, "it is not at the API any more")
	}
	if s.doing == updating && !s.failed && len(s.ours) == 1 {
		if !s.has(s.api, s.ours[0], s.subject.after) {
			s.problem(lostUpdate, "it succeeded, and the API has what was there before")
		}
	}
}

// mayDuplicate reports whether no client can detect that the API executed a create, because the list does not contain the object and the API
// does not honor the key.
func (s *stage) mayDuplicate() bool {
	return s.ignored && s.kind == emulator.LaggingList && s.doing == recovering
}

// unnamed returns the created objects that are neither in state nor in any text.
func (s *stage) unnamed() []string {
	var unnamed []string
	for _, id := range s.ours {
		if id != s.after.id() && !strings.Contains(strings.Join(s.said, "\n"), id) {
			unnamed = append(unnamed, id)
		}
	}
	return unnamed
}

// judgeAdoption checks that a warning announces an adopted object.
func (s *stage) judgeAdoption() {
	creates := s.doing == creating || s.doing == recovering
	completed := slices.ContainsFunc(s.requests, func(r emulator.Request) bool { return r.Method == "PUT" })
	answered := slices.ContainsFunc(s.requests, func(r emulator.Request) bool { return r.Status == 201 && r.Fault == "" })
	if !creates || s.failed || !completed || answered {
		return
	}
	for _, d := range s.driver.said {
		if d.Severity == tfprotov6.DiagnosticSeverityWarning && strings.Contains(d.Detail, s.after.id()) {
			return
		}
	}
	s.problem(unhelpful, "it is adopted without a warning that names it")
}

// judgeState checks the state.
func (s *stage) judgeState() {
	if s.after.value.IsNull() {
		gone := s.doing == deleting && !s.failed || s.doing == reading && s.kind == emulator.NotFound
		neverThere := s.before.value.IsNull() && s.failed
		if !gone && !neverThere {
			s.problem(wrongState, "it is not in state")
		}
		return
	}
	if s.doing == deleting && !s.failed {
		s.problem(wrongState, "it is deleted, and still in state")
	}
	switch id := s.after.id(); {
	case id == "" || !s.showsAll() || s.after.attribute("created_at") == "":
		s.problem(wrongState, "a zero value: %s", s.after.value)
	case len(s.ours) > 0 && !slices.Contains(s.ours, id):
		s.problem(wrongState, "another id: %s", id)
	case s.before.id() != "" && id != s.before.id():
		s.problem(wrongState, "the id has changed")
	case (s.doing == reading || s.failed) && !s.before.value.IsNull() && !s.after.value.Equal(s.before.value):
		s.problem(wrongState, "it has changed: %s", s.after.value)
	}
}

// showsAll reports whether the state has the attributes that every state has.
func (s *stage) showsAll() bool {
	for attribute, value := range s.shows {
		if s.after.attribute(attribute) != value {
			return false
		}
	}
	return true
}

// judgeRequests checks that the number of requests is bounded.
func (s *stage) judgeRequests() {
	const attempts = 1 + maxRetries
	most := attempts
	switch s.doing {
	case creating, recovering:
		most += attempts * attempts // lookups in the list
	case updating:
		most += 2 // a lookup of the result
	case deleting:
		most += 3 // a list of bindings, and a read and a list if the destination seems gone
	case reading, listing:
		most++ // net/http repeats a read if a reused connection was closed
	}
	most = max(most, s.mostRequests)
	if len(s.requests) > most {
		var all []string
		for _, r := range s.requests {
			all = append(all, fmt.Sprintf("%s %s %d", r.Method, r.Path, r.Status))
		}
		s.problem(tooMany, "%d requests, more than %d: %s", len(s.requests), most, strings.Join(all, ", "))
	}
	writes := 0
	for _, r := range s.requests {
		if r.Method != "GET" {
			writes++
		}
		if !s.sendsKey() && r.Header.Get("Idempotency-Key") != "" {
			s.problem(unexpected, "a key is sent: see what becomes of it where it is not honored")
		}
	}
	s.judgePatience()
	if writes > max(attempts, s.mostRequests) {
		s.problem(tooMany, "%d writes, more than %d", writes, attempts)
	}
}

// judgePatience checks that the client waits as long as the API requests.
func (s *stage) judgePatience() {
	for i, r := range s.requests {
		asks := r.Fault == emulator.RateLimited || r.Fault == emulator.RateLimitedISO || r.Fault == emulator.Unavailable
		if !asks || i+1 == len(s.requests) {
			continue
		}
		const millisecond = time.Millisecond // times are rounded to milliseconds
		if gap := s.requests[i+1].Time.Sub(r.Time); gap < s.retryAfter-millisecond {
			s.problem(tooSoon, "%s %s comes %s after one that was asked to wait %s", s.requests[i+1].Method, s.requests[i+1].Path, gap, s.retryAfter)
		}
	}
}

// judgeSecrets checks that no text and no state contains a secret.
func (s *stage) judgeSecrets() {
	for _, text := range s.said {
		for _, found := range finder.In([]byte(text)) {
			s.problem(secret, "the %s in a text: %s", found.Name, found.Excerpt)
		}
	}
	for _, found := range finder.In(s.after.bytes()) {
		s.problem(secret, "the %s in state", found.Name)
	}
}

var importWithID = regexp.MustCompile(`terraform import .* ([0-9a-f-]{36})`)

// judgeDiagnostics checks that errors contain the failed operation, the server's message, the request ID and the next step.
func (s *stage) judgeDiagnostics() {
	all := strings.ReplaceAll(strings.Join(s.said, "\n"), "\n  | ", " ") // the API's message may take several lines
	says := s.says
	if says == "" && s.requestTimeout > 0 {
		says = s.requestTimeout.String()
	}
	if !strings.Contains(all, says) {
		s.problem(unhelpful, "it is not said that %q: %s", says, all)
	}
	if id := s.lastRequestID(); id != "" && !strings.Contains(all, id) {
		s.problem(unhelpful, "the request ID %s is not in: %s", id, all)
	}
	for _, match := range importWithID.FindAllStringSubmatch(all, -1) {
		if len(s.ours) != 1 || match[1] != s.ours[0] {
			s.problem(unhelpful, "it says to import something else: %s", all)
		}
	}
	if s.err != nil {
		return // a text for callers of the client
	}
	for _, d := range s.driver.said {
		if !strings.Contains(d.Detail, `"`+name+`"`) {
			s.problem(unhelpful, "it is not named in %q", d.Detail)
		}
		if _, next, ok := strings.Cut(d.Detail, "\n\n"); !ok || next == "" {
			s.problem(unhelpful, "it does not say what to do next: %s", text(d))
		}
	}
}

// lastRequestID returns the ID of the last failed request whose response the client received completely.
func (s *stage) lastRequestID() string {
	id := ""
	for _, r := range s.requests {
		switch r.Fault {
		case "", emulator.CutBody, emulator.SlowBody, emulator.HugeBody:
		default:
			if r.Status != 0 {
				id = r.ID // a gateway may send none
			}
		}
	}
	return id
}

// judgeList checks a list that was read without an error.
func (s *stage) judgeList(all [][2]string) {
	want := len(s.bystanders) + 1
	if s.kind == emulator.LaggingList {
		want-- // the client cannot detect this
	}
	seen := map[string]bool{}
	for _, listed := range all {
		id, name := listed[0], listed[1]
		if id == "" || name == "" || seen[id] {
			s.problem(wrongState, "a zero value or a duplicate in the list: %q", listed)
		}
		seen[id] = true
	}
	if len(seen) != want {
		s.problem(wrongState, "%d in the list, not %d", len(seen), want)
	}
}
