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

	// afterUnknown is the next step if the response was lost and the list still shows the dead letter.
	afterUnknown string
}

var (
	replaying = work{
		verb: "replay", participle: "replayed", cannot: "cannot",
		do: func(ctx context.Context, c *talonic.Client, id string) (int, error) {
			return 0, c.ReplayDeadLetter(ctx, id)
		},
		afterUnknown: "The API may still complete the replay. List the dead letters again in a few minutes, and replay only those that remain.",
	}
	dismissing = work{
		verb: "dismiss", participle: "dismissed", cannot: "possibly cannot", // assumption: the API docs state it only for replays
		do: func(ctx context.Context, c *talonic.Client, id string) (int, error) {
			return c.DismissDeadLetter(ctx, id)
		},
		afterUnknown: "If it still contains them later, dismiss them again.",
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
	id       string
	fate     fate
	err      error
	isListed bool // whether the list shows it after a lost response
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
		if said := w.progress(outcomes[i]); said != "" {
			tell(fmt.Sprintf("%s (%d of %d)", said, i+1, len(ids)))
		}
	}
	w.settle(ctx, c, outcomes, tell)
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
		return label + " has an unknown outcome: " + redact.Line(o.err.Error())
	}
	return ""
}

// settle looks up the dead letters of unknown fate in the list. If the list does not show one any more, the work was done.
func (w work) settle(ctx context.Context, c *talonic.Client, outcomes []outcome, tell func(string)) {
	open := map[string]bool{}
	for _, o := range outcomes {
		if o.fate == unknown {
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
		isListed := slices.ContainsFunc(listed.Objects, func(d talonic.DeadLetter) bool { return text.SameID(d.ID, o.id) })
		outcomes[i].isListed = isListed
		if o.fate == unknown && !isListed {
			outcomes[i].fate = done
			tell("Dead letter " + o.id + " is no longer listed, so it was " + w.participle)
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

// problem returns an error about the dead letters whose work was not done, or nil. It names dead letters with the same cause together.
func (w work) problem(outcomes []outcome) diag.Diagnostic {
	if count(outcomes, refused, unknown, notTried) == 0 {
		return nil
	}
	detail := w.summary(outcomes)
	var said []string // causes that detail already explains
	for _, o := range outcomes {
		if o.fate == done || o.fate == gone || slices.Contains(said, cause(o)) {
			continue
		}
		said = append(said, cause(o))
		var ids []string
		for _, other := range outcomes {
			if cause(other) == cause(o) {
				ids = append(ids, other.id)
			}
		}
		detail += "\n\n" + w.about(o, ids)
	}
	return diag.NewErrorDiagnostic(fmt.Sprintf("Cannot %s delivery dead letters", w.verb), detail)
}

// cause returns a key that is equal for outcomes to be explained together.
func cause(o outcome) string {
	var said *talonic.Error
	if errors.As(o.err, &said) {
		return fmt.Sprint(o.fate, said.StatusCode, said.Code, said.Message)
	}
	if o.err != nil && o.fate != notTried {
		return fmt.Sprint(o.fate, strings.ReplaceAll(o.err.Error(), o.id, ""))
	}
	return fmt.Sprint(o.fate)
}

// about explains the outcome that the dead letters with these ids share.
func (w work) about(o outcome, ids []string) string {
	heading := map[fate]string{refused: "Not " + w.participle, unknown: "Unknown outcome", notTried: "Not tried"}[o.fate]
	detail := heading + ": " + list(ids) + ".\n\n"
	if o.fate == notTried && errors.Is(o.err, context.Canceled) {
		return detail + "The run was interrupted. Invoke the action again for the rest."
	}
	return detail + apidiag.Detail(o.err, w.next(o))
}

// next returns the next step after an outcome; "" if [apidiag.Detail] has a general one.
func (w work) next(o outcome) string {
	var said *talonic.Error
	switch isAnswer := errors.As(o.err, &said); {
	case o.fate == unknown:
		if o.isListed {
			return "The list of dead letters still contains every dead letter with this outcome. " + w.afterUnknown
		}
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
func list(ids []string) string {
	const most = 10
	if len(ids) <= most {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d others", strings.Join(ids[:most], ", "), len(ids)-most)
}
