package talonic

import (
	"context"
	"crypto/sha256"
	"sync"
	"time"
)

// Accounts holds the object ids and clocks that the clients of one process share, by base URL and API key. The zero value is
// ready to use. It is safe for concurrent use. See [WithAccounts].
type Accounts struct {
	// ClaimsDir is the directory in which the processes of one user record the results of their creates for each other. If it is
	// empty, they record nothing.
	ClaimsDir string

	mu    sync.Mutex
	all   map[[sha256.Size]byte]*account
	known knownIDs
}

// Know records the id of an object that existed before this process created anything, such as one in state. Such an object is
// never adopted as the result of a create.
func (a *Accounts) Know(id string) { a.known.note(id, time.Time{}) }

// account is the state that all clients of a process with one API key share.
type account struct {
	known  *knownIDs // shared by all accounts, because ids are unique across them
	claims *claims
	clock  clock
	mu     sync.Mutex
	queues map[string]*creations // by the path of the list
}

func (a *Accounts) account(baseURL, apiKey string) *account {
	a.mu.Lock()
	defer a.mu.Unlock()
	key := sha256.Sum256([]byte(baseURL + "\n" + apiKey))
	if a.all == nil {
		a.all = map[[sha256.Size]byte]*account{}
	}
	if a.all[key] == nil {
		a.all[key] = &account{known: &a.known, claims: newClaims(a.ClaimsDir, baseURL), queues: map[string]*creations{}}
	}
	return a.all[key]
}

// mayBeResultOf reports whether an object can be the result of a create of this process whose first attempt was sent at the given
// time: no other process has claimed it, and it was not there before.
func (a *account) mayBeResultOf(id string, sent time.Time) bool {
	return a.known.mayBeResultOf(id, sent) && !a.claims.isTaken(id)
}

// creations returns the queue for the creates of one kind of object, by the path of its list.
func (a *account) creations(path string) *creations {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.queues[path] == nil {
		a.queues[path] = &creations{}
	}
	return a.queues[path]
}

// knownIDs holds the ids that a process has seen, each with the time at which it was first seen. The zero value is empty.
type knownIDs struct {
	mu      sync.Mutex
	since   map[string]time.Time
	claimed map[string]bool // results of creates, and deleted objects
	adopted map[string]bool // results that were adopted from a list
}

// note records that an object existed at a time: the end of the request whose response showed it. The start of that request would
// be too early, because a list may show the result of a create that was sent while the list was read.
func (k *knownIDs) note(id string, at time.Time) {
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
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.claimed == nil {
		k.claimed = map[string]bool{}
	}
	k.claimed[id] = true
}

// adopt records that an object was adopted as the result of a create.
func (k *knownIDs) adopt(id string) {
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
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.adopted[id]
}

// mayBeResultOf reports whether an object can be the result of a create whose first attempt was sent at the given time: it is not
// claimed, and was not there before.
func (k *knownIDs) mayBeResultOf(id string, sent time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	first, known := k.since[id]
	return !k.claimed[id] && (!known || !first.Before(sent))
}

// isAccountedFor reports whether an object is known not to be the result of an unconfirmed create: it is the result of another
// create, or it is in state.
func (k *knownIDs) isAccountedFor(id string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	first, known := k.since[id]
	return k.claimed[id] || known && first.IsZero()
}

// creations serializes creates whose results could be mistaken for each other. The zero value is ready to use.
type creations struct {
	mu   sync.Mutex
	busy map[string]chan struct{} // by fingerprint; closed when the create ends
}

// enter waits until no other create with the same fingerprint is in progress. The caller must call release when its own create
// ends. The error is that of ctx.
func (c *creations) enter(ctx context.Context, fingerprint string) (release func(), err error) {
	for {
		c.mu.Lock()
		other, taken := c.busy[fingerprint]
		if !taken {
			if c.busy == nil {
				c.busy = map[string]chan struct{}{}
			}
			own := make(chan struct{})
			c.busy[fingerprint] = own
			c.mu.Unlock()
			return func() {
				c.mu.Lock()
				delete(c.busy, fingerprint)
				c.mu.Unlock()
				close(own)
			}, nil
		}
		c.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}
