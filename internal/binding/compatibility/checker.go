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

// catalogTimeout limits the time for reading the catalogs in a plan, including retries. A plan does not depend on the catalogs.
const catalogTimeout = 20 * time.Second

// Checker checks routes against the API's catalogs, which it reads at most once, on first use. It is safe for concurrent use.
type Checker struct {
	client *talonic.Client

	lock     chan struct{} // held while the fields below are used
	catalogs *Catalogs     // nil before the first attempt to read them
	warnings []string
	types    map[string]string // of destinations, by ID; the type of a destination never changes

	planned        planned
	connectorTypes connectorTypes
}

// NewChecker returns a checker that has not read the catalogs yet.
func NewChecker(client *talonic.Client) *Checker {
	return &Checker{client: client, lock: make(chan struct{}, 1), types: map[string]string{}}
}

// Check returns the conflicts of a route to a destination, whose type it looks up. An empty destinationID means that the ID is unknown.
// warnings states which checks are impossible and why; only the first call returns warnings. If ctx ends, Check returns nothing.
func (c *Checker) Check(ctx context.Context, r Route, destinationID string) (conflicts []Conflict, warnings []string) {
	select {
	case c.lock <- struct{}{}:
		defer func() { <-c.lock }()
	case <-ctx.Done():
		return nil, nil
	}
	if c.catalogs == nil {
		read, problems := c.read(ctx)
		if ctx.Err() != nil {
			return nil, nil // interrupted: no caller needs the result
		}
		c.catalogs, c.warnings = &read, problems
	}
	warnings, c.warnings = c.warnings, nil
	if destinationID != "" {
		var err error
		if r.DestinationType, err = c.typeOfLocked(ctx, destinationID); talonic.IsNotFound(err) {
			conflicts = append(conflicts, Conflict{At: DestinationID, Title: "No delivery destination has this ID",
				Detail: "The API has no destination with the ID " + redact.Quote(destinationID) + ".\n\n" + apidiag.WhereToLook("destination")})
		}
	}
	return append(conflicts, c.catalogs.Conflicts(r)...), warnings
}

// conflicts returns the conflicts of a route according to the catalogs that could be read.
func (c *Checker) conflicts(r Route) []Conflict {
	c.lock <- struct{}{}
	defer func() { <-c.lock }()
	if c.catalogs == nil {
		return nil
	}
	return c.catalogs.Conflicts(r)
}

// typeOf is like typeOfLocked, for callers that do not hold the lock.
func (c *Checker) typeOf(ctx context.Context, id string) (string, error) {
	select {
	case c.lock <- struct{}{}:
		defer func() { <-c.lock }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	return c.typeOfLocked(ctx, id)
}

// typeOfLocked returns the type of a destination. The error satisfies [talonic.IsNotFound] if the destination does not exist. The caller holds
// the lock.
func (c *Checker) typeOfLocked(ctx context.Context, id string) (string, error) {
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

// read reads the four catalogs concurrently. problems states in sentences which parts could not be read or interpreted.
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

// unread returns sentences about the catalogs that could not be read: their names, the causes, and the next steps. Catalogs with the same next
// step share one sentence, because they usually fail for the same reason.
func unread(errs [4]error) []string {
	var steps []string
	names := map[string][]string{} // by next step
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
		format := "The provider could not read the catalog of %s: %s. %s"
		if len(names[step]) > 1 {
			format = "The provider could not read the catalogs of %s. The first error: %s. %s"
		}
		problems = append(problems, fmt.Sprintf(format, joined(names[step]), first[step], step))
	}
	return problems
}

// gaps returns sentences about missing parts of the catalogs that were read.
func (c Catalogs) gaps(errs [4]error) []string {
	var found []string
	gap := func(i int, catalog string, says bool, what string) {
		if errs[i] == nil && !says {
			found = append(found, fmt.Sprintf("The catalog of %s does not contain %s.", catalog, what))
		}
	}
	gap(0, "signals", len(c.Signals) > 0, "any entry")
	gap(1, "deliverables", len(c.Deliverables) > 0, "any entry")
	gap(2, "serializers", len(c.Serializers) > 0, "any entry")
	gap(3, "connectors", len(c.Connectors) > 0, "any entry")
	if len(found) > 0 {
		return found
	}
	gap(1, "deliverables", slices.ContainsFunc(c.Deliverables, func(d talonic.Deliverable) bool { return d.ShapeKind != "" }), "shape kinds")
	gap(1, "deliverables", slices.ContainsFunc(c.Deliverables, func(d talonic.Deliverable) bool { return d.CompatibleSignals != nil }), "compatible_signals")
	gap(2, "serializers", slices.ContainsFunc(c.Serializers, func(s talonic.Serializer) bool { return s.SupportsKinds != nil }), "supports_kinds")
	gap(3, "connectors", slices.ContainsFunc(c.Connectors, func(o talonic.Connector) bool { return o.SupportedSerializers != nil }), "supported_serializers")
	return found
}

// joined returns names as a list in a sentence, such as "a, b and c".
func joined(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
