package history_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

const (
	replayType  = "talonic_delivery_dead_letter_replay"
	dismissType = "talonic_delivery_dead_letter_dismiss"
)

// left are the dead letters that the API still has, by their numbers.
func (a api) left() string {
	var numbers []string
	for _, d := range a.DeadLetters() {
		numbers = append(numbers, strings.TrimLeft(d.ID[strings.LastIndex(d.ID, "-")+1:], "0"))
	}
	return strings.Join(numbers, " ")
}

// replays are how often each event was replayed: each replay makes an attempt.
func (a api) replays() map[string]int {
	count := map[string]int{}
	for _, one := range a.Attempts() {
		count[one.EventID]++
	}
	return count
}

func TestDeadLetterActions(t *testing.T) {
	t.Parallel()
	all := []string{idOf("d", 1), idOf("d", 2), idOf("d", 3), idOf("d", 4), idOf("d", 5)}
	for name, test := range map[string]struct {
		given map[string]any
		left  string
		says  []string // at the end
	}{
		"by ids":         {map[string]any{"dead_letter_ids": []string{all[3], all[0]}}, "2 3 5", []string{"Done: 2 of 2 dead letters."}},
		"an id twice":    {map[string]any{"dead_letter_ids": []string{all[3], strings.ToUpper(all[3])}}, "1 2 3 5", []string{"Done: 1 of 1 dead letter."}},
		"no ids":         {map[string]any{"dead_letter_ids": []string{}}, "1 2 3 4 5", []string{"There are no dead letters to do."}},
		"by binding":     {map[string]any{"binding_id": toLedger}, "4 5", []string{"Done: 3 of 3 dead letters."}},
		"by destination": {map[string]any{"destination_id": archiveID}, "1 2 3", []string{"Done: 2 of 2 dead letters."}},
		"of nothing":     {map[string]any{"binding_id": idOf("e", 1)}, "1 2 3 4 5", []string{"There are no dead letters to do."}},
		"the oldest": {
			map[string]any{"binding_id": toLedger, "max": 2}, "3 4 5",
			[]string{"Done: 2 of 2 dead letters.", "max is 2, so 1 dead letter is left. Invoke the action again."},
		},
	} {
		for action, verb := range map[string][2]string{replayType: {"replay", "replayed"}, dismissType: {"dismiss", "dismissed"}} {
			t.Run(verb[0]+" "+name, func(t *testing.T) {
				t.Parallel()
				a := newAPI(t, emulator.Behavior{})
				a.letters(toLedger, "connector_5xx", 3)
				a.letters(toArchive, "auth_failed", 2)
				got := a.serve(t, emulator.DefaultAPIKey).Invoke(action, test.given)
				if len(got.Errors)+len(got.Warnings) > 0 || a.left() != test.left {
					t.Fatalf("%v; left: %s", got, a.left())
				}
				var want []string
				for _, line := range test.says {
					want = append(want, strings.NewReplacer("Done", strings.ToUpper(verb[1][:1])+verb[1][1:], "to do.", "to "+verb[0]+".").Replace(line))
				}
				if diff := cmp.Diff(want, got.Progress[len(got.Progress)-len(want):]); diff != "" {
					t.Errorf("progress (-want +got):\n%s", diff)
				}
				if replays := len(a.replays()); action == dismissType && replays > 0 || action == replayType && replays != 5-len(a.DeadLetters()) {
					t.Errorf("%d replays", replays)
				}
			})
		}
	}
}

