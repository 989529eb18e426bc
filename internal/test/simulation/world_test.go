// Package simulation tests the API client in virtual time, against simulated APIs, gateways and other pipelines.
//
// A seed determines a schedule: the outcome of each request, the creates of other pipelines, and interrupts. After each schedule, invariants
// must hold; see check. If a seed violates an invariant, the test prints its schedule as a timeline.
package simulation

import (
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"
)

// settings is the behavior of the API in a schedule. Each behavior is documented or plausible.
type settings struct {
	honorsKey bool          // a repeated Idempotency-Key gets the first response
	lag       time.Duration // age of the snapshots that lists return
	list      listForm
	times     timeForm
	names     nameForm
	clock     time.Duration // the API's clock minus ours
	database  time.Duration // the clock of created_at minus the clock of Date
	stale     time.Duration // initial age of the Date that a caching proxy returns; zero: no such proxy
	slow      time.Duration // maximum delay of list bodies after their headers
	trouble   float64       // fraction of our requests that fail
}

type (
	listForm int
	timeForm int
	nameForm int
)

const (
	whole listForm = iota
	bareArray
	cursors       // two objects per page, whatever the limit is
	numberedPages // two objects per page unless there is a limit
	withoutFlags
	withoutConfig
	oddNeighbor
	listForms
)

const (
	iso timeForm = iota
	offsets
	spaces
	epochs
	dates
	absent
	timeForms
)

const (
	asSent nameForm = iota
	trimmed
	lowerCase
	nameForms
)

func newSettings(r *rand.Rand) settings {
	s := settings{honorsKey: r.IntN(2) == 0, trouble: []float64{0, 0.2, 0.5, 0.8}[r.IntN(4)]}
	if r.IntN(3) == 0 {
		s.lag = time.Duration(r.IntN(5000)) * time.Millisecond
	}
	if r.IntN(3) == 0 {
		s.list = listForm(r.IntN(int(listForms)))
	}
	if r.IntN(4) == 0 {
		s.times = timeForm(r.IntN(int(timeForms)))
	}
	if r.IntN(4) == 0 {
		s.names = nameForm(r.IntN(int(nameForms)))
	}
	if r.IntN(3) == 0 {
		s.clock = []time.Duration{-time.Hour, -10 * time.Second, time.Second, 10 * time.Second, time.Hour}[r.IntN(5)]
	}
	if r.IntN(6) == 0 {
		s.database = []time.Duration{-10 * time.Second, 10 * time.Second}[r.IntN(2)]
	}
	if s.clock == 0 && r.IntN(6) == 0 { // if the API's clock is wrong, too, the client cannot determine the API's time
		s.stale = []time.Duration{time.Minute, time.Hour}[r.IntN(2)]
	}
	if r.IntN(6) == 0 {
		s.slow = []time.Duration{3 * time.Second, 15 * time.Second}[r.IntN(2)]
	}
	return s
}

func (s settings) String() string {
	return fmt.Sprintf("key honored %t, list %d behind by %v, times %d, names %d, clock %+v, database %+v, stale by %v, lists slow by %v, trouble %.0f %%",
		s.honorsKey, s.list, s.lag, s.times, s.names, s.clock, s.database, s.stale, s.slow, 100*s.trouble)
}

// world is one run of a schedule.
type world struct {
	settings
	seed  uint64
	start time.Time
	tells bool // the run records a timeline

	mu      sync.Mutex
	objects []*record
	kept    map[string]reply // by Idempotency-Key
	serial  int
	events  []string
	sent    int      // number of requests of our process
	faults  []string // violations that only the order of requests shows
}

func newWorld(seed uint64, tells bool) *world {
	return &world{tells: tells, settings: newSettings(rand.New(rand.NewPCG(seed, 1))), seed: seed, start: time.Now(), kept: map[string]reply{}}
}

// historyToken is the prefix of tokens of objects that existed before the run.
const historyToken = "token-of-history-"

// record is an object in the API, with data that only the simulation knows.
type record struct {
	ID      string
	Name    string
	Type    string
	URL     string
	Cap     *int64
	Active  bool
	Token   string // empty: no credentials
	Secret  string
	owner   string // the actor that created the object
	origin  string // the token at creation
	born    spec   // the spec at creation
	made    time.Time
	changed time.Time
	deleted time.Time // zero: the object exists
	touched []string  // actors that changed or deleted the object, in order
}

func (r *record) there() bool { return r.deleted.IsZero() }

// isGiven reports whether an object was in our state before the run.
func (r *record) isGiven() bool { return r.owner == "us" && strings.HasPrefix(r.origin, historyToken) }

// random returns the random numbers of one actor, which do not depend on other actors.
func (w *world) random(actor string) *rand.Rand {
	return rand.New(rand.NewPCG(w.seed, hash(actor)))
}

// hash returns the same value in every process.
func hash(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // never fails
	return h.Sum64()
}

// log records an event for the timeline.
func (w *world) log(actor, format string, args ...any) {
	if !w.tells {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events = append(w.events, fmt.Sprintf("%9.3f s  %-12s %s", time.Since(w.start).Seconds(), actor, fmt.Sprintf(format, args...)))
}

// timeLine returns the schedule as text.
func (w *world) timeLine() string {
	return fmt.Sprintf("seed %d: %v\n%s", w.seed, w.settings, strings.Join(w.events, "\n"))
}

// find returns an existing object.
func (w *world) find(id string) *record {
	i := slices.IndexFunc(w.objects, func(r *record) bool { return r.ID == id && r.there() })
	if i < 0 {
		return nil
	}
	return w.objects[i]
}

// byID returns an object, whether or not it still exists.
func (w *world) byID(id string) *record {
	i := slices.IndexFunc(w.objects, func(r *record) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return w.objects[i]
}
