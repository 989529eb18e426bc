package talonic

import (
	"crypto/sha256"
	"sync"
	"time"
)

// Accounts holds the object IDs and clocks that the clients of one process share, by base URL and API key. The zero value is ready
// to use. It is safe for concurrent use. See [WithAccounts].
type Accounts struct {
	// ClaimsDir is the directory in which the processes of one user record the results of their creates for each other. If
	// ClaimsDir is empty, they record nothing.
	ClaimsDir string

	mu    sync.Mutex
	all   map[[sha256.Size]byte]*account
	known knownIDs
}

// Know records the ID of an object that existed before this process created anything, such as one in state. Such an object is
// never adopted as the result of a create.
func (a *Accounts) Know(id string) { a.known.note(id, time.Time{}) }

// account is the state that all clients of a process with the same base URL and API key share.
type account struct {
	known  *knownIDs // shared by all accounts, because IDs are unique across them
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
// time: no other process has claimed the object, and it did not exist before.
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