// Bad input is an error before anything is sent.
func TestDeadLetterActionsRefuseInput(t *testing.T) {
	t.Parallel()
	var many []string
	for n := range 101 {
		many = append(many, idOf("d", n))
	}
	for name, test := range map[string]struct {
		given map[string]any
		want  string
	}{
		"nothing":             {nil, "Missing choice of dead letters\nNo argument selects"},
		"two":                 {map[string]any{"binding_id": toLedger, "destination_id": ledgerID}, "Conflicting choices of dead letters\n2 arguments select"},
		"an id that is none":  {map[string]any{"dead_letter_ids": []string{"all"}}, "Invalid ID"},
		"a binding's name":    {map[string]any{"binding_id": "to ledger"}, "Invalid ID"},
		"too many":            {map[string]any{"dead_letter_ids": many}, "Too many dead letters\ndead_letter_ids has 101 IDs, but max is 100."},
		"more than max":       {map[string]any{"dead_letter_ids": many[:2], "max": 1}, "dead_letter_ids has 2 IDs, but max is 1."},
		"none at all":         {map[string]any{"binding_id": toLedger, "max": 0}, "max"},
		"more than the limit": {map[string]any{"binding_id": toLedger, "max": 1001}, "max"},
	} {
		a := newAPI(t, emulator.Behavior{})
		for _, action := range []string{replayType, dismissType} {
			got := a.serve(t, emulator.DefaultAPIKey).Invoke(action, test.given)
			if len(got.Errors) != 1 || !strings.Contains(got.Errors[0], test.want) {
				t.Errorf("%s: %v, not %q", name, got.Errors, test.want)
			}
		}
		if requests := a.requests(); len(requests) > 0 {
			t.Errorf("%s: %v", name, requests)
		}
	}
	a := newAPI(t, emulator.Behavior{})
	for _, action := range []string{replayType, dismissType} {
		twice := map[string]any{"dead_letter_ids": []string{many[0], strings.ToUpper(many[0])}, "max": 1}
		if got := a.serve(t, emulator.DefaultAPIKey).Invoke(action, twice); len(got.Errors) != 1 || strings.Contains(got.Errors[0], "Too many") {
			t.Errorf("one ID that is given twice: %v", got.Errors) // it does not exist
		}
	}
	for _, action := range []string{replayType, dismissType} {
		got := a.serve(t, notYet).Invoke(action, map[string]any{"binding_id": toLedger})
		if len(got.Errors) != 1 || !strings.Contains(got.Errors[0], "dead letters yet") {
			t.Error(got)
		}
	}
	if got := a.serve(t, notYet).Invoke("talonic_delivery_attempt_replay", map[string]any{"attempt_id": toLedger}); len(got.Errors) != 1 ||
		!strings.Contains(got.Errors[0], "attempt yet") {
		t.Error(got)
	}
}

// What an API key of a whole organization is refused is explained, once for all dead letters.
func TestOrganizationWideKey(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		action   string
		behavior emulator.Behavior
		given    map[string]any
	}{
		{replayType, emulator.Behavior{}, map[string]any{"binding_id": toLedger}},
		{dismissType, emulator.Behavior{RefuseOrganizationWideWrites: true}, map[string]any{"binding_id": toLedger}},
		{"talonic_delivery_attempt_replay", emulator.Behavior{}, map[string]any{"attempt_id": idOf("a", 1)}},
	} {
		a := newAPI(t, test.behavior)
		a.letters(toLedger, "connector_5xx", 12)
		a.attempts(toLedger, "f")
		a.AddAPIKey("tlnc_fake_9f3a7c", emulator.KeyLimits{OrganizationWide: true})
		got := a.serve(t, "tlnc_fake_9f3a7c").Invoke(test.action, test.given)
		if len(got.Errors) != 1 || len(a.DeadLetters()) != 12 {
			t.Fatalf("%s: %v", test.action, got)
		}
		acctest.Golden(t, "organization_wide/"+test.action, maskRequestIDs(got.Errors[0])+"\n")
	}
}

// What the API refuses of one dead letter does not keep the action from the others, and is said of each.
func TestReplayGoesOn(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.letters(toLedger, "connector_5xx", 1)
	a.letters(toArchive, "connector_5xx", 2)
	a.letters(toLedger, "connector_5xx", 1)
	a.Edit(archiveID, func(d *emulator.Destination) { d.IsActive = false })
	got := a.serve(t, emulator.DefaultAPIKey).Invoke(replayType, map[string]any{
		"dead_letter_ids": []string{idOf("d", 1), idOf("d", 2), idOf("d", 9), idOf("d", 3), idOf("d", 4)},
	})
	if a.left() != "2 3" || len(got.Errors) != 1 {
		t.Fatalf("%v; left: %s", got, a.left())
	}
	acctest.Golden(t, "replay_goes_on", maskRequestIDs(strings.Join(got.Progress, "\n\n")+"\n\n"+got.Errors[0])+"\n")
}

