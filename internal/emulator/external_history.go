package emulator

import "time"

// AddAttempt stores an attempt as the latest one and returns its id. An empty ID, EventID, IdempotencyKey or DestinationID
// (that of the binding), a zero CreatedAt, an Attempt of 0 (1) and an empty Status (succeeded) are filled in, and so is the
// CompletedAt of an attempt that is not in flight. Everything else is taken as it is.
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

// AddDeadLetter stores a dead letter as the latest one and returns its id. An empty ID, EventID or DestinationID (that of the
// binding), a zero CreatedAt, Attempts of 0 (1) and an empty ErrorCode (connector_5xx) are filled in. Everything else is taken
// as it is.
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

// identify fills in what attempts and dead letters have in common.
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

// Attempts returns copies of the attempts that the history keeps, oldest first.
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
