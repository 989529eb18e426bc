package emulator

import "time"

// AddBinding stores a binding and returns its ID. It sets an empty ID and zero times, and stores everything else unchanged: the
// binding is active only if IsActive is true, and it need not be compatible with its destination.
func (e *Emulator) AddBinding(b Binding) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	b = b.clone()
	if b.ID == "" {
		b.ID = e.newID()
	}
	if b.CreatedAt.IsZero() {
		b.CreatedAt = e.stored(e.clock().UTC().Truncate(time.Millisecond))
	}
	if b.UpdatedAt.IsZero() {
		b.UpdatedAt = b.CreatedAt
	}
	e.insertBinding(binding{Binding: b})
	return b.ID
}

// Bindings returns copies of the stored bindings in the order of their creation.
func (e *Emulator) Bindings() []Binding {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := make([]Binding, 0, len(e.bindings))
	for _, b := range e.bindings {
		list = append(list, b.clone())
	}
	return list
}

// EditBinding changes a binding and its UpdatedAt. The ID stays unchanged. It reports whether the binding exists. The function
// change must not call the emulator.
func (e *Emulator) EditBinding(id string, change func(*Binding)) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	b := e.findBinding(id)
	if b == nil {
		return false
	}
	edited := b.clone()
	change(&edited)
	edited = edited.clone()
	edited.ID, edited.UpdatedAt = b.ID, b.UpdatedAt
	*b = binding{edited, b.serial}.touched(e.stored(e.clock().UTC().Truncate(time.Millisecond)))
	e.notedBinding(b.serial, b)
	return true
}

// RemoveBinding deletes a binding and reports whether it existed.
func (e *Emulator) RemoveBinding(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.removeBindings(func(b *binding) bool { return b.ID == id })
}
