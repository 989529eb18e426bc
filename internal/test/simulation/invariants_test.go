package simulation

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// check returns the violations of invariants after a schedule.
func (p *process) check() (violations []string) {
	w := p.world
	report := func(format string, args ...any) { violations = append(violations, fmt.Sprintf(format, args...)) }

	violations = append(violations, w.faults...)
	owners := map[string]*creation{}
	for _, c := range p.creations {
		if c.err != nil || !c.inState {
			continue
		}
		id := c.created.Object.ID
		if owners[id] != nil {
			report("two resources have the id %s", id)
		}
		owners[id] = c
		p.checkStored(c, report)
	}
	for _, r := range w.objects {
		ours := r.owner == "us" && !r.isGiven()
		if slices.Contains(r.touched, "us") && !ours && !p.mayTouch(r) {
			report("%s of %s was changed or deleted by us", r.ID, r.owner)
		}
		if ours && r.there() && owners[r.ID] == nil {
			p.checkNamed(r, report)
		}
	}
	for _, c := range p.creations {
		if c.gone {
			p.checkGone(c.created.Object.ID, c.goneAt, report)
		}
		p.checkFinished(c, report)
		p.checkCandidates(c, report)
		p.checkKey(c, report)
	}
	for id, at := range p.gone {
		p.checkGone(id, at, report)
	}
	p.checkList(report)
	const perCreate = 60
	if most := perCreate * len(p.creations); w.sent > most {
		report("%d requests, more than %d", w.sent, most)
	}
	return violations
}

// checkStored checks that the object of a successful create exists and matches the configuration, including the credentials.
func (p *process) checkStored(c *creation, report func(string, ...any)) {
	id := c.created.Object.ID
	r := p.world.byID(id)
	switch {
	case r == nil:
		report("%s, which was created, was never there", id)
	case !r.there() && (c.deleting || r.owner != "us" && slices.Contains(r.touched, r.owner)):
		// a delete whose response was lost, or of an adopted one by the pipeline that created it
	case !r.there():
		report("%s, which was created, is not there", id)
	case r.Token != c.token, r.URL != c.url, !sameCap(r.Cap, c.cap), !r.Active:
		report("%s is not as configured: %+v, wanted %+v", id, *r, c.spec)
	}
}

func sameCap(a, b *int64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }

// mayTouch reports whether the client could not distinguish an object of others from ours, and a warning or an error names it. Such an object
// has the same values, was created during our create, and no list contained both objects.
func (p *process) mayTouch(r *record) bool {
	for _, c := range p.creations {
		var unknown *talonic.OutcomeUnknownError
		named := c.err == nil && c.created.Adopted && c.created.Object.ID == r.ID ||
			errors.As(c.err, &unknown) && unknown.Adoption != nil && slices.Contains(unknown.Candidates, r.ID)
		const tolerance = 1200 * time.Millisecond
		since := !r.made.Add(max(0, p.world.database)).Before(c.began.Add(-tolerance))
		if named && since && r.owner != "us" && r.origin != "" && c.url == r.born.url && sameCap(c.cap, r.born.cap) && c.name == r.born.name && !p.world.showed(c) {
			return true
		}
	}
	return false
}

// checkNamed checks that diagnostics name an object which we left behind, by its ID or as an object that may exist.
func (p *process) checkNamed(r *record, report func(string, ...any)) {
	for _, c := range p.creations {
		if c.token != r.origin {
			continue
		}
		var unknown *talonic.OutcomeUnknownError
		switch {
		case errors.As(c.err, &unknown):
		case c.err != nil:
			report("%s was left behind, and the error is %v", r.ID, c.err)
		case c.deleted && c.created.Object.ID == r.ID:
			report("%s was deleted, and is there", r.ID)
		case !c.created.Resent:
			report("%s was left behind, and nothing is said", r.ID)
		case !slices.Contains(c.created.Duplicates, r.ID):
			p.checkTwin(c, r, report)
		}
		return
	}
	report("%s was created for nothing", r.ID)
}

