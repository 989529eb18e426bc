// Package simulation tests the API client in virtual time, against an API, gateways and neighbors that do whatever such ones may do.
//
// From a seed follows a schedule: what each request meets, when other pipelines create what, and when the run is interrupted. After
// each schedule, invariants must hold; see check. A seed that breaks one prints its schedule as a time line.
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

// settings is how the API of a schedule behaves. Each is one that the API's documents allow, or that an API may show.
type settings struct {
	honorsKey bool          // a repeated Idempotency-Key gets the first response
	lag       time.Duration // lists show what there was so long ago
	list      listForm
	times     timeForm
	names     nameForm
	clock     time.Duration // the API's clock is ahead of ours
	database  time.Duration // the clock that sets created_at is ahead of the one that sets Date
	stale     time.Duration // a proxy shows the Date of a response that it keeps, which was so old at first; zero: it does not
	slow      time.Duration // the bodies of lists take up to so long after their headers
	trouble   float64       // how much of what our process sends goes wrong
}

type (
	listForm int
	timeForm int
	nameForm int
)

const (
	whole listForm = iota
	bareArray
	cursors       // two to a page, whatever the limit is
	numberedPages // two to a page unless there is a limit
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
	if s.clock == 0 && r.IntN(6) == 0 { // of an API whose clock is wrong as well, nobody can tell what time it is there
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
	tells bool // it keeps a time line

	mu      sync.Mutex
	objects []*record
	kept    map[string]reply // by Idempotency-Key
	serial  int
	events  []string
	sent    int      // requests of our process
	faults  []string // what our process did that it must not do, as far as only the way of its requests tells
}

func newWorld(seed uint64, tells bool) *world {
	return &world{tells: tells, settings: newSettings(rand.New(rand.NewPCG(seed, 1))), seed: seed, start: time.Now(), kept: map[string]reply{}}
}

// historyToken begins the tokens of what there was before the run.
const historyToken = "token-of-history-"

// record is an object at the API, with what only the simulation knows.
type record struct {
	ID      string
	Name    string
	Type    string
	URL     string
	Cap     *int64
	Active  bool
	Token   string // empty: no credentials
	Secret  string
	owner   string // who created it
	origin  string // the token that it was created with
	born    spec   // what it was created as
	made    time.Time
	changed time.Time
	deleted time.Time // zero: it is there
	touched []string  // who changed or deleted it, in order
}

func (r *record) there() bool { return r.deleted.IsZero() }

// isGiven reports whether an object is one that was in our state before the run.
func (r *record) isGiven() bool { return r.owner == "us" && strings.HasPrefix(r.origin, historyToken) }

// random returns the random numbers of one actor: they do not depend on what others do.
func (w *world) random(actor string) *rand.Rand {
	return rand.New(rand.NewPCG(w.seed, hash(actor)))
}

// hash is the same in every process.
func hash(text string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(text)) // never fails
	return h.Sum64()
}

// log notes an event for the time line.
func (w *world) log(actor, format string, args ...any) {
	if !w.tells {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.events = append(w.events, fmt.Sprintf("%9.3f s  %-12s %s", time.Since(w.start).Seconds(), actor, fmt.Sprintf(format, args...)))
}

// timeLine is the schedule for people.
func (w *world) timeLine() string {
	return fmt.Sprintf("seed %d: %v\n%s", w.seed, w.settings, strings.Join(w.events, "\n"))
}

// find returns an object that is there.
func (w *world) find(id string) *record {
	i := slices.IndexFunc(w.objects, func(r *record) bool { return r.ID == id && r.there() })
	if i < 0 {
		return nil
	}
	return w.objects[i]
}

// byID returns an object, there or not.
func (w *world) byID(id string) *record {
	i := slices.IndexFunc(w.objects, func(r *record) bool { return r.ID == id })
	if i < 0 {
		return nil
	}
	return w.objects[i]
}
