package emulator

import (
	"time"
)

// The methods in this file make changes from outside Terraform, as in the dashboard or on the server, and return stored objects.
// They skip validation and are not recorded as requests.

// Add stores a destination and returns its ID. It sets an empty ID and zero times, and stores everything else unchanged: the
// destination is active only if IsActive is true.
func (e *Emulator) Add(d Destination) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.add(d, Credentials{})
}

// AddWith is like [Emulator.Add] for a destination with credentials, which determine HasAuthConfig and HasSigningSecret.
func (e *Emulator) AddWith(d Destination, c Credentials) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	c.AuthConfig = normalized(c.AuthConfig)
	d.HasAuthConfig, d.HasSigningSecret = authenticates(c.AuthConfig), c.SigningSecret != ""
	return e.add(d, c)
}

func (e *Emulator) add(d Destination, c Credentials) string {
	d = d.clone()
	if d.ID == "" {
		d.ID = e.newID()
	}
	if d.CreatedAt.IsZero() {
		d.CreatedAt = e.stored(e.clock().UTC().Truncate(time.Millisecond))
	}
	if d.UpdatedAt.IsZero() {
		d.UpdatedAt = d.CreatedAt
	}
	e.insert(destination{Destination: d, credentials: c})
	return d.ID
}

// Destinations returns copies of the stored destinations in the order of their creation.
func (e *Emulator) Destinations() []Destination {
	e.mu.Lock()
	defer e.mu.Unlock()
	list := make([]Destination, 0, len(e.destinations))
	for _, d := range e.destinations {
		list = append(list, d.clone())
	}
	return list
}

// Stored returns a copy of the credentials of a destination, and whether the destination exists.
func (e *Emulator) Stored(id string) (Credentials, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	d := e.find(id)
	if d == nil {
		return Credentials{}, false
	}
	return Credentials{AuthConfig: normalized(d.credentials.AuthConfig), SigningSecret: d.credentials.SigningSecret}, true
}

// Edit changes a destination and its UpdatedAt. The ID stays unchanged. If change clears a flag, Edit removes the credentials that
// the flag reports. Edit reports whether the destination exists. The function change must not call the emulator.
func (e *Emulator) Edit(id string, change func(*Destination)) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	d := e.find(id)
	if d == nil {
		return false
	}
	e.edit(d, change)
	return true
}

// edit is like [Emulator.Edit], for a caller that holds the lock.
func (e *Emulator) edit(d *destination, change func(*Destination)) {
	edited := d.clone()
	change(&edited)
	edited = edited.clone()
	edited.ID, edited.UpdatedAt = d.ID, d.UpdatedAt

	next := *d
	next.Destination = edited
	if !next.HasAuthConfig {
		next.credentials.AuthConfig = nil
	}
	if !next.HasSigningSecret {
		next.credentials.SigningSecret = ""
	}
	*d = next.touched(e.stored(e.clock().UTC().Truncate(time.Millisecond)))
	e.noted(d.serial, d)
}

// Remove deletes a destination and reports whether it existed.
func (e *Emulator) Remove(id string) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.remove(id)
}