// checkTwin checks that a later refresh names the object of an earlier attempt, if the API's responses allow that.
func (p *process) checkTwin(c *creation, r *record, report func(string, ...any)) {
	w := p.world
	if w.list != whole || w.times != iso || w.database != 0 || !c.inState || r.made.Sub(c.began) > 5*time.Minute {
		return
	}
	all, err := c.client.CachedDestinations(calm(w))
	if err != nil {
		return
	}
	for _, d := range all {
		if d.ID == c.created.Object.ID && !slices.Contains(c.client.DestinationDuplicates(&d, c.created.First, c.created.Last), r.ID) {
			report("%s was left behind, and no refresh names it", r.ID)
		}
	}
}

// checkFinished checks that an interrupt did not end started creates too early.
func (p *process) checkFinished(c *creation, report func(string, ...any)) {
	var unknown *talonic.OutcomeUnknownError
	if errors.As(c.err, &unknown) && errors.Is(unknown.Lookup, context.Canceled) && c.ended.Before(p.interrupted.Add(attemptTimeout)) {
		report("the create of %+q was given up %v after the interrupt", c.name, c.ended.Sub(p.interrupted))
	}
}

// checkGone checks that the client treats no existing object as gone. An eventually consistent list may lack a new object of another process
// of ours.
func (p *process) checkGone(id string, at time.Time, report func(string, ...any)) {
	r := p.world.byID(id)
	if lags := r != nil && r.isGiven() && r.made.After(p.world.start.Add(-p.world.lag)); lags {
		return
	}
	if r != nil && (r.there() || r.deleted.After(at)) {
		report("%s was taken for gone, and is there", r.ID)
	}
}

// checkAttempt checks that the client does not retry a create after a list has returned the object of an earlier attempt.
func (w *world) checkAttempt(c *creation) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.showed(c) {
		w.faults = append(w.faults, fmt.Sprintf("the create of %+q was sent once more, although a list showed what the first attempt created", c.name))
	}
}

// showed reports whether a list has returned the created object to its create.
func (w *world) showed(c *creation) bool {
	return slices.ContainsFunc(w.objects, func(r *record) bool { return r.origin == c.token && c.listed[r.ID] })
}

// checkCandidates checks that no error suggests to import an object of a different resource, or an object that we deleted.
func (p *process) checkCandidates(c *creation, report func(string, ...any)) {
	var (
		unknown *talonic.OutcomeUnknownError
		named   []string
	)
	if errors.As(c.err, &unknown) {
		named = unknown.Candidates
	} else if c.err == nil {
		named = c.created.Duplicates
	}
	for _, id := range named {
		r := p.world.byID(id)
		isOther := func(other *creation) bool { return other != c && other.err == nil && other.created.Object.ID == id }
		if r == nil || r.isGiven() || slices.ContainsFunc(p.creations, isOther) {
			report("%s is named for the create of %+q, and is another one's", id, c.name)
		}
	}
}

// checkKey checks that all attempts of a create have the same Idempotency-Key.
func (p *process) checkKey(c *creation, report func(string, ...any)) {
	attempts := 0
	for _, r := range p.world.objects {
		if r.origin == c.token {
			attempts++
		}
	}
	if p.world.honorsKey && attempts > 1 {
		report("the create of %+q was carried out %d times, by an API that knows its key", c.name, attempts)
	}
}

// checkList checks that the client finds every object in a list, in each form of lists.
func (p *process) checkList(report func(string, ...any)) {
	all, err := newClient(p.world, &talonic.Accounts{}, "list").ListDestinations(calm(p.world))
	if err != nil {
		report("the list cannot be read: %v", err)
	}
	for _, r := range p.world.objects {
		if r.there() && !slices.ContainsFunc(all, func(d talonic.Destination) bool { return d.ID == r.ID }) {
			report("%s is overlooked in the list", r.ID)
		}
	}
}
