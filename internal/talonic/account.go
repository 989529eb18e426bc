package talonic

import (
	"context"
	"crypto/sha256"
	"sync"
	"time"
)

// Accounts holds what the clients of one process know in common, by API and API key. The zero value is ready, and safe for
// concurrent use. See [WithAccounts].
type Accounts struct {
	// ClaimsDir is a directory in which the processes of one user tell each other the results of their creates. Empty: they do not.
	ClaimsDir string

	mu    sync.Mutex
	all   map[[sha256.Size]byte]*account
	known knownIDs
}

// Know takes note that an object is known before anything is created, such as one that is in a state. It is never taken for the
// result of a create.
func (a *Accounts) Know(id string) { a.known.note(id, time.Time{}) }

// account is what all clients of a process with one API key share.
type account struct {
	known  *knownIDs // of all accounts: ids are unique among them
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

// mayBeResultOf reports whether an object can be the result of a create of this process: it is that of no other one, and was not there
// when the first attempt was sent.
func (a *account) mayBeResultOf(id string, sent time.Time) bool {
	return a.known.mayBeResultOf(id, sent) && !a.claims.isTaken(id)
}

// creations returns the queue for the creates of one kind of object.
func (a *account) creations(path string) *creations {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.queues[path] == nil {
		a.queues[path] = &creations{}
	}
	return a.queues[path]
}

// knownIDs are the ids that a process has met, each with when it met it first. The zero value is empty.
type knownIDs struct {
	mu      sync.Mutex
	since   map[string]time.Time
	claimed map[string]bool // the results of creates, and what was deleted
	adopted map[string]bool // those results that were recognized in a list
}

// note records that an object was there at a time: the end of the request whose response showed it. Its begin would not do, because
// what a list shows may be the result of a create that was sent while the list was read.
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

// claim records that an object is accounted for: it is the result of a create of this process, or was deleted by it.
func (k *knownIDs) claim(id string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.claimed == nil {
		k.claimed = map[string]bool{}
	}
	k.claimed[id] = true
}

// adopt records that an object was taken for the result of a create.
func (k *knownIDs) adopt(id string) {
	k.claim(id)
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.adopted == nil {
		k.adopted = map[string]bool{}
	}
	k.adopted[id] = true
}

// isAdopted reports whether an object was taken for the result of a create.
func (k *knownIDs) isAdopted(id string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.adopted[id]
}

// mayBeResultOf reports whether an object can be the result of a create whose first attempt was sent at a time: it belongs to no
// other one, and was not there before.
func (k *knownIDs) mayBeResultOf(id string, sent time.Time) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	first, known := k.since[id]
	return !k.claimed[id] && (!known || !first.Before(sent))
}

// isAccountedFor reports whether an object is known to be another one's: the result of another create, or one that is in a state.
func (k *knownIDs) isAccountedFor(id string) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	first, known := k.since[id]
	return k.claimed[id] || known && first.IsZero()
}

// creations lets creates whose results could be mistaken for each other follow one another. The zero value is ready.
type creations struct {
	mu   sync.Mutex
	busy map[string]chan struct{} // by fingerprint; closed at the end of the create
}

// enter waits until no other create with the fingerprint is in progress. release ends the caller's own.
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
