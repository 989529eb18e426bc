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

// These are the limits of deliveries. Ten workers and 10,000 jobs are documented; the other limits are the emulator's own.
//
// API docs: How Delivery Works.
const (
	deliveryWorkers = 10
	maxQueued       = 10_000
	maxPayloads     = 64 << 20 // bytes of payloads kept for replays; the oldest are dropped first
)

// Signal is an event in the Talonic product.
type Signal struct {
	EventType string
	// DeliverableType limits delivery to bindings with this type. If it is empty, the type does not matter.
	DeliverableType string
	// Payload is the JSON object to deliver, which signal_filter.match checks. Nil is delivered as null.
	Payload map[string]any
}

// Emission is the result of emitting a [Signal].
type Emission struct {
	EventID string
	// BindingIDs holds the IDs of the bindings that deliver the event, in the order of their creation.
	BindingIDs []string
}

// Deliveries holds the settings of [Emulator.StartDeliveries].
type Deliveries struct {
	// Speed divides the waits between attempts: with 60, a wait of an hour takes a minute. 0 means 1. Speed does not change
	// timeouts.
	Speed float64
	// OnAttempt is called after every attempt, possibly concurrently. It may call the emulator. It may be nil.
	OnAttempt func(Attempt)
}

// DeliveryOutcome is the result of an attempt to deliver.
type DeliveryOutcome struct {
	// HTTPStatus is the status of the receiver's response; 0 means no response.
	HTTPStatus int
	// ErrorCode is the code of a failure, such as delivery_timeout. If it is empty, HTTPStatus determines the code: connector_5xx,
	// auth_failed, or no code if the attempt succeeds. If both are zero, the attempt succeeds.
	ErrorCode    string
	ErrorMessage string
	ResponseBody string
	DurationMs   int
}

// event is an emitted signal.
type event struct {
	id, eventType string
	payload       fields
	size          int // size of the payload in JSON, in bytes
}

// dispatcher delivers events, from [Emulator.StartDeliveries] to [Emulator.StopDeliveries].
type dispatcher struct {
	Deliveries
	context context.Context // ends with StopDeliveries
	stop    context.CancelFunc
	workers chan struct{} // one element for each active worker
	jobs    sync.WaitGroup
	queued  int           // guarded by the emulator's lock, as is idle
	idle    chan struct{} // closed when nothing is queued
}

// StartDeliveries makes the emulator deliver signals and replays from now on. Attempts of earlier replays stay in flight. Do not
// call StartDeliveries while deliveries are started. The caller must call [Emulator.StopDeliveries] at the end.
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

// StopDeliveries cancels deliveries in progress and drops deliveries that wait for a retry. Their last attempts stay unchanged.
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

// WaitForDeliveries waits until every event is delivered or dead-lettered. If ctx ends first, it returns the error of ctx.
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

// SetDeliveryOutcome sets the outcome of all later deliveries to a destination; nil restores the default. By default, a delivery
// calls the URL of a webhook, and deliveries to other types succeed without a call. SetDeliveryOutcome reports whether the
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

// routes reports whether a binding delivers an event: its signal_filter has the event type, the payload equals match in every key
// of match, and the binding and its destination are active.
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

// eventOf returns an event with its original payload. If the event was dropped, or was added by a test, the payload is nil.
func (h *history) eventOf(b *binding, id string) event {
	at := slices.IndexFunc(h.events, func(kept event) bool { return kept.id == id })
	if at >= 0 {
		return h.events[at]
	}
	eventType, _ := b.SignalFilter["event_type"].(string)
	return event{id: id, eventType: eventType}
}

// job delivers an event through a binding. It holds a copy of the binding from the time of queuing, because queued jobs finish
// even if the binding is deleted.
//
// API docs: Get / Update / Delete / Preview.
type job struct {
	binding  binding
	event    event
	recorded *attempt // first attempt, if it is already in the history
	before   int      // number of attempts before the job
}

// enqueue queues the delivery of an event through a binding, if deliveries are started. recorded is an attempt that a replay has
// already recorded, or nil.
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

// carry makes attempts until an attempt succeeds or no attempt is left.
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