// Nothing is replayed twice, whatever becomes of the responses. The list shows what became of a dead letter that it showed before, but not
// of an ID from the configuration.
func TestReplayIsNeverSentTwice(t *testing.T) {
	t.Parallel()
	const unknown = "with unknown outcome"
	for kind, test := range map[emulator.FaultKind]struct {
		left   string
		chosen string // what the error says for a dead letter from the list; empty: there is none
		given  string // the same for an ID from the configuration
	}{
		emulator.LostResponse:     {"2", "", unknown},
		emulator.CutBody:          {"2", "", unknown},
		emulator.ServerErrorAfter: {"2", "", unknown},
		emulator.GatewayTimeout:   {"2", "", unknown},
		emulator.EmptyObject:      {"2", "", unknown},
		emulator.EmptyBody:        {"2", "", unknown},
		emulator.HTMLBody:         {"2", "", unknown},
		emulator.LostRequest:      {"1 2", unknown, unknown},
		emulator.ServerError:      {"1 2", unknown, unknown},
		emulator.NotDeleted:       {"1 2", unknown, unknown},
		emulator.RateLimitedBare:  {"2", "", ""},
		emulator.Conflict:         {"1 2", "Check that the binding still exists", "Check that the binding still exists"},
		emulator.Unauthorized:     {"1 2", "TALONIC_API_KEY", "TALONIC_API_KEY"},
	} {
		for choice, given := range map[string]map[string]any{
			"from the list": {"binding_id": toLedger, "max": 1}, "given": {"dead_letter_ids": []string{idOf("d", 1)}},
		} {
			t.Run(string(kind)+" "+choice, func(t *testing.T) {
				t.Parallel()
				a := newAPI(t, emulator.Behavior{IgnoreIdempotencyKey: true})
				a.letters(toLedger, "connector_5xx", 2)
				a.Inject(emulator.Fault{Kind: kind, Operation: "replay-dead-letter", Times: 1})
				got := a.serve(t, emulator.DefaultAPIKey).Invoke(replayType, given)
				if a.left() != test.left {
					t.Errorf("left: %s", a.left())
				}
				for event, n := range a.replays() {
					if n > 1 {
						t.Errorf("event %s was replayed %d times", event, n)
					}
				}
				fails := test.chosen
				if choice == "given" {
					fails = test.given
				}
				if said := strings.Join(got.Errors, "\n"); (said == "") != (fails == "") || !strings.Contains(said, fails) {
					t.Errorf("%v, not %q", got, fails)
				}
			})
		}
	}
}

// No response but the API's own confirmation proves that a dead letter was replayed that no list has shown, or that the API denies having
// replayed.
func TestOutcomeIsUnknown(t *testing.T) {
	t.Parallel()
	never := map[string]any{"dead_letter_ids": []string{idOf("d", 9)}}
	listed := map[string]any{"binding_id": toLedger}
	for name, test := range map[string]struct {
		action string
		given  map[string]any
		fault  emulator.Fault
	}{
		"never listed, empty":        {replayType, never, emulator.Fault{Kind: emulator.Refused, Status: 500, Form: "empty"}},
		"never listed, 500":          {replayType, never, emulator.Fault{Kind: emulator.ServerError}},
		"never listed, HTML":         {replayType, never, emulator.Fault{Kind: emulator.Portal}},
		"never listed, to dismiss":   {dismissType, never, emulator.Fault{Kind: emulator.ServerErrorFinal}},
		"replayed: false, then gone": {replayType, listed, emulator.Fault{Kind: emulator.NotDeleted, Executed: "after"}},
		"an error, then gone":        {replayType, listed, emulator.Fault{Kind: emulator.NotDeleted, Form: "error", Executed: "after"}},
		"dismissed: false":           {dismissType, listed, emulator.Fault{Kind: emulator.NotDeleted, Executed: "after"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{IgnoreIdempotencyKey: true})
			a.letters(toLedger, "connector_5xx", 1)
			test.fault.Operation = map[string]string{replayType: "replay-dead-letter", dismissType: "dismiss-dead-letter"}[test.action]
			a.Inject(test.fault)
			got := a.serve(t, emulator.DefaultAPIKey).Invoke(test.action, test.given)
			if len(got.Errors) != 1 || !strings.Contains(got.Errors[0], "0 of 1 dead letter, 1 with unknown outcome.") {
				t.Fatal(got)
			}
			acctest.Golden(t, "unknown/"+strings.NewReplacer(" ", "_", ":", "", ",", "").Replace(name), maskRequestIDs(strings.Join(got.Progress, "\n\n")+"\n\n"+got.Errors[0])+"\n")
		})
	}
}

