// Package emulator is the Talonic delivery API as an HTTP server in memory, for tests, demonstrations and experiments.
//
// It is built from the reference page of the API and from what else is published about it ("the contract"), never from
// a client. It validates strictly, keeps its state until the process ends, and never answers with a credential. Where
// the contract is in doubt, a [Behaviour] says which way this server goes; the zero Behaviour takes the reference page
// at its word. References such as "U-13" name an entry in the contract's list of conflicts and unknowns, "section 3" a
// section of it.
//
// It serves destinations, bindings, the catalogs, the history of deliveries and dead letters. It calls out for two things
// only: the test of a webhook, unless [Emulator.SetTestOutcome] has decided what is found, and deliveries to webhooks, if
// [Emulator.StartDeliveries] has started them.
//
//	api := emulator.New(emulator.Behaviour{FillDefaults: true})
//	server := httptest.NewServer(api)
//	// ... talk to server.URL with the key emulator.DefaultAPIKey ...
//	requests := api.Requests()
//
// Deliveries are off until they are started. Then active bindings deliver what is emitted to active destinations, with the
// retries of the binding's delivery_policy; what fails for good is a dead letter. Without them, tests add attempts and dead
// letters themselves:
//
//	api.StartDeliveries(emulator.Deliveries{Speed: 1000})
//	defer api.StopDeliveries()
//	emission, err := api.Emit(emulator.Signal{EventType: "document.extracted"})
//	err = api.WaitForDeliveries(ctx)
//	letters := api.DeadLetters()
//
// The history keeps the last 10,000 attempts, with at most 64 KiB of each body and 64 MiB of all, and the last 20,000 dead letters.
//
// The same server runs from the command line: go run ./internal/cmd/emulator -help
package emulator

import (
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// DefaultAPIKey is the key that a new Emulator accepts. It has the prefix of the real ones (section 9.1).
const DefaultAPIKey = "tlnc_emulator"

// Emulator is one organization's delivery API. It implements [http.Handler] and is safe for concurrent use.
type Emulator struct {
	mux          *http.ServeMux
	now          func() time.Time
	clockSkew    atomic.Int64 // a time.Duration
	adminMux     *http.ServeMux
	admin        atomic.Bool
	newID        func() string
	probeTimeout time.Duration
	receivers    *http.Client

	mu               sync.Mutex // guards everything below; never held while a response is written
	behaviour        Behaviour
	apiKeys          map[string]KeyLimits
	customerID       string
	destinations     []*destination // in order of creation
	bindings         []*binding     // likewise
	history          history
	dispatcher       *dispatcher // nil unless deliveries are started
	lastSerial       int
	kept             map[idempotencyKey]*keptReply
	requests         []Request
	faults           []*injected
	onRequest        []func(Request)
	putOff           []func()          // what faults have put off
	pastDestinations past[destination] // if lists lag
	pastBindings     past[binding]     // likewise
}

// New returns an emulator with no destinations, no bindings and no history that accepts [DefaultAPIKey].
func New(b Behaviour) *Emulator {
	e := &Emulator{
		now:          time.Now,
		newID:        uuid.NewString,
		probeTimeout: usualProbeTimeout,
		receivers:    usualReceivers,
		behaviour:    b,
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

// SetClockSkew puts the emulator's clock ahead of this machine's, or behind it.
func (e *Emulator) SetClockSkew(ahead time.Duration) { e.clockSkew.Store(int64(ahead)) }

func (e *Emulator) clock() time.Time { return e.now().Add(time.Duration(e.clockSkew.Load())) }

// unlocked does something that takes its time, in the middle of a call, without the lock that the call holds.
func (e *Emulator) unlocked(do func()) {
	e.mu.Unlock()
	defer e.mu.Lock()
	do()
}

// SetAPIKeys replaces the accepted keys. With none, every request is unauthorized.
func (e *Emulator) SetAPIKeys(keys ...string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.apiKeys = make(map[string]KeyLimits, len(keys))
	for _, key := range keys {
		e.apiKeys[key] = KeyLimits{}
	}
}

// KeyLimits is what an API key may not do. The zero value may do everything.
type KeyLimits struct {
	// ReadOnly is a key with the scope read and without the scope write (section 9.1).
	ReadOnly bool
	// OrganizationWide is a "master view" key, which replays nothing (U-21).
	OrganizationWide bool
}

// AddAPIKey accepts one more key.
func (e *Emulator) AddAPIKey(key string, limits KeyLimits) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.apiKeys[key] = limits
}

// SetBehaviour changes the behaviour of a running emulator. The change must not call the emulator.
func (e *Emulator) SetBehaviour(change func(*Behaviour)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	lag := e.behaviour.ListLag
	change(&e.behaviour)
	e.lagChanged(lag)
}

// stored is the time that the database gives to what happens at a time of the clock.
func (e *Emulator) stored(at time.Time) time.Time { return at.Add(e.behaviour.DatabaseSkew) }
