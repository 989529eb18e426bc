package compatibility

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// catalogTimeout is how long the catalogs may keep a plan waiting, retries included. Plans can do without them.
const catalogTimeout = 20 * time.Second

// Checker judges routes by the catalogs of an API, which it reads when it is first asked, and never again. It is safe for
// concurrent use.
type Checker struct {
	client *talonic.Client

	turn     chan struct{} // held while the rest is used
	catalogs *Catalogs     // nil until they were read, or tried
	doubts   []string
	types    map[string]string // of destinations, by id: one never changes

	planned        planned
	connectorTypes connectorTypes
}

// NewChecker returns a checker that has read nothing yet.
func NewChecker(client *talonic.Client) *Checker {
	return &Checker{client: client, turn: make(chan struct{}, 1), types: map[string]string{}}
}

// Check judges a route to a destination, whose type it finds out; an empty id is not known yet. doubts say what could not be
// judged, and why, and are returned to the first caller only.
func (c *Checker) Check(ctx context.Context, r Route, destinationID string) (conflicts []Conflict, doubts []string) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return nil, nil
	}
	if c.catalogs == nil {
		read, problems := c.read(ctx)
		if ctx.Err() != nil {
			return nil, nil // interrupted, so nobody is asking any more
		}
		c.catalogs, c.doubts = &read, problems
	}
	doubts, c.doubts = c.doubts, nil
	if destinationID != "" {
		var err error
		if r.DestinationType, err = c.typeOf(ctx, destinationID); talonic.IsNotFound(err) {
			conflicts = append(conflicts, Conflict{At: DestinationID, Title: "No delivery destination has this id",
				Detail: "The API does not know " + redact.Quote(destinationID) + ". Check the id, and that the API key belongs to the same organization: the API responds with 404 for destinations of other organizations."})
		}
	}
	return append(conflicts, c.catalogs.Judge(r)...), doubts
}

// judge judges a route by the catalogs as far as they were read.
func (c *Checker) judge(r Route) []Conflict {
	c.turn <- struct{}{}
	defer func() { <-c.turn }()
	if c.catalogs == nil {
		return nil
	}
	return c.catalogs.Judge(r)
}

// lockedTypeOf is typeOf for callers that do not hold the turn.
func (c *Checker) lockedTypeOf(ctx context.Context, id string) (string, error) {
	select {
	case c.turn <- struct{}{}:
		defer func() { <-c.turn }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	return c.typeOf(ctx, id)
}

// typeOf is the type of a destination. Without it, there is less to judge.
func (c *Checker) typeOf(ctx context.Context, id string) (string, error) {
	if known, ok := c.types[id]; ok {
		return known, nil
	}
	d, err := c.client.CachedDestination(ctx, id)
	if err != nil {
		return "", err
	}
	c.types[id] = d.Type
	return d.Type, nil
}

// read reads the four catalogs at once, and tells what it could not read or understand.
func (c *Checker) read(ctx context.Context) (read Catalogs, problems []string) {
	ctx, cancel := context.WithTimeout(ctx, catalogTimeout)
	defer cancel()
	var (
		errs  [4]error
		group sync.WaitGroup
	)
	group.Go(func() { read.Signals, errs[0] = c.client.ListSignals(ctx) })
	group.Go(func() { read.Deliverables, errs[1] = c.client.ListDeliverables(ctx) })
	group.Go(func() { read.Serializers, errs[2] = c.client.ListSerializers(ctx) })
	group.Go(func() { read.Connectors, errs[3] = c.client.ListConnectors(ctx) })
	group.Wait()
	return read, append(unread(errs), read.gaps(errs)...)
}

// unread tells which catalogs could not be read, why, and what to do. Most often, it is one reason for all.
func unread(errs [4]error) []string {
	var steps []string
	names := map[string][]string{} // by what is to be done
	first := map[string]error{}
	for i, name := range []string{"signals", "deliverables", "serializers", "connectors"} {
		if errs[i] == nil {
			continue
		}
		step := apidiag.NextStep(errs[i])
		if first[step] == nil {
			first[step] = errs[i]
			steps = append(steps, step)
		}
		names[step] = append(names[step], name)
	}
	var problems []string
	for _, step := range steps {
		which := "catalog"
		if len(names[step]) > 1 {
			which = "catalogs"
		}
		problems = append(problems, fmt.Sprintf("The %s of %s could not be read: %s. %s", which, strings.Join(names[step], ", "), first[step], step))
	}
	return problems
}

// gaps tells what catalogs that were read do not say.
func (c Catalogs) gaps(errs [4]error) []string {
	var found []string
	gap := func(i int, catalog string, says bool, what string) {
		if errs[i] == nil && !says {
			found = append(found, fmt.Sprintf("The catalog of %s does not have %s.", catalog, what))
		}
	}
	gap(0, "signals", len(c.Signals) > 0, "any")
	gap(1, "deliverables", len(c.Deliverables) > 0, "any")
	gap(2, "serializers", len(c.Serializers) > 0, "any")
	gap(3, "connectors", len(c.Connectors) > 0, "any")
	if len(found) > 0 {
		return found
	}
	gap(1, "deliverables", slices.ContainsFunc(c.Deliverables, func(d talonic.Deliverable) bool { return d.ShapeKind != "" }), "the kind of their shapes")
	gap(1, "deliverables", slices.ContainsFunc(c.Deliverables, func(d talonic.Deliverable) bool { return d.CompatibleSignals != nil }), "compatible_signals")
	gap(2, "serializers", slices.ContainsFunc(c.Serializers, func(s talonic.Serializer) bool { return s.SupportsKinds != nil }), "supports_kinds")
	gap(3, "connectors", slices.ContainsFunc(c.Connectors, func(o talonic.Connector) bool { return o.SupportedSerializers != nil }), "supported_serializers")
	return found
}
