package emulator

import "time"

// AddAttempt stores an attempt as the latest attempt and returns its ID. It sets an empty ID, EventID, IdempotencyKey and
// DestinationID (from the binding), a zero CreatedAt, a zero Attempt (to 1), an empty Status (to succeeded), and the CompletedAt
// of an attempt that is not in flight. It stores everything else unchanged.
func (e *Emulator) AddAttempt(a Attempt) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.identify(&a.ID, &a.EventID, &a.DestinationID, &a.CreatedAt, a.BindingID)
	if a.IdempotencyKey == "" {
		a.IdempotencyKey = deliveryKey(a.BindingID, a.EventID)
	}
	if a.Attempt == 0 {
		a.Attempt = 1
	}
	if a.Status == "" {
		a.Status = StatusSucceeded
	}
	if a.CompletedAt.IsZero() && a.Status != StatusInFlight {
		a.CompletedAt = a.CreatedAt.Add(time.Duration(a.DurationMs) * time.Millisecond)
	}
	e.insertAttempt(a)
	return a.ID
}

// AddDeadLetter stores a dead letter as the latest dead letter and returns its ID. It sets an empty ID, EventID and DestinationID
// (from the binding), a zero CreatedAt, zero Attempts (to 1) and an empty ErrorCode (to connector_5xx). It stores everything else
// unchanged.
func (e *Emulator) AddDeadLetter(d DeadLetter) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.identify(&d.ID, &d.EventID, &d.DestinationID, &d.CreatedAt, d.BindingID)
	if d.Attempts == 0 {
		d.Attempts = 1
	}
	if d.ErrorCode == "" {
		d.ErrorCode = codeServerError
	}
	e.insertDeadLetter(d)
	return d.ID
}

// identify sets those empty fields that attempts and dead letters share.
func (e *Emulator) identify(id, eventID, destinationID *string, createdAt *time.Time, bindingID string) {
	if *id == "" {
		*id = e.newID()
	}
	if *eventID == "" {
		*eventID = e.newEventID()
	}
	if b := e.findBinding(bindingID); b != nil && *destinationID == "" {
		*destinationID = b.DestinationID
	}
	if createdAt.IsZero() {
		*createdAt = e.stored(e.clock().UTC().Truncate(time.Millisecond))
	}
}

// Attempts returns copies of the attempts in the history, oldest first.
func (e *Emulator) Attempts() []Attempt {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := make([]Attempt, 0, len(e.history.attempts))
	for _, a := range e.history.attempts {
		list = append(list, a.Attempt)
	}
	return list
}

// DeadLetters returns copies of the dead letters, oldest first.
func (e *Emulator) DeadLetters() []DeadLetter {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := make([]DeadLetter, 0, len(e.history.deadLetters))
	for _, d := range e.history.deadLetters {
		list = append(list, d.DeadLetter)
	}
	return list
}
