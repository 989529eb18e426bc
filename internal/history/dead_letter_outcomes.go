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

// work is the operation of an action on dead letters: a replay or a dismissal.
type work struct {
	verb, participle string // such as "replay" and "replayed"

	// cannot completes "an organization-wide key ... replay": "cannot" if the API docs state that, "possibly cannot" if they do not.
	cannot string

	// do replays or dismisses one dead letter. attempts is the number of requests that may have taken effect; 0 if the type of err shows the
	// outcome.
	do func(ctx context.Context, c *talonic.Client, id string) (attempts int, err error)

	// ifListed is the next step after an unknown outcome if the list still shows the dead letter, and ifGone if it does not.
	ifListed, ifGone string
}

var (
	replaying = work{
		verb: "replay", participle: "replayed", cannot: "cannot",
		do: func(ctx context.Context, c *talonic.Client, id string) (int, error) {
			return 0, c.ReplayDeadLetter(ctx, id)
		},
		ifListed: "The API may still complete the replay. List the dead letters again in a few minutes, and replay only those that remain.",
		ifGone:   "If talonic_delivery_attempts lists a new attempt of the event, the API replayed the dead letter. Replay only dead letters that are listed.",
	}
	dismissing = work{
		verb: "dismiss", participle: "dismissed", cannot: "possibly cannot", // assumption: the API docs state it only for replays
		do: func(ctx context.Context, c *talonic.Client, id string) (int, error) {
			return c.DismissDeadLetter(ctx, id)
		},
		ifListed: "If it still contains them later, dismiss them again.",
		ifGone:   "If the IDs are right, nothing is left to dismiss.",
	}
)

// fate is the outcome of the work for one dead letter.
type fate int

const (
	done     fate = iota
	gone          // it had been replayed or dismissed before
	refused       // the API rejected it and changed nothing
	unknown       // the response was lost or inconclusive
	notTried      // the action stopped before this dead letter
)

// judge returns the fate of one dead letter, given the error and the number of attempts that do returned. isChosen reports that the id comes
// from a list that was just read, not from the configuration: then a 404 response means that the dead letter is gone, not that the id is wrong.
func judge(err error, attempts int, isChosen bool) fate {
	var (
		said    *talonic.Error
		lost    *talonic.OutcomeUnknownError
		stopped *talonic.StoppedError
	)
	switch {
	case err == nil:
		return done
	case errors.As(err, &lost):
		return unknown
	case errors.As(err, &stopped), errors.Is(err, context.Canceled) && attempts == 0:
		return notTried
	case talonic.IsNotFound(err) && (isChosen || attempts > 1):
		return gone
	case talonic.NothingSent(err):
		return refused
	case errors.As(err, &said) && said.StatusCode < http.StatusInternalServerError:
		return refused
	}
	return unknown
}

// outcome holds the fate of one dead letter, and the error that led to it.
type outcome struct {
	id         string
	fate       fate
	err        error
	isLookedUp bool // whether the list was read after the error
	isListed   bool // whether that list shows it
}

// isOpen reports whether the list can tell more about an outcome. A 410 response may be about the dead letter or about its binding.
func (o outcome) isOpen() bool {
	return o.fate == unknown || o.fate == refused && talonic.HasStatus(o.err, http.StatusGone)
}

// lookedUp returns the outcome after the list was read. If the list does not show a dead letter that it showed before, the work was done,
// unless the response denies that. isChosen reports that the list showed it before.
func (o outcome) lookedUp(isListed, isChosen bool) outcome {
	var body *talonic.UnexpectedBodyError
	o.isLookedUp, o.isListed = true, isListed
	switch denies := errors.As(o.err, &body) && body.Denies; {
	case isListed:
	case o.fate == refused:
		o.fate = gone
	case isChosen && !denies:
		o.fate = done
	}
	return o
}

// run does the work for each id in turn, and reports the progress to tell. It continues after a rejected request. It stops if ctx ends, or if
// an error would affect all further requests (fate notTried). The outcomes have the order of ids.
func (w work) run(ctx context.Context, c *talonic.Client, ids []string, isChosen bool, tell func(string)) []outcome {
	outcomes := make([]outcome, len(ids))
	for i, id := range ids {
		outcomes[i] = outcome{id: id, fate: notTried, err: ctx.Err()}
		if i > 0 && outcomes[i-1].fate == notTried {
			outcomes[i].err = outcomes[i-1].err
			continue
		}
		if ctx.Err() != nil {
			continue
		}
		attempts, err := w.do(ctx, c, id)
		outcomes[i].fate, outcomes[i].err = judge(err, attempts, isChosen), err
		said := w.progress(outcomes[i])
		if i > 0 && outcomes[i].fate == refused && cause(outcomes[i]) == cause(outcomes[i-1]) {
			said = "Dead letter " + id + " was not " + w.participle + " for the same reason"
		}
		if said != "" {
			tell(fmt.Sprintf("%s (%d of %d)", said, i+1, len(ids)))
		}
	}
	w.settle(ctx, c, outcomes, isChosen, tell)
	return outcomes
}