// A response that may come from a gateway, or that reports a timeout, does not prove that nothing was changed.
func TestGatewaysProveNothing(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		status     int
		form, want string
	}{
		{400, "api", "1 rejected"},
		{400, "html", "1 with unknown outcome"},
		{403, "html", "1 with unknown outcome"},
		{422, "empty", "1 with unknown outcome"},
		{408, "api", "1 with unknown outcome"},
		{499, "api", "1 with unknown outcome"},
		{405, "html", "1 rejected"},
	} {
		a := newAPI(t, emulator.Behavior{})
		a.letters(toLedger, "connector_5xx", 1)
		a.Inject(emulator.Fault{Kind: emulator.Refused, Status: test.status, Form: test.form, Operation: "dismiss-dead-letter"})
		got := a.serve(t, emulator.DefaultAPIKey).Invoke(dismissType, map[string]any{"binding_id": toLedger})
		if want := "Dismissed: 0 of 1 dead letter, " + test.want + "."; len(got.Errors) != 1 || !strings.Contains(got.Errors[0], want) {
			t.Errorf("%d %s: %v, not %q", test.status, test.form, got, want)
		}
	}
}

// Dead letters with one cause may differ in the next step. The cause is explained once, and each next step is stated.
func TestNextStepsOfOneCause(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.letters(toLedger, "connector_5xx", 1)
	a.Inject(emulator.Fault{Kind: emulator.ServerErrorFinal, Operation: "replay-dead-letter"})
	s := a.serve(t, emulator.DefaultAPIKey)
	for _, explained := range []int{1, 0} {
		got := s.Invoke(replayType, map[string]any{"dead_letter_ids": []string{idOf("d", 1), idOf("d", 9)}})
		if len(got.Errors) != 1 {
			t.Fatal(got)
		}
		for text, want := range map[string]int{
			"The API responded with 500":                       explained,
			"Another error of this run has the details.":       1 - explained,
			"The cause is the same as above (status 500).":     1,
			"The list of dead letters still contains":          1,
			"The API may still complete the replay. List the":  1,
			"This request may have replayed them.":             1,
			"If talonic_delivery_attempts lists a new attempt": 1,
		} {
			if n := strings.Count(got.Errors[0], text); n != want {
				t.Errorf("%q is there %d times, not %d:\n%s", text, n, want, got.Errors[0])
			}
		}
	}
}

