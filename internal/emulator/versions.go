package emulator

import (
	"maps"
	"slices"
	"time"
)

// past holds the history of the stored items, so that it can return their state at an earlier time. The zero value is empty.
type past[T any] struct{ versions []version[T] }

// version is the state of an item since a given time. A nil item means that the item was removed.
type version[T any] struct {
	serial int
	since  time.Time
	item   *T
}

// keep adds the latest version of an item.
func (p *past[T]) keep(serial int, since time.Time, item *T) {
	if item != nil {
		copied := *item
		item = &copied
	}
	p.versions = append(p.versions, version[T]{serial, since, item})
}

// at returns the items at a time, in the order of their serials.
func (p *past[T]) at(when time.Time) []*T {
	latest := map[int]*T{}
	for _, v := range p.versions {
		switch {
		case v.since.After(when):
		case v.item == nil:
			delete(latest, v.serial)
		default:
			latest[v.serial] = v.item
		}
	}
	items := make([]*T, 0, len(latest))
	for _, serial := range slices.Sorted(maps.Keys(latest)) {
		items = append(items, latest[serial])
	}
	return items
}

// lagChanged starts to keep the past when ListLag is set, and discards the past when ListLag is cleared.
func (e *Emulator) lagChanged(before time.Duration) {
	switch lags := e.behavior.ListLag > 0; {
	case !lags:
		e.pastDestinations, e.pastBindings = past[destination]{}, past[binding]{}
	case before <= 0:
		for _, d := range e.destinations {
			e.pastDestinations.keep(d.serial, time.Time{}, d)
		}
		for _, b := range e.bindings {
			e.pastBindings.keep(b.serial, time.Time{}, b)
		}
	}
}

// noted keeps the latest version of a destination if lists lag. d is nil if the destination was removed.
func (e *Emulator) noted(serial int, d *destination) {
	if e.behavior.ListLag > 0 {
		e.pastDestinations.keep(serial, e.now(), d)
	}
}

// notedBinding is like [Emulator.noted], for a binding.
func (e *Emulator) notedBinding(serial int, b *binding) {
	if e.behavior.ListLag > 0 {
		e.pastBindings.keep(serial, e.now(), b)
	}
}

// listedDestinations returns the destinations for a list, which may lag.
func (e *Emulator) listedDestinations() []*destination {
	if e.behavior.ListLag > 0 {
		return e.pastDestinations.at(e.now().Add(-e.behavior.ListLag))
	}
	return e.destinations
}

// listedBindings returns the bindings for a list, which may lag.
func (e *Emulator) listedBindings() []*binding {
	if e.behavior.ListLag > 0 {
		return e.pastBindings.at(e.now().Add(-e.behavior.ListLag))
	}
	return e.bindings
}
