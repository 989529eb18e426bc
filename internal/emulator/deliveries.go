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

// These are the limits of deliveries. Ten workers and 10,000 jobs are documented; the others are the emulator's own.
//
// API docs: How Delivery Works.
const (
	deliveryWorkers = 10
	maxQueued       = 10_000
	maxPayloads     = 64 << 20 // bytes of payloads that are kept for replays; the oldest are dropped first
)

// Signal is an event in the product.
type Signal struct {
	EventType string
	// DeliverableType limits delivery to bindings with this type. If it is empty, all bindings match.
	DeliverableType string
	// Payload is the JSON object that signal_filter.match checks and that is delivered. Nil is delivered as null.
	Payload map[string]any
}

// Emission is the result of emitting a [Signal].
type Emission struct {
	EventID string
	// BindingIDs are the ids of the bindings that deliver it, in the order of their creation.
	BindingIDs []string
}

// Deliveries holds the settings of [Emulator.StartDeliveries].
type Deliveries struct {
	// Speed divides the waits between attempts: with 60, an hour takes a minute. 0 means 1. It does not change timeouts.
	Speed float64
	// OnAttempt is called with every attempt that has ended. It may be called concurrently, and may call the emulator. It may be
	// nil.
	OnAttempt func(Attempt)
}

// DeliveryOutcome is the result of an attempt to deliver.
type DeliveryOutcome struct {
	// HTTPStatus is the status of the receiver's response; 0 means that there was none.
	HTTPStatus int
	// ErrorCode is the code of a failure, such as delivery_timeout. If it is empty, it is derived from HTTPStatus: connector_5xx,
	// auth_failed, or none if the attempt succeeds. If both are zero, the attempt succeeds.
	ErrorCode    string
	ErrorMessage string
	ResponseBody string
	DurationMs   int
}

// event is a signal that was emitted.
type event struct {
	id, eventType string
	payload       fields
	size          int // of the payload in JSON
}

// dispatcher delivers events, from [Emulator.StartDeliveries] to [Emulator.StopDeliveries].
type dispatcher struct {
	Deliveries
	context context.Context // ends with StopDeliveries
	stop    context.CancelFunc
	workers chan struct{} // one element for each active worker
	jobs    sync.WaitGroup
	queued  int           // guarded by the emulator's lock, like idle
	idle    chan struct{} // closed when nothing is queued
}

// StartDeliveries makes the emulator deliver what is emitted and replayed from now on. Attempts that replays queued before stay
// in flight. Deliveries must not have been started already. The caller must call [Emulator.StopDeliveries] at the end.
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

// StopDeliveries cancels deliveries in progress and drops those that wait for a retry. Their last attempts stay unchanged.
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

// WaitForDeliveries waits until every event is delivered or dead-lettered and nothing waits for a retry. It returns the error of
// ctx if ctx ends before.
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

// SetDeliveryOutcome sets the outcome of all further deliveries to a destination; nil restores the default. By default, a
// delivery calls the URL of a webhook, and deliveries to other destinations succeed without any call. It reports whether the
// destination exists.
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

// Emit queues an event for every active binding whose signal_filter matches and whose destination is active. It returns an error
// if the signal is not in the catalog, if deliveries are not started, or if the queue is full.
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

// routes reports whether a binding delivers an event: its signal_filter has the event type and equals the payload in every key of
// match, and it and its destination are active.
//
// API docs: Create Binding.
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

// eventOf returns an event as it was emitted. An event that was dropped, or that a test invented, has no payload.
func (h *history) eventOf(b *binding, id string) event {
	at := slices.IndexFunc(h.events, func(kept event) bool { return kept.id == id })
	if at >= 0 {
		return h.events[at]
	}
	eventType, _ := b.SignalFilter["event_type"].(string)
	return event{id: id, eventType: eventType}
}

// job delivers an event through a binding. It keeps the binding as it was when the event was queued, because queued jobs finish
// even if the binding is deleted.
//
// API docs: Get / Update / Delete / Preview.
type job struct {
	binding  binding
	event    event
	recorded *attempt // the first attempt, if it is in the history already
	before   int      // number of attempts before the job
}

// enqueue queues the delivery of an event through a binding, if deliveries are started. recorded is the attempt that a replay has
// recorded, or nil.
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