// A 410 response means that a dead letter is gone, unless the list still shows it: then its binding may be gone.
func TestReplayOfWhatIsGone(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		given map[string]any
		fails string
	}{
		"given":              {map[string]any{"dead_letter_ids": []string{idOf("d", 9)}}, ""},
		"given, still there": {map[string]any{"dead_letter_ids": []string{idOf("d", 1)}}, "Check that the binding still exists"},
		"listed":             {map[string]any{"binding_id": toLedger}, "Check that the binding still exists"},
	} {
		for _, form := range []string{"api", "empty", "html"} {
			a := newAPI(t, emulator.Behavior{})
			a.letters(toLedger, "connector_5xx", 1)
			a.Inject(emulator.Fault{Kind: emulator.Refused, Status: 410, Form: form, Operation: "replay-dead-letter"})
			got := a.serve(t, emulator.DefaultAPIKey).Invoke(replayType, test.given)
			if test.fails == "" {
				if want := "Replayed: 0 of 1 dead letter, 1 already replayed or dismissed."; len(got.Errors) > 0 || got.Progress[len(got.Progress)-1] != want {
					t.Errorf("%s, %s: %v", name, form, got)
				}
			} else if len(got.Errors) != 1 || !strings.Contains(got.Errors[0], test.fails) {
				t.Errorf("%s, %s: %v", name, form, got)
			}
		}
	}
	a := newAPI(t, emulator.Behavior{})
	a.Inject(emulator.Fault{Kind: emulator.Refused, Status: 410, Operation: "replay-attempt"})
	got := a.serve(t, emulator.DefaultAPIKey).Invoke("talonic_delivery_attempt_replay", map[string]any{"attempt_id": idOf("a", 1)})
	if len(got.Errors) != 1 || !strings.Contains(got.Errors[0], "Nothing was replayed. The attempt or its binding no longer exists.") {
		t.Error(got)
	}
}

// What the API refuses of fifty dead letters alike is explained once, even if each message names its dead letter.
func TestFiftyRefusals(t *testing.T) {
	t.Parallel()
	const count = 50
	var ids []string
	for n := range count {
		ids = append(ids, idOf("d", n+1))
	}
	for name, message := range map[string]func(id string) string{
		"the same words":          func(string) string { return "Replays are switched off." },
		"the same but for the id": func(id string) string { return "Dead letter " + id + " cannot be replayed." },
		"fifty causes":            func(id string) string { return "Reason " + id[len(id)-2:] + "." },
	} {
		t.Run(strings.ReplaceAll(name, " ", "_"), func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(http.StatusBadRequest)
				fmt.Fprintf(w, `{"statusCode":400,"code":"bad_request","message":%q}`, message(strings.Split(r.URL.Path, "/")[4]))
			}))
			defer server.Close()
			got := api{url: server.URL}.serve(t, emulator.DefaultAPIKey).Invoke(replayType, map[string]any{"dead_letter_ids": ids})
			if len(got.Errors) != 1 {
				t.Fatal(got)
			}
			acctest.Golden(t, "fifty/"+strings.ReplaceAll(name, " ", "_"), strings.Join(got.Progress, "\n\n")+"\n\n"+got.Errors[0]+"\n")
		})
	}
}

// Where nothing works any more, the rest is not tried, and the error says what was done before.
func TestReplayEndsEarly(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.letters(toLedger, "connector_5xx", 40)
	var ids []string
	for _, d := range a.DeadLetters() {
		ids = append(ids, d.ID)
	}
	a.Inject(emulator.Fault{Kind: emulator.QuotaSpent, Operation: "replay-dead-letter", After: 3})
	got := a.serve(t, emulator.DefaultAPIKey).Invoke(replayType, map[string]any{"dead_letter_ids": ids})
	if len(got.Errors) != 1 || len(a.DeadLetters()) != 37 {
		t.Fatalf("%v, %d are left", got, len(a.DeadLetters()))
	}
	for _, want := range []string{"Replayed: 3 of 40 dead letters, 1 rejected, 36 not tried.", "and 26 others", "Daily quota of 500 requests exceeded", "The API accepts requests again at"} {
		if !strings.Contains(got.Errors[0], want) {
			t.Errorf("%q is not said: %s", want, got.Errors[0])
		}
	}
	if n := len(a.requests()); n > 5 {
		t.Errorf("%d requests", n)
	}
}

