package talonic

import (
	"sync"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// knownIDs holds the IDs that a process has seen, each with the time at which it was first seen. It recognizes an ID in any form. The
// zero value is empty.
type knownIDs struct {
	mu      sync.Mutex
	since   map[string]time.Time
	claimed map[string]bool // results of creates, and deleted objects
	adopted map[string]bool // results that were adopted from a list
}

// note records that an object existed at a time: the end of the request whose response contained it. The start of that request
// would be too early, because a list may contain the result of a create that was sent during the list request.
func (k *knownIDs) note(id string, at time.Time) {
	id = text.ID(id)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.since == nil {
		k.since = map[string]time.Time{}
	}
	if first, known := k.since[id]; !known || at.Before(first) {
		k.since[id] = at
	}
}

// claim records that this process created or deleted an object, so that it cannot be the result of another create.
func (k *knownIDs) claim(id string) {
	id = text.ID(id)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.claimed == nil {
		k.claimed = map[string]bool{}
	}
	k.claimed[id] = true
}

// adopt records that an object was adopted as the result of a create.
func (k *knownIDs) adopt(id string) {
	id = text.ID(id)
	k.claim(id)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.adopted == nil {
		k.adopted = map[string]bool{}
	}
	k.adopted[id] = true
}

// isAdopted reports whether an object was adopted as the result of a create.
func (k *knownIDs) isAdopted(id string) bool {
	id = text.ID(id)
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.adopted[id]
}

// mayBeResultOf reports whether an object can be the result of a create whose first attempt was sent at the given time: the object
// is not claimed, and did not exist before.
func (k *knownIDs) mayBeResultOf(id string, sent time.Time) bool {
	id = text.ID(id)
	k.mu.Lock()
	defer k.mu.Unlock()
	first, known := k.since[id]
	return !k.claimed[id] && (!known || !first.Before(sent))
}

// isAccountedFor reports whether an object is known not to be the result of an unconfirmed create: it is the result of another
// create, or it is in state.
func (k *knownIDs) isAccountedFor(id string) bool {
	id = text.ID(id)
	k.mu.Lock()
	defer k.mu.Unlock()
	first, known := k.since[id]
	return k.claimed[id] || known && first.IsZero()
}
