package talonic

import (
	"reflect"
	"strings"
	"time"
)

// lateResult is for how long after a create a gateway may still carry out an attempt that it had given up.
const lateResult = 10 * time.Minute

// DestinationTwins returns the ids of other destinations that show the same as one whose create was sent more than once, and were made
// at that time: see [Recovery]. It looks into the list that was read last, if that is still good, and sends nothing.
func (c *Client) DestinationTwins(of *Destination, first, last time.Time) []string {
	return c.destinations.twins(*of, first, last, func(other Destination) bool {
		return other.Type == of.Type && matchNames(of.Name, other.Name) != Different && reflect.DeepEqual(other.Config, of.Config)
	})
}

// BindingTwins is for bindings what [Client.DestinationTwins] is for destinations.
func (c *Client) BindingTwins(of *Binding, first, last time.Time) []string {
	return c.bindings.twins(*of, first, last, func(other Binding) bool {
		return matchNames(of.Name, other.Name) != Different && strings.EqualFold(other.DestinationID, of.DestinationID) &&
			other.SignalFilter.EventType == of.SignalFilter.EventType && other.SignalFilter.canonicalMatch() == of.SignalFilter.canonicalMatch() &&
			other.DeliverableType == of.DeliverableType && other.SerializerFormat == of.SerializerFormat
	})
}

// twins returns the ids of listed objects that show the same as one, were made at a time, and are not known to be anything else.
func (o *collection[T]) twins(of T, first, last time.Time, same func(other T) bool) []string {
	var found []T
	for _, other := range o.snapshot.Listed() {
		made, ok := parseTimestamp(other.createdAt())
		inTime := ok && !made.to.Before(first) && !made.from.After(last.Add(lateResult))
		if other.id() != of.id() && inTime && same(other) && !o.client.account.known.isAccountedFor(other.id()) {
			found = append(found, other)
		}
	}
	return validIDs(found)
}
