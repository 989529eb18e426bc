package emulator

import (
	"net/http"
)

// Organizations serves several emulators under one address, each one organization with keys of its own: an API key shows the objects of
// its organization, and those of others do not exist for it. A key that none of them accepts is for the first one to refuse.
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

// accepts reports whether the request has a key of the emulator's.
func (e *Emulator) accepts(r *http.Request) bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	_, known := e.limits(r)
	return known
}

// CustomerID is the id of the organization, which objects show with [Behaviour.IncludeCustomerID].
func (e *Emulator) CustomerID() string { return e.customerID }
