package history

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// operation is what an action does with dead letters: a replay or a dismissal.
type operation struct {
	verb, participle string // such as "replay" and "replayed"

	// inability completes "an organization-wide key, which ... replay": "cannot" if the API docs state this, "possibly cannot" if they do not.
	inability string

	// do replays or dismisses one dead letter. attempts counts the requests that may have taken effect. It is 0 if the type of err alone
	// determines the outcome.
	do func(ctx context.Context, c *talonic.Client, id string) (attempts int, err error)

	// ifListed is the next step after an unknown outcome if the list still contains the dead letter. ifGone is the next step if the list does
	// not contain it.
	ifListed, ifGone string
}

var (
	replaying = operation{
		verb: "replay", participle: "replayed", inability: "cannot",
		do: func(ctx context.Context, c *talonic.Client, id string) (int, error) {
			return 0, c.ReplayDeadLetter(ctx, id)
		},
		ifListed: "The API may still complete the replay. List the dead letters again in a few minutes, and replay only those that remain.",
		ifGone:   "If talonic_delivery_attempts lists a new attempt of a dead letter's event, the API replayed that dead letter. Replay only IDs that the list of dead letters contains.",
	}
	dismissing = operation{
		verb: "dismiss", participle: "dismissed", inability: "possibly cannot", // assumption: the API docs state it only for replays
		do: func(ctx context.Context, c *talonic.Client, id string) (int, error) {
			return c.DismissDeadLetter(ctx, id)
		},
		ifListed: "If it still contains them later, dismiss them again.",
		ifGone:   "If the IDs are right, nothing is left to dismiss.",
	}
)

// status is the result of the operation for one dead letter.
type status int

const (
	done     status = iota
	gone            // the dead letter had already been replayed or dismissed
	rejected        // the request certainly changed nothing
	unknown         // the response was lost or inconclusive
	notTried        // the action stopped before this dead letter
)

// classify returns the status of one dead letter from the results of operation.do: its error and its number of attempts. isChosen reports that the
// ID comes from a list that was just read, not from the configuration. A 404 response then means that the dead letter is gone, not that the ID
// is wrong.
func classify(err error, attempts int, isChosen bool) status {
	var (
		lost    *talonic.OutcomeUnknownError
		stopped *talonic.StoppedError
	)
	switch {
	case err == nil:
		return done
	case errors.As(err, &lost):
		return unknown
	case attempts == 0 && (errors.As(err, &stopped) || errors.Is(err, context.Canceled)):
		return notTried
	case talonic.IsNotFound(err) && (isChosen || attempts > 1):
		return gone
	case talonic.NothingSent(err), talonic.ProvesRejection(err):
		return rejected
	}
	return unknown
}

// outcome holds the status of one dead letter, and the error that caused it.
type outcome struct {
	id         string
	status     status
	err        error
	isLookedUp bool // whether the list was read after the error
	isListed   bool // whether that list contains the dead letter
}

// isOpen reports whether the list may determine an outcome. That includes 410 responses, which may concern the dead letter or its binding.
func (o outcome) isOpen() bool {
	return o.status == unknown || o.status == rejected && talonic.HasStatus(o.err, http.StatusGone)
}

// lookedUp returns the outcome after the list was read. If the list no longer contains the dead letter, a rejected request concerned one that
// is gone, and a request with an unknown outcome succeeded if an earlier list contained the dead letter (isChosen) and the response does not
// deny the success.
func (o outcome) lookedUp(isListed, isChosen bool) outcome {
	var body *talonic.UnexpectedBodyError
	o.isLookedUp, o.isListed = true, isListed
	switch denies := errors.As(o.err, &body) && body.Denies; {
	case isListed:
	case o.status == rejected:
		o.status = gone
	case isChosen && !denies:
		o.status = done
	}
	return o
}

