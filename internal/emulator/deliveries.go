package emulator

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"time"
)

// What deliveries are limited to. Ten workers and 10,000 jobs are published (section 7), the rest is the emulator's own.
const (
	deliveryWorkers = 10
	maxQueued       = 10_000
	maxPayloads     = 64 << 20 // bytes of the payloads that are kept for replays; the oldest are forgotten first
)

// Signal is something that happened in the product (section 4).
type Signal struct {
	EventType string
	// DeliverableType limits the bindings to those of one deliverable; empty is all.
	DeliverableType string
	// Payload is what signal_filter.match looks at and what is delivered: JSON values. Nil is delivered as null.
	Payload map[string]any
}

// Emission is what became of a [Signal].
type Emission struct {
	EventID string
	// BindingIDs are the bindings that deliver it, in the order of their creation.
	BindingIDs []string
}

// Deliveries are the settings of [Emulator.StartDeliveries].
type Deliveries struct {
	// Speed divides the waits between attempts: with 60, an hour takes a minute. 0 is 1. It does not change timeouts.
	Speed float64
	// OnAttempt is called with every attempt that has ended, by several deliveries at once. It may call the emulator. Nil is
	// nothing.
	OnAttempt func(Attempt)
}

// DeliveryOutcome is what an attempt to deliver finds.
type DeliveryOutcome struct {
	// HTTPStatus is what the receiver answers; 0 if it does not.
	HTTPStatus int
	// ErrorCode is that of a failure, such as delivery_timeout. Empty follows from HTTPStatus: connector_5xx, auth_failed, or
	// nothing if the attempt succeeds. Without an HTTPStatus, an empty code is a success.
	ErrorCode    string
	ErrorMessage string
	ResponseBody string
	DurationMs   int
}

// An event is a signal that was emitted.
type event struct {
	id, eventType string
	payload       fields
	size          int // of the payload in JSON
}

// dispatcher is what delivers, from [Emulator.StartDeliveries] to [Emulator.StopDeliveries].
type dispatcher struct {
	Deliveries
	context context.Context // ends with StopDeliveries
	stop    context.CancelFunc
	workers chan struct{} // one element for each that is at work
	jobs    sync.WaitGroup
	queued  int           // guarded by the emulator's lock, as idle
	idle    chan struct{} // closed when nothing is queued
}

// StartDeliveries makes the emulator deliver what is emitted and replayed from now on. Attempts that replays have queued
// before stay in flight. Deliveries must not have been started already. Stop them at the end.
func (e *Emulator) StartDeliveries(settings Deliveries) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.dispatcher != nil {
		panic("emulator: deliveries are started already")
	}
	if settings.Speed == 0 {
		settings.Speed = 1
	}
	d := &dispatcher{Deliveries: settings, workers: make(chan struct{}, deliveryWorkers)}
	d.context, d.stop = context.WithCancel(context.Background())
	e.dispatcher = d
}

// StopDeliveries ends the deliveries under way and forgets those that wait for a retry. Their last attempts stay as they are.
func (e *Emulator) StopDeliveries() {
	e.mu.Lock()
	d := e.dispatcher
	e.dispatcher = nil
	e.mu.Unlock()
	if d != nil {
		d.stop()
		d.jobs.Wait()
	}
}