// progress returns a line about one outcome; "" for notTried, which the summary reports for all dead letters together.
func (w work) progress(o outcome) string {
	label := "Dead letter " + o.id
	switch o.fate {
	case done:
		return label + " " + w.participle
	case gone:
		return label + " no longer exists"
	case refused:
		return label + " was not " + w.participle + ": " + redact.Line(o.err.Error())
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

// settle looks up the dead letters of open outcomes in the list.
func (w work) settle(ctx context.Context, c *talonic.Client, outcomes []outcome, isChosen bool, tell func(string)) {
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
		switch outcomes[i].fate {
		case done:
			tell("Dead letter " + o.id + " is no longer listed, so it was " + w.participle)
		case gone:
			tell("Dead letter " + o.id + " no longer exists")
		}
	}
}

// count returns the number of outcomes with one of these fates.
func count(outcomes []outcome, fates ...fate) int {
	n := 0
	for _, o := range outcomes {
		if slices.Contains(fates, o.fate) {
			n++
		}
	}
	return n
}

// summary returns a sentence with the number of dead letters of each fate.
func (w work) summary(outcomes []outcome) string {
	parts := []string{fmt.Sprintf("%s: %d of %s", capitalized(w.participle), count(outcomes, done), apidiag.Count(len(outcomes), letterNoun))}
	for _, other := range []struct {
		fate  fate
		about string
	}{{gone, "already replayed or dismissed"}, {refused, "rejected"}, {unknown, "with unknown outcome"}, {notTried, "not tried"}} {
		if n := count(outcomes, other.fate); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, other.about))
		}
	}
	return strings.Join(parts, ", ") + "."
}

func capitalized(word string) string { return strings.ToUpper(word[:1]) + word[1:] }

// problem returns an error about the dead letters whose work was not done, or nil. It names dead letters with the same cause together. If there
// are many causes, it explains the first ones, and names the other dead letters by their fate.
func (w work) problem(outcomes []outcome) diag.Diagnostic {
	if count(outcomes, refused, unknown, notTried) == 0 {
		return nil
	}
	const most = 5
	detail := w.summary(outcomes)
	var causes []string
	alike, others := map[string][]outcome{}, map[fate][]outcome{}
	for _, o := range outcomes {
		switch key := cause(o); {
		case o.fate == done || o.fate == gone:
		case alike[key] == nil && len(causes) == most:
			others[o.fate] = append(others[o.fate], o)
		default:
			if alike[key] == nil {
				causes = append(causes, key)
			}
			alike[key] = append(alike[key], o)
		}
	}
	for _, key := range causes {
		detail += "\n\n" + w.about(alike[key])
	}
	for _, of := range []fate{refused, unknown, notTried} {
		if len(others[of]) > 0 {
			detail += "\n\n" + w.heading(of) + " for other reasons: " + list(others[of]) + ". The output of the action has the reason of each."
		}
	}
	return diag.NewErrorDiagnostic(fmt.Sprintf("Cannot %s delivery dead letters", w.verb), detail)
}

// cause returns a key that is equal for outcomes to be explained together. A message that names the dead letter is the same for all.
func cause(o outcome) string {
	var said *talonic.Error
	what := ""
	switch {
	case errors.As(o.err, &said):
		what = fmt.Sprint(said.StatusCode, said.Code, said.Message)
	case o.err != nil && o.fate != notTried:
		what = o.err.Error()
	}
	return fmt.Sprint(o.fate, o.isLookedUp, o.isListed, strings.ReplaceAll(what, o.id, ""))
}

// heading names a fate for the dead letters that an error lists.
func (w work) heading(of fate) string {
	return map[fate]string{refused: "Not " + w.participle, unknown: "Unknown outcome", notTried: "Not tried"}[of]
}

// about explains what these outcomes share.
func (w work) about(alike []outcome) string {
	o := alike[0]
	detail := w.heading(o.fate) + ": " + list(alike) + ".\n\n"
	if o.fate == notTried && errors.Is(o.err, context.Canceled) {
		return detail + "The run was interrupted. Invoke the action again for the rest."
	}
	return detail + apidiag.Detail(o.err, w.next(o))
}

// next returns the next step after an outcome; "" if [apidiag.Detail] has a general one.
func (w work) next(o outcome) string {
	var said *talonic.Error
	switch isAnswer := errors.As(o.err, &said); {
	case o.fate == unknown && o.isListed:
		return "The list of dead letters still contains every dead letter with this outcome. " + w.ifListed
	case o.fate == unknown && o.isLookedUp:
		return "The list of dead letters contains no dead letter with this outcome. This request may have " + w.participle + " them. They may also have been replayed or " +
			"dismissed before, or the IDs may be wrong. " + w.ifGone
	case o.fate == unknown:
		return "The provider could not read the list of dead letters. Check the list before you " + w.verb + " again."
	case o.fate != refused || !isAnswer:
		return ""
	case talonic.IsNotFound(o.err):
		return "Each of these was already replayed or dismissed, or its ID is wrong. " + apidiag.WhereToLook(letterNoun)
	case said.StatusCode == http.StatusBadRequest:
		return w.afterBadRequest()
	case isRefusedForItsState(said.StatusCode):
		return "Check that the binding still exists, and that the destination is active. Then " + w.verb + " again."
	}
	return ""
}

// afterBadRequest explains a 400 response. The request has no body, so the cause is probably the API key.
//
// API docs: "Dead Letter Queue".
func (w work) afterBadRequest() string {
	return "Use the API key of a workspace: an organization-wide key (a \"master view\" key) " + w.cannot + " " + w.verb + "."
}

// isRefusedForItsState reports whether an HTTP status means that the state of the object does not permit the request.
func isRefusedForItsState(status int) bool {
	return status == http.StatusConflict || status == http.StatusGone || status == http.StatusUnprocessableEntity
}

// list returns up to ten ids, separated by commas, and the number of the others.
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