// run executes the operation for each ID in order, and passes progress messages to tell. It continues after a rejected request. It stops if
// ctx ends, or if an error would affect all further requests (status notTried). The outcomes have the order of ids.
func (p operation) run(ctx context.Context, c *talonic.Client, ids []string, isChosen bool, tell func(string)) []outcome {
	outcomes := make([]outcome, len(ids))
	for i, id := range ids {
		outcomes[i] = outcome{id: id, status: notTried, err: ctx.Err()}
		if i > 0 && outcomes[i-1].status == notTried {
			outcomes[i].err = outcomes[i-1].err
			continue
		}
		if ctx.Err() != nil {
			continue
		}
		attempts, err := p.do(ctx, c, id)
		outcomes[i].status, outcomes[i].err = classify(err, attempts, isChosen), err
		message := p.progress(outcomes[i])
		if i > 0 && outcomes[i].status == rejected && cause(outcomes[i]) == cause(outcomes[i-1]) {
			message = "Dead letter " + id + " was not " + p.participle + " for the same reason"
		}
		if message != "" {
			tell(fmt.Sprintf("%s (%d of %d)", message, i+1, len(ids)))
		}
	}
	p.lookUpOpen(ctx, c, outcomes, isChosen, tell)
	return outcomes
}

// progress returns a progress message about one outcome. It returns "" for notTried, because the summary reports these dead letters together.
func (p operation) progress(o outcome) string {
	label := "Dead letter " + o.id
	switch o.status {
	case done:
		return label + " " + p.participle
	case gone:
		return label + " no longer exists"
	case rejected:
		return label + " was not " + p.participle + ": " + redact.Line(o.err.Error())
	case unknown:
		err := o.err
		var lost *talonic.OutcomeUnknownError
		if errors.As(err, &lost) {
			err = lost.Cause
		}
		return label + " has an unknown outcome: " + redact.Line(err.Error())
	}
	return ""
}

// lookUpOpen looks up dead letters with an open outcome in the list.
func (p operation) lookUpOpen(ctx context.Context, c *talonic.Client, outcomes []outcome, isChosen bool, tell func(string)) {
	open := map[string]bool{}
	for _, o := range outcomes {
		if o.isOpen() {
			open[text.ID(o.id)] = true
		}
	}
	if len(open) == 0 || ctx.Err() != nil {
		return
	}
	listed, err := c.ListDeadLetters(ctx, func(d talonic.DeadLetter) bool { return open[text.ID(d.ID)] }, len(open))
	if err != nil {
		tell("The provider cannot list the dead letters to look up unknown outcomes: " + redact.Line(err.Error()))
		return
	}
	for i, o := range outcomes {
		if !o.isOpen() {
			continue
		}
		isListed := slices.ContainsFunc(listed.Objects, func(d talonic.DeadLetter) bool { return text.SameID(d.ID, o.id) })
		outcomes[i] = o.lookedUp(isListed, isChosen)
		switch outcomes[i].status {
		case done:
			tell("Dead letter " + o.id + " is no longer listed, so it was " + p.participle)
		case gone:
			tell("Dead letter " + o.id + " no longer exists")
		}
	}
}

// count returns the number of outcomes that have one of these statuses.
func count(outcomes []outcome, statuses ...status) int {
	n := 0
	for _, o := range outcomes {
		if slices.Contains(statuses, o.status) {
			n++
		}
	}
	return n
}

// summary returns a sentence with the number of dead letters for each status.
func (p operation) summary(outcomes []outcome) string {
	parts := []string{fmt.Sprintf("%s: %d of %s", capitalized(p.participle), count(outcomes, done), apidiag.Count(len(outcomes), deadLetterNoun))}
	for _, other := range []struct {
		status status
		about  string
	}{{gone, "already replayed or dismissed"}, {rejected, "rejected"}, {unknown, "with unknown outcome"}, {notTried, "not tried"}} {
		if n := count(outcomes, other.status); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, other.about))
		}
	}
	return strings.Join(parts, ", ") + "."
}

