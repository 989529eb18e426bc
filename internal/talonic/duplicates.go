package talonic

import (
	"reflect"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// lateResult is the time after a create within which the API may still carry out an attempt for which a gateway has already sent
// an error.
const lateResult = 10 * time.Minute

// DestinationDuplicates returns the IDs of possible duplicates of a destination: destinations with the same values that were created
// from first until shortly after last; see [Recovery]. It uses the most recently read list, unless that list is too old, and sends
// no request.
func (c *Client) DestinationDuplicates(of *Destination, first, last time.Time) []string {
	return c.destinations.duplicates(*of, first, last)
}

// BindingDuplicates is like [Client.DestinationDuplicates], for bindings.
func (c *Client) BindingDuplicates(of *Binding, first, last time.Time) []string {
	return c.bindings.duplicates(*of, first, last)
}

func (d Destination) isDuplicateOf(other Destination) bool {
	return other.Type == d.Type && matchNames(d.Name, other.Name) != Different && reflect.DeepEqual(other.RawConfig(), d.RawConfig())
}

func (b Binding) isDuplicateOf(other Binding) bool {
	return matchNames(b.Name, other.Name) != Different && text.SameID(other.DestinationID, b.DestinationID) &&
		other.SignalFilter.EventType == b.SignalFilter.EventType && other.SignalFilter.canonicalMatch() == b.SignalFilter.canonicalMatch() &&
		other.DeliverableType == b.DeliverableType && other.SerializerFormat == b.SerializerFormat
}

// duplicates returns the IDs of listed objects that have the same values as of, were created in that period, and are not known to come
// from elsewhere.
func (o *collection[T]) duplicates(of T, first, last time.Time) []string {
	var found []T
	for _, other := range o.snapshot.Listed() {
		made, ok := parseTimestamp(other.createdAt())
		inTime := ok && !made.to.Before(first) && !made.from.After(last.Add(lateResult))
		if !text.SameID(other.id(), of.id()) && inTime && o.isDuplicate(of, other) && !o.client.account.known.isAccountedFor(other.id()) {
			found = append(found, other)
		}
	}
	return validIDs(found)
}

// duplicates returns the IDs of possible duplicates from earlier attempts. If the list does not contain the known result yet, it may
// lack duplicates as well, so duplicates reads it again a few times. unlisted reports that the list could not be read, or never
// contained the known result.
func (a *creation[T]) duplicates(known string) (ids []string, unlisted bool) {
	c := a.collection.client
	for retry := 0; ; retry++ {
		found, err := a.lookup.search(a.ctx)
		if err != nil {
			return nil, true
		}
		if found.shows(known) || len(found.alike) > 0 {
			return found.alike, false
		}
		if retry >= c.maxRetries || sleep(a.ctx, min(c.maxRetryWait, jitteredBackoff(retry, c.random()))) != nil {
			return nil, true
		}
	}
}
