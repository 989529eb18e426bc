// Package compatibility judges whether the parts of a binding go together, as far as the API's catalogs tell.
//
// The decisions are in judge.go and know nothing of the API; catalogs.go reads the catalogs for them, once.
package compatibility

import (
	"fmt"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/suggest"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Route is what of a binding has to go together. What is not known is empty.
type Route struct {
	EventType       string
	Deliverable     string
	Serializer      string
	DestinationType string
}

// Part is a part of a [Route], by the key of the API.
type Part string

// The parts that can be at fault. DestinationID says where the route ends.
const (
	EventType     Part = "signal_filter.event_type"
	Deliverable   Part = "deliverable_type"
	Serializer    Part = "serializer_format"
	DestinationID Part = "destination_id"
)

// Conflict is why the API would refuse a route.
type Conflict struct {
	At     Part
	Title  string // the same for every binding
	Detail string // with what would be compatible

	// Doubtful says that the API's documents name no such check, so the API may accept the route.
	Doubtful bool
}

// Catalogs are the API's four. One that could not be read is nil, and what it does not say is not judged.
type Catalogs struct {
	Signals      []talonic.Signal
	Deliverables []talonic.Deliverable
	Serializers  []talonic.Serializer
	Connectors   []talonic.Connector
}

// Judge finds what keeps a route from working: the six predicates that the API checks on create and update, in the order of its
// guide "Bindings". That match has valid values is for the API alone to say.
func (c Catalogs) Judge(r Route) []Conflict {
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

// unknownName is predicates 1 to 3: the catalog has the name.
func unknownName(at Part, noun, name string, known []string) []Conflict {
	if name == "" || len(known) == 0 || slices.Contains(known, name) {
		return nil
	}
	meant := ""
	if near := suggest.Nearest(name, known); near != "" {
		meant = fmt.Sprintf("Did you mean %q? ", near)
	}
	return []Conflict{{At: at, Title: "Unknown " + noun,
		Detail: fmt.Sprintf("The API's catalog does not have %s. %sIt has: %s.", redact.Quote(name), meant, list(known))}}
}

// shapeConflict is predicate 4: the serializer can write what the deliverable is.
func (c Catalogs) shapeConflict(r Route) []Conflict {
	d, s := c.deliverable(r.Deliverable), c.serializer(r.Serializer)
	if d.ShapeKind == "" || s.SupportsKinds == nil || slices.Contains(s.SupportsKinds, d.ShapeKind) {
		return nil
	}
	return []Conflict{{At: Serializer, Title: "Serializer cannot write the deliverable",
		Detail: fmt.Sprintf("%s is %s, and %s writes %s. %s", r.Deliverable, withArticle(d.ShapeKind), r.Serializer, orNothing(s.SupportsKinds), c.fittingSerializers(r))}}
}

// connectorConflict is predicate 5: the destination's connector lists the serializer.
func (c Catalogs) connectorConflict(r Route) []Conflict {
	takes := c.connector(r.DestinationType).SupportedSerializers
	if takes == nil || r.Serializer == "" || slices.Contains(takes, r.Serializer) {
		return nil
	}
	return []Conflict{{At: Serializer, Title: "Destination does not support the serializer",
		Detail: fmt.Sprintf("Destinations of type %q take %s, not %s. %s", r.DestinationType, orNothing(takes), r.Serializer, c.fittingSerializers(r))}}
}

// kindConflict is what no predicate of the guide says, but the catalog: the destination's connector takes what the deliverable is.
func (c Catalogs) kindConflict(r Route) []Conflict {
	kind, takes := c.deliverable(r.Deliverable).ShapeKind, c.connector(r.DestinationType).SupportedDeliverableKinds
	if kind == "" || takes == nil || slices.Contains(takes, kind) {
		return nil
	}
	others := c.deliverables(func(d talonic.Deliverable) bool { return slices.Contains(takes, d.ShapeKind) })
	return []Conflict{{At: Deliverable, Doubtful: true, Title: "Delivery binding may be refused",
		Detail: fmt.Sprintf("%s is %s. By the API's catalog, destinations of type %q take %s: %s. The API's documents do not say whether it refuses "+
			"such a binding.", r.Deliverable, withArticle(kind), r.DestinationType, orNothing(takes), orNothing(others))}}
}

// signalConflict is predicate 6: the deliverable can be made of the event.
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
		instead = fmt.Sprintf(" Of %s, the API makes: %s.", r.EventType, orNothing(others))
	}
	if len(d.CompatibleSignals) == 0 {
		return []Conflict{{At: Deliverable, Title: "Deliverable is never delivered",
			Detail: "The API's catalog names no event that " + r.Deliverable + " is made of." + instead}}
	}
	return []Conflict{{At: EventType, Title: "Deliverable is not made of the event",
		Detail: fmt.Sprintf("%s is made of: %s.%s", r.Deliverable, list(d.CompatibleSignals), instead)}}
}

// namesNoSignal reports whether the catalog of signals has none of these names. The API's documents name events in two ways, so the
// two catalogs may differ and then cannot be compared.
func (c Catalogs) namesNoSignal(names []string) bool {
	isSignal := func(name string) bool {
		return slices.ContainsFunc(c.Signals, func(s talonic.Signal) bool { return s.EventType == name })
	}
	return len(c.Signals) > 0 && !slices.ContainsFunc(names, isSignal)
}

// fittingSerializers says which serializers would do for the deliverable and the destination.
func (c Catalogs) fittingSerializers(r Route) string {
	kind, takes := c.deliverable(r.Deliverable).ShapeKind, c.connector(r.DestinationType).SupportedSerializers
	fitting := c.serializers(func(s talonic.Serializer) bool {
		return (kind == "" || slices.Contains(s.SupportsKinds, kind)) && (takes == nil || slices.Contains(takes, s.Format))
	})
	what := "this destination"
	switch {
	case r.Deliverable != "" && takes != nil:
		what = fmt.Sprintf("%s and a destination of type %s", r.Deliverable, r.DestinationType)
	case r.Deliverable != "":
		what = r.Deliverable
	}
	if len(fitting) == 0 {
		return fmt.Sprintf("No serializer will do for %s: choose another deliverable_type, or another destination.", what)
	}
	return fmt.Sprintf("For %s, use one of: %s.", what, list(fitting))
}

func anything[T any](T) bool { return true }

// eventTypes are the signals, and what else deliverables are made of: the catalog of signals may not have all.
func (c Catalogs) eventTypes() []string {
	var names []string
	for _, s := range c.Signals {
		names = append(names, s.EventType)
	}
	if len(names) == 0 {
		return nil // which an event type may be missing in
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

// Those that follow are zero if the catalog does not have them.

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

func orNothing(names []string) string {
	if len(names) == 0 {
		return "nothing"
	}
	return list(names)
}

// withArticle is a noun as a sentence has it.
func withArticle(noun string) string {
	if noun != "" && strings.ContainsRune("aeiou", rune(noun[0])) {
		return "an " + noun
	}
	return "a " + noun
}