func capitalized(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// problem returns an error that groups the failed dead letters by cause; nil if none failed. If there are many causes, the error explains the
// first ones, and lists the other dead letters by status.
func (p operation) problem(outcomes []outcome) diag.Diagnostic {
	if count(outcomes, rejected, unknown, notTried) == 0 {
		return nil
	}
	const most = 5
	detail := p.summary(outcomes)
	var causes []string
	alike, others := map[string][]outcome{}, map[status][]outcome{}
	for _, o := range outcomes {
		switch key := cause(o); {
		case o.status == done || o.status == gone:
		case alike[key] == nil && len(causes) == most:
			others[o.status] = append(others[o.status], o)
		default:
			if alike[key] == nil {
				causes = append(causes, key)
			}
			alike[key] = append(alike[key], o)
		}
	}
	explained := map[*talonic.Stop]bool{}
	for _, key := range causes {
		detail += "\n\n" + p.about(alike[key], explained)
	}
	for _, of := range []status{rejected, unknown, notTried} {
		if len(others[of]) > 0 {
			detail += "\n\n" + p.heading(of) + " for other reasons: " + list(others[of]) + ". The output of the action has the reason of each."
		}
	}
	return diag.NewErrorDiagnostic(fmt.Sprintf("Cannot %s delivery dead letters", p.verb), detail)
}

// cause returns a grouping key. Outcomes with equal keys share one explanation. The key omits the ID, so that messages which differ only in
// the ID have the same key.
func cause(o outcome) string {
	var apiErr *talonic.Error
	what := ""
	switch {
	case errors.As(o.err, &apiErr):
		what = fmt.Sprint(apiErr.StatusCode, apiErr.Code, apiErr.Message)
	case o.err != nil && o.status != notTried:
		what = o.err.Error()
	}
	return fmt.Sprint(o.status, o.isLookedUp, o.isListed, strings.ReplaceAll(what, o.id, ""))
}

// heading returns the words that introduce dead letters of one status in an error.
func (p operation) heading(of status) string {
	return map[status]string{rejected: "Not " + p.participle, unknown: "Unknown outcome", notTried: "Not tried"}[of]
}

// about explains outcomes that have the same cause. explained holds the causes that the diagnostic already explains: outcomes
// with the same cause may differ only in the next step.
func (p operation) about(alike []outcome, explained map[*talonic.Stop]bool) string {
	o := alike[0]
	detail := p.heading(o.status) + ": " + list(alike) + ".\n\n"
	if o.status == notTried && errors.Is(o.err, context.Canceled) {
		return detail + "The run was interrupted. Invoke the action again for the rest."
	}
	next, stop := p.next(o), talonic.StopOf(o.err)
	if stop != nil && explained[stop] {
		return detail + strings.TrimSpace(fmt.Sprintf("The cause is the same as above (%s).\n\n%s", stop.Cause(), next))
	}
	if stop != nil {
		explained[stop] = true
	}
	detail += apidiag.Detail(o.err, next)
	if !strings.Contains(detail, next) { // an error of another operation explains the cause
		detail += "\n\n" + next
	}
	return detail
}

// next returns the next step after an outcome; "" if [apidiag.Detail] has a general next step.
func (p operation) next(o outcome) string {
	var apiErr *talonic.Error
	switch isResponse := errors.As(o.err, &apiErr); {
	case o.status == unknown && o.isListed:
		return "The list of dead letters still contains each of these IDs. " + p.ifListed
	case o.status == unknown && o.isLookedUp:
		return "The list of dead letters contains none of these IDs. This request may have " + p.participle + " them. They may also have been replayed or " +
			"dismissed before, or the IDs may be wrong. " + p.ifGone
	case o.status == unknown:
		return "The provider could not read the list of dead letters. Check the list before you " + p.verb + " again."
	case o.status != rejected || !isResponse:
		return ""
	case talonic.IsNotFound(o.err):
		return "Each of these dead letters was already replayed or dismissed, or its ID is wrong. " + apidiag.WhereToLook(deadLetterNoun)
	case apiErr.StatusCode == http.StatusBadRequest:
		return p.afterBadRequest()
	case isRejectedForItsState(apiErr.StatusCode):
		return "Check that the binding still exists, and that the destination is active. Then " + p.verb + " again."
	}
	return ""
}

// afterBadRequest explains a 400 response. The request has no body, so the cause may be the API key.
//
// API docs: Dead Letter Queue.
func (p operation) afterBadRequest() string {
	return "The API key may be an organization-wide key (a \"master view\" key), which " + p.inability + " " + p.verb + ". If it is, use the API key of a workspace."
}

// isRejectedForItsState reports whether an HTTP status means that the state of the object does not allow the request.
func isRejectedForItsState(status int) bool {
	return status == http.StatusConflict || status == http.StatusGone || status == http.StatusUnprocessableEntity
}

// list returns up to ten IDs, separated by commas, and the number of the remaining ones.
func list(outcomes []outcome) string {
	const most = 10
	var ids []string
	for _, o := range outcomes[:min(len(outcomes), most)] {
		ids = append(ids, o.id)
	}
	shown := strings.Join(ids, ", ")
	if len(outcomes) > most {
		shown += fmt.Sprintf(" and %d others", len(outcomes)-most)
	}
	return shown
}