// WaitForDeliveries waits until every event was delivered or dead-lettered, and nothing waits for a retry. It returns an error
// if ctx ends before.
func (e *Emulator) WaitForDeliveries(ctx context.Context) error {
	for {
		e.mu.Lock()
		d := e.dispatcher
		if d == nil || d.queued == 0 {
			e.mu.Unlock()
			return nil
		}
		idle := d.idle
		e.mu.Unlock()
		select {
		case <-idle:
		case <-d.context.Done():
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// SetDeliveryOutcome decides what attempts to deliver to a destination find from now on; nil decides nothing any more. Without
// it, the URL of a webhook is called, and every delivery to another destination succeeds without anything being done. It
// says whether the destination exists.
func (e *Emulator) SetDeliveryOutcome(id string, outcome *DeliveryOutcome) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	d := e.find(id)
	if d == nil {
		return false
	}
	d.outcome = nil
	if outcome != nil {
		decided := *outcome
		d.outcome = &decided
	}
	return true
}

// Emit queues an event for every active binding whose signal_filter it passes and whose destination is active. It returns an
// error if the signal is none of the catalog, if deliveries are not started, or if too much is queued.
func (e *Emulator) Emit(s Signal) (Emission, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.emit(s)
}

func (e *Emulator) emit(s Signal) (Emission, error) {
	if !knownSignal.accepts(s.EventType) {
		return Emission{}, errors.New("event_type must be " + knownSignal.wording)
	}
	if s.DeliverableType != "" && !knownDeliverable.accepts(s.DeliverableType) {
		return Emission{}, errors.New("deliverable_type must be " + knownDeliverable.wording)
	}
	if e.dispatcher == nil {
		return Emission{}, errors.New("deliveries are not started")
	}
	var (
		emitted = event{eventType: s.EventType}
		receive []*binding
	)
	if s.Payload != nil {
		emitted.payload = normalized(s.Payload)
	}
	if body, err := encoded(emitted.payload); err == nil {
		emitted.size = len(body)
	}
	if emitted.size > maxBodyBytes {
		return Emission{}, fmt.Errorf("payload must have at most %d bytes", maxBodyBytes)
	}
	for _, b := range e.bindings {
		if e.routes(b, emitted, s.DeliverableType) {
			receive = append(receive, b)
		}
	}
	if e.dispatcher.queued+len(receive) > maxQueued {
		return Emission{}, fmt.Errorf("more than %d deliveries are queued", maxQueued)
	}

	emitted.id = e.newEventID()
	e.history.keepEvent(emitted)
	result := Emission{EventID: emitted.id, BindingIDs: []string{}}
	for _, b := range receive {
		e.enqueue(*b, emitted, nil)
		result.BindingIDs = append(result.BindingIDs, b.ID)
	}
	return result, nil
}

// routes says whether a binding delivers an event: if its signal_filter has the type and equals the payload in every key that
// it matches (section 6.1), and if it and its destination are active.
func (e *Emulator) routes(b *binding, emitted event, deliverableType string) bool {
	d := e.find(b.DestinationID)
	if !b.IsActive || d == nil || !d.IsActive || deliverableType != "" && b.DeliverableType != deliverableType {
		return false
	}
	match, _ := b.SignalFilter["match"].(fields)
	for key, value := range match {
		if found, ok := emitted.payload[key]; !ok || !reflect.DeepEqual(found, value) {
			return false
		}
	}
	return b.SignalFilter["event_type"] == emitted.eventType
}

// keepEvent keeps an event for replays.
func (h *history) keepEvent(emitted event) {
	h.events = append(h.events, emitted)
	h.eventBytes += emitted.size
	for len(h.events) > maxAttempts || h.eventBytes > maxPayloads {
		h.eventBytes -= h.events[0].size
		h.events[0] = event{}
		h.events = h.events[1:]
	}
}

// eventOf is an event as it was emitted. One that is forgotten, or that a test invented, has no payload.
func (h *history) eventOf(b *binding, id string) event {
	at := slices.IndexFunc(h.events, func(kept event) bool { return kept.id == id })
	if at >= 0 {
		return h.events[at]
	}
	eventType, _ := b.SignalFilter["event_type"].(string)
	return event{id: id, eventType: eventType}
}

// A job delivers an event through a binding. It knows the binding as it was when the event was queued, because jobs that are
// queued finish even if the binding is deleted (section 6.2).
type job struct {
	binding  binding
	event    event
	recorded *attempt // the first attempt, if it is in the history already
	before   int      // the number of attempts before the job
}

// enqueue begins to deliver an event through a binding, if deliveries are started. The attempt is the one that a replay has
// recorded; nil if there is none.
func (e *Emulator) enqueue(b binding, emitted event, recorded *attempt) {
	d := e.dispatcher
	if d == nil {
		return
	}
	j := &job{binding: b, event: emitted, recorded: recorded}
	if recorded != nil {
		j.before = recorded.Attempt.Attempt - 1
	}
	if d.queued == 0 {
		d.idle = make(chan struct{})
	}
	d.queued++
	d.jobs.Go(func() {
		defer e.dequeued(d)
		e.carry(d, j)
	})
}

func (e *Emulator) dequeued(d *dispatcher) {
	e.mu.Lock()
	defer e.mu.Unlock()
	d.queued--
	if d.queued == 0 {
		close(d.idle)
	}
}

// carry makes attempts until one succeeds or none is left.
func (e *Emulator) carry(d *dispatcher, j *job) {
	for try := 1; ; try++ {
		select {
		case d.workers <- struct{}{}:
		case <-d.context.Done():
			return
		}
		wait, again := e.try(d, j, try)
		<-d.workers
		if !again {
			return
		}
		select {
		case <-time.After(time.Duration(float64(wait) / d.Speed)):
		case <-d.context.Done():
			return
		}
	}
}
