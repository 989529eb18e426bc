// Package compatibility checks whether the parts of a binding are compatible, according to the API's catalogs.
//
// conflicts.go decides without calling the API. checker.go reads the catalogs at most once.
package compatibility

import (
	"fmt"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/suggest"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Route holds the parts of a binding that must be compatible. An unknown part is empty.
type Route struct {
	EventType       string
	Deliverable     string
	Serializer      string
	DestinationType string
}

// Part names a part of a [Route] by its key in the API.
type Part string

// Parts that a [Conflict] can concern. DestinationID stands for the destination of the route.
const (
	EventType     Part = "signal_filter.event_type"
	Deliverable   Part = "deliverable_type"
	Serializer    Part = "serializer_format"
	DestinationID Part = "destination_id"
)

// Conflict is a reason why the API would reject a route.
type Conflict struct {
	At     Part
	Title  string // equal for all bindings
	Detail string // includes compatible alternatives

	// Uncertain reports whether the API may accept the route, because no documented check covers the conflict.
	Uncertain bool
}

// Catalogs holds the API's four catalogs. A catalog that could not be read is nil, and the checks that need it are skipped.
type Catalogs struct {
	Signals      []talonic.Signal
	Deliverables []talonic.Deliverable
	Serializers  []talonic.Serializer
	Connectors   []talonic.Connector
}

// Conflicts returns the conflicts of a route. It checks the six predicates that the API checks on create and update, in the documented order. It
// does not check the values of match, because only the API can check them.
//
// API docs: Bindings.
func (c Catalogs) Conflicts(r Route) []Conflict {
	var found []Conflict
	found = append(found, unknownName(EventType, "event type", r.EventType, c.eventTypes())...)
	found = append(found, unknownName(Deliverable, "deliverable", r.Deliverable, c.deliverables(anything))...)
	found = append(found, unknownName(Serializer, "serializer", r.Serializer, c.serializers(anything))...)
	if len(found) > 0 {
		return found
	}
	found = append(found, c.shapeConflict(r)...)
	found = append(found, c.connectorConflict(r)...)
	if len(found) == 0 {
		found = append(found, c.kindConflict(r)...)
	}
	return append(found, c.signalConflict(r)...)
}

// unknownName checks predicates 1 to 3: the catalog contains the name.
func unknownName(at Part, noun, name string, known []string) []Conflict {
	if name == "" || len(known) == 0 || slices.Contains(known, name) {
		return nil
	}
	meant := ""
	if near := suggest.Nearest(name, known); near != "" {
		meant = fmt.Sprintf(" Did you mean %q?", near)
	}
	return []Conflict{{At: at, Title: "Unknown " + noun,
		Detail: fmt.Sprintf("%s is not in the API's catalog.%s Valid values: %s.", redact.Quote(name), meant, list(known))}}
}

// shapeConflict checks predicate 4: the serializer supports the deliverable's kind of shape.
func (c Catalogs) shapeConflict(r Route) []Conflict {
	d, s := c.deliverable(r.Deliverable), c.serializer(r.Serializer)
	if d.ShapeKind == "" || s.SupportsKinds == nil || slices.Contains(s.SupportsKinds, d.ShapeKind) {
		return nil
	}
	return []Conflict{{At: Serializer, Title: "Serializer does not support the deliverable",
		Detail: fmt.Sprintf("The deliverable %q has the shape %q, but the serializer %q supports %s.\n\n%s", r.Deliverable, d.ShapeKind, r.Serializer, shapes(s.SupportsKinds),
			c.fittingSerializers(r))}}
}

// connectorConflict checks predicate 5: the destination's connector supports the serializer.
func (c Catalogs) connectorConflict(r Route) []Conflict {
	takes := c.connector(r.DestinationType).SupportedSerializers
	if takes == nil || r.Serializer == "" || slices.Contains(takes, r.Serializer) {
		return nil
	}
	return []Conflict{{At: Serializer, Title: "Destination does not support the serializer",
		Detail: fmt.Sprintf("Destinations of type %s support %s.\n\n%s", r.DestinationType, serializersWithout(takes, r.Serializer), c.fittingSerializers(r))}}
}

// kindConflict checks that the destination's connector supports the deliverable's kind of shape. The catalog lists these kinds, but no
// documented predicate uses them.
func (c Catalogs) kindConflict(r Route) []Conflict {
	kind, takes := c.deliverable(r.Deliverable).ShapeKind, c.connector(r.DestinationType).SupportedDeliverableKinds
	if kind == "" || takes == nil || slices.Contains(takes, kind) {
		return nil
	}
	others := c.deliverables(func(d talonic.Deliverable) bool { return slices.Contains(takes, d.ShapeKind) })
	return []Conflict{{At: Deliverable, Uncertain: true, Title: "API may reject the delivery binding",
		Detail: fmt.Sprintf("The deliverable %s has the shape %q. According to the API's catalog, destinations of type %s support %s. Whether the API rejects "+
			"such a binding is undocumented.\n\nDeliverables that the destination supports: %s.", r.Deliverable, kind, r.DestinationType, shapes(takes), orNone(others))}}
}

// signalConflict checks predicate 6: the deliverable is compatible with the event type.
func (c Catalogs) signalConflict(r Route) []Conflict {
	d := c.deliverable(r.Deliverable)
	if d.CompatibleSignals == nil || r.EventType == "" && len(d.CompatibleSignals) > 0 || slices.Contains(d.CompatibleSignals, r.EventType) {
		return nil
	}
	if len(d.CompatibleSignals) > 0 && c.namesNoSignal(d.CompatibleSignals) {
		return nil
	}
	instead := ""
	if r.EventType != "" {
		others := c.deliverables(func(d talonic.Deliverable) bool { return slices.Contains(d.CompatibleSignals, r.EventType) })
		instead = fmt.Sprintf("\n\nDeliverables for %s: %s.", r.EventType, orNone(others))
	}
	if len(d.CompatibleSignals) == 0 {
		return []Conflict{{At: Deliverable, Title: "Deliverable has no event type",
			Detail: "According to the API's catalog, no event type produces the deliverable " + r.Deliverable + "." + instead}}
	}
	return []Conflict{{At: EventType, Title: "Deliverable does not support the event type",
		Detail: fmt.Sprintf("The deliverable %q does not support the event type %q. It supports: %s.%s", r.Deliverable, r.EventType, list(d.CompatibleSignals), instead)}}
}

// namesNoSignal reports whether the catalog of signals contains none of these names. The API's documents name events in two ways, so the two
// catalogs may use different names. In that case, they cannot be compared.
func (c Catalogs) namesNoSignal(names []string) bool {
	isSignal := func(name string) bool {
		return slices.ContainsFunc(c.Signals, func(s talonic.Signal) bool { return s.EventType == name })
	}
	return len(c.Signals) > 0 && !slices.ContainsFunc(names, isSignal)
}

// fittingSerializers returns a sentence that lists the serializers that are compatible with the deliverable and the destination.
func (c Catalogs) fittingSerializers(r Route) string {
	kind, takes := c.deliverable(r.Deliverable).ShapeKind, c.connector(r.DestinationType).SupportedSerializers
	fitting := c.serializers(func(s talonic.Serializer) bool {
		return (kind == "" || slices.Contains(s.SupportsKinds, kind)) && (takes == nil || slices.Contains(takes, s.Format))
	})
	what := "this destination"
	switch {
	case r.Deliverable != "" && takes != nil:
		what = fmt.Sprintf("%s and destinations of type %s", r.Deliverable, r.DestinationType)
	case r.Deliverable != "":
		what = r.Deliverable
	}
	if len(fitting) == 0 {
		return fmt.Sprintf("No serializer supports %s. Choose a different deliverable_type or a different destination.", what)
	}
	return fmt.Sprintf("Serializers that support %s: %s.", what, list(fitting))
}

func anything[T any](T) bool { return true }

// eventTypes returns the signals, and the other event types that deliverables list, because the catalog of signals may be incomplete.
func (c Catalogs) eventTypes() []string {
	var names []string
	for _, s := range c.Signals {
		names = append(names, s.EventType)
	}
	if len(names) == 0 {
		return nil // without that catalog, any event type may be valid
	}
	for _, d := range c.Deliverables {
		for _, name := range d.CompatibleSignals {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

func (c Catalogs) deliverables(which func(talonic.Deliverable) bool) []string {
	var names []string
	for _, d := range c.Deliverables {
		if which(d) {
			names = append(names, d.Type)
		}
	}
	return names
}

func (c Catalogs) serializers(which func(talonic.Serializer) bool) []string {
	var names []string
	for _, s := range c.Serializers {
		if which(s) {
			names = append(names, s.Format)
		}
	}
	return names
}

// If the catalog does not contain the name, the following methods return the zero value.

func (c Catalogs) deliverable(name string) talonic.Deliverable {
	return first(c.Deliverables, func(d talonic.Deliverable) bool { return d.Type == name })
}

func (c Catalogs) serializer(name string) talonic.Serializer {
	return first(c.Serializers, func(s talonic.Serializer) bool { return s.Format == name })
}

func (c Catalogs) connector(name string) talonic.Connector {
	return first(c.Connectors, func(other talonic.Connector) bool { return other.Type == name })
}

func first[T any](all []T, which func(T) bool) T {
	for _, item := range all {
		if which(item) {
			return item
		}
	}
	var none T
	return none
}

func list(names []string) string { return strings.Join(names, ", ") }

func orNone(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return list(names)
}

// serializersWithout returns a phrase for the middle of a sentence about the only supported serializers, which do not include another one.
func serializersWithout(names []string, other string) string {
	switch len(names) {
	case 0:
		return "no serializer"
	case 1:
		return fmt.Sprintf("only the serializer %q, not %q", names[0], other)
	}
	return fmt.Sprintf("only the serializers %s, not %q", list(names), other)
}

// shapes returns a phrase about kinds of shapes for the middle of a sentence.
func shapes(kinds []string) string {
	if len(kinds) == 0 {
		return "no shape"
	}
	var quoted []string
	for _, kind := range kinds {
		quoted = append(quoted, redact.Quote(kind))
	}
	return "only " + list(quoted)
}
