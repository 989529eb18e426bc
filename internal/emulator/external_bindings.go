package emulator

import "time"

// AddBinding stores a binding and returns its id. An empty ID and zero times are filled in; everything else is taken as it
// is, so a binding that is active says so, and need not be compatible with anything.
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

// EditBinding changes a binding and moves its UpdatedAt. The ID stays. It says whether the binding exists. The change must
// not call the emulator.
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

// RemoveBinding deletes a binding and says whether there was one.
func (e *Emulator) RemoveBinding(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.removeBindings(func(b *binding) bool { return b.ID == id })
}
