package emulator

import (
	"net/http"
)

// Organizations serves several emulators at one address. Each emulator is an organization with its own keys, and a key gives
// access only to the objects of its organization. The first emulator rejects requests with an unknown key.
func Organizations(all ...*Emulator) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, e := range all {
			if e.accepts(r) {
				e.ServeHTTP(w, r)
				return
			}
		}
		all[0].ServeHTTP(w, r)
	})
}

// accepts reports whether the emulator accepts the key of a request.
func (e *Emulator) accepts(r *http.Request) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, known := e.limits(r)
	return known
}

// CustomerID returns the ID of the organization. Objects contain it with [Behavior.IncludeCustomerID].
func (e *Emulator) CustomerID() string { return e.customerID }