// What an interrupted run has begun is finished and counted, and the rest is not tried.
func TestReplayIsInterrupted(t *testing.T) {
	t.Parallel()
	for action, participle := range map[string]string{replayType: "replayed", dismissType: "dismissed"} {
		a := newAPI(t, emulator.Behavior{})
		a.letters(toLedger, "connector_5xx", 3)
		operation := map[string]string{replayType: "replay-dead-letter", dismissType: "dismiss-dead-letter"}[action]
		a.Inject(emulator.Fault{Kind: emulator.LateResponse, Operation: operation, Delay: 300 * time.Millisecond})
		ctx, interrupt := context.WithTimeout(t.Context(), time.Minute)
		go func() {
			for len(a.DeadLetters()) == 3 && ctx.Err() == nil {
				time.Sleep(time.Millisecond)
			}
			interrupt()
		}()
		got := a.serve(t, emulator.DefaultAPIKey).WithContext(ctx).Invoke(action, map[string]any{
			"dead_letter_ids": []string{idOf("d", 1), idOf("d", 2), idOf("d", 3)},
		})
		interrupt()
		want := strings.ToUpper(participle[:1]) + participle[1:] + ": 1 of 3 dead letters, 2 not tried.\n\nNot tried: " + idOf("d", 2) + ", " + idOf("d", 3) + ".\n\nThe run was interrupted."
		if len(got.Errors) != 1 || !strings.Contains(got.Errors[0], want) || a.left() != "2 3" {
			t.Errorf("%v; left: %s", got, a.left())
		}
	}
}

func TestAttemptReplay(t *testing.T) {
	t.Parallel()
	for answer, behavior := range map[string]emulator.AttemptReplay{
		"flag": emulator.ReplayFlag, "item": emulator.ReplayItem, "accepted": emulator.ReplayAccepted, "no content": emulator.ReplayNoContent,
	} {
		a := newAPI(t, emulator.Behavior{AttemptReplay: behavior})
		a.attempts(toLedger, "f")
		got := a.serve(t, emulator.DefaultAPIKey).Invoke("talonic_delivery_attempt_replay", map[string]any{"attempt_id": idOf("a", 1)})
		if len(got.Errors) > 0 || len(got.Progress) != 1 || len(a.Attempts()) != 2 {
			t.Errorf("%s: %v", answer, got)
		}
	}
	for kind, want := range map[emulator.FaultKind]string{
		emulator.LostResponse: "a new attempt with the same event_id", emulator.ServerErrorAfter: "a new attempt with the same event_id", emulator.LostRequest: "a new attempt with the same event_id",
		emulator.NotFound: "Nothing was replayed. Check the ID", emulator.Conflict: "Nothing was replayed. Check that the binding", emulator.Forbidden: `"write" for all other`,
	} {
		a := newAPI(t, emulator.Behavior{IgnoreIdempotencyKey: true})
		a.attempts(toLedger, "f")
		a.Inject(emulator.Fault{Kind: kind, Operation: "replay-attempt", Times: 1})
		got := a.serve(t, emulator.DefaultAPIKey).Invoke("talonic_delivery_attempt_replay", map[string]any{"attempt_id": idOf("a", 1)})
		if len(got.Errors) != 1 || !strings.Contains(got.Errors[0], want) || len(a.Attempts()) > 2 {
			t.Errorf("%s: %v, want %q", kind, got, want)
		}
		if n := strings.Count(fmt.Sprint(a.requests()), "replay-attempt"); n != 1 {
			t.Errorf("%s: %d requests", kind, n)
		}
	}
}

// A cause that was explained is not explained again, but each replay says what may have become of it.
func TestReplaysFailAlike(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	a.attempts(toLedger, "ff")
	a.Inject(emulator.Fault{Kind: emulator.ServerErrorFinal, Operation: "replay-attempt"})
	s := a.serve(t, emulator.DefaultAPIKey)
	for n, want := range []string{"the provider does not retry the replay", "The replay may have taken effect (status 500). Check its outcome before you replay again. Another error of this run has the details."} {
		got := s.Invoke("talonic_delivery_attempt_replay", map[string]any{"attempt_id": idOf("a", n+1)})
		if len(got.Errors) != 1 || !strings.Contains(got.Errors[0], want) {
			t.Errorf("%v, not %q", got, want)
		}
	}
}
