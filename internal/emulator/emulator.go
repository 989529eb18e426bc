// Package emulator implements the Talonic delivery API as an HTTP server that keeps all data in memory, for tests, demonstrations
// and experiments.
//
// It follows the published API docs, and not any client. It validates strictly, and never returns a credential. Where the docs are
// silent or contradict each other, a [Behavior] selects the behavior of the server; the zero Behavior follows the reference page
// literally.
//
// It serves destinations, bindings, the catalogs, the history of deliveries and dead letters. It sends requests for only two
// purposes: to test a webhook, unless [Emulator.SetTestOutcome] has set the outcome, and to deliver to webhooks, if
// [Emulator.StartDeliveries] has started deliveries.
//
//	api := emulator.New(emulator.Behavior{FillDefaults: true})
//	server := httptest.NewServer(api)
//	// ... talk to server.URL with the key emulator.DefaultAPIKey ...
//	requests := api.Requests()
//
// By default, deliveries are off, and tests add attempts and dead letters themselves. After StartDeliveries, active bindings
// deliver emitted events to active destinations, with the retries of the binding's delivery_policy. A final failure becomes a dead
// letter:
//
//	api.StartDeliveries(emulator.Deliveries{Speed: 1000})
//	defer api.StopDeliveries()
//	emission, err := api.Emit(emulator.Signal{EventType: "document.extracted"})
//	err = api.WaitForDeliveries(ctx)
//	letters := api.DeadLetters()
//
// The history keeps the last 10,000 attempts, with at most 64 KiB of each body and 64 MiB of all bodies, and the last 20,000 dead
// letters.
//
// To run the server from the command line: go run ./internal/cmd/emulator -help
package emulator

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// DefaultAPIKey is the key that a new Emulator accepts. It has the prefix of real keys.
const DefaultAPIKey = "tlnc_emulator"

// Emulator is the delivery API of one organization. It implements [http.Handler] and is safe for concurrent use.
type Emulator struct {
	mux          *http.ServeMux
	now          func() time.Time
	clockSkew    atomic.Int64 // a time.Duration
	adminMux     *http.ServeMux
	admin        atomic.Bool
	newID        func() string
	probeTimeout time.Duration
	receivers    *http.Client

	mu               sync.Mutex // guards everything below; not held while a response is written
	behavior         Behavior
	apiKeys          map[string]KeyLimits
	customerID       string
	destinations     []*destination // in order of creation
	bindings         []*binding     // in order of creation
	history          history
	dispatcher       *dispatcher // nil unless deliveries are started
	lastSerial       int
	kept             map[idempotencyKey]*keptReply
	requests         []Request
	faults           []*injected
	onRequest        []func(Request)
	delayedCalls     []func()          // calls that faults have delayed
	pastDestinations past[destination] // kept if lists lag
	pastBindings     past[binding]     // kept if lists lag
}

// New returns an emulator that accepts [DefaultAPIKey] and has no destinations, bindings or history.
func New(b Behavior) *Emulator {
	e := &Emulator{
		now:          time.Now,
		newID:        uuid.NewString,
		probeTimeout: defaultProbeTimeout,
		receivers:    defaultReceiverClient,
		behavior:     b,
		apiKeys:      map[string]KeyLimits{DefaultAPIKey: {}},
		customerID:   uuid.NewString(),
		kept:         map[idempotencyKey]*keptReply{},
	}
	e.mux, e.adminMux = e.newMux(), e.newAdminMux()
	return e
}

// ServeHTTP implements [http.Handler].
func (e *Emulator) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set(requestIDHeader, newRequestID())
	w.Header().Set("Date", e.clock().UTC().Format(http.TimeFormat))
	if e.isAdmin(r) {
		e.adminMux.ServeHTTP(w, r)
		return
	}
	e.mux.ServeHTTP(w, r)
}

// SetClockSkew sets the offset of the emulator's clock from the clock of this machine. It is positive if the emulator's clock is
// ahead.
func (e *Emulator) SetClockSkew(ahead time.Duration) { e.clockSkew.Store(int64(ahead)) }

func (e *Emulator) clock() time.Time { return e.now().Add(time.Duration(e.clockSkew.Load())) }

// unlocked runs a slow operation during a call, without the lock that the call holds.
func (e *Emulator) unlocked(do func()) {
	e.mu.Unlock()
	defer e.mu.Lock()
	do()
}

// SetAPIKeys replaces the accepted keys. Without keys, every request is unauthorized.
func (e *Emulator) SetAPIKeys(keys ...string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.apiKeys = make(map[string]KeyLimits, len(keys))
	for _, key := range keys {
		e.apiKeys[key] = KeyLimits{}
	}
}

// KeyLimits restricts an API key. The zero value allows everything.
type KeyLimits struct {
	// ReadOnly marks a key that has the scope read but not the scope write.
	//
	// API docs: Authentication.
	ReadOnly bool
	// OrganizationWide marks a "master view" key, which cannot replay.
	//
	// API docs: Dead Letter Queue.
	OrganizationWide bool
}

// AddAPIKey adds an accepted key.
func (e *Emulator) AddAPIKey(key string, limits KeyLimits) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.apiKeys[key] = limits
}

// SetBehavior changes the behavior of a running emulator. The function change must not call the emulator.
func (e *Emulator) SetBehavior(change func(*Behavior)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	lag := e.behavior.ListLag
	change(&e.behavior)
	e.lagChanged(lag)
}

// stored converts a time of the emulator's clock to the clock of the database.
func (e *Emulator) stored(at time.Time) time.Time { return at.Add(e.behavior.DatabaseSkew) }
