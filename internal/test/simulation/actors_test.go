package simulation

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// spec is the desired state of one of our resources.
type spec struct {
	name, url, token string
	cap              *int64
	active           *bool
}

func (s spec) request() talonic.NewDestination {
	return talonic.NewDestination{
		Name: s.name, Type: "webhook", Config: map[string]any{"url": s.url}, PayloadCapBytes: s.cap, IsActive: s.active,
		Credentials: talonic.Credentials{AuthConfig: map[string]any{"type": "bearer", "token": s.token}},
	}
}

// creation is one of our creates, with its result.
type creation struct {
	spec
	created *talonic.Created[talonic.Destination]
	err     error
	client  *talonic.Client
	began   time.Time
	ended   time.Time

	inState  bool // in state until the object is deleted
	deleting bool // a delete was sent
	deleted  bool // the client reported the delete as successful
	gone     bool // a read reported the object as gone
	goneAt   time.Time

	listed map[string]bool // IDs that lists have returned to this create
}

// creationKey is the key of a [*creation] in the context of its requests.
type creationKey struct{}

// process is one of our processes: a Terraform run with a few resources.
type process struct {
	world   *world
	clients []*talonic.Client // one for each alias of a provider; all have the same API key

	interrupted time.Time // zero: never

	mu        sync.Mutex
	creations []*creation
	gone      map[string]time.Time // objects of the given state that a read reported as gone, by ID
}

const attemptTimeout = 20 * time.Second

func newProcess(w *world) *process {
	accounts := &talonic.Accounts{}
	for _, r := range w.objects {
		if r.owner == "us" {
			accounts.Know(r.ID) // the object is in the given state
		}
	}
	return &process{world: w, gone: map[string]time.Time{}, clients: []*talonic.Client{newClient(w, accounts, "network"), newClient(w, accounts, "network of the alias")}}
}

func newClient(w *world, accounts *talonic.Accounts, way string) *talonic.Client {
	client, err := talonic.New("https://api.example.com", "tlnc_simulated_key",
		talonic.WithTransport(&network{world: w, random: w.random(way)}),
		talonic.WithTimeout(attemptTimeout), talonic.WithMaxRetries(2), talonic.WithMaxRetryWait(10*time.Second), talonic.WithAccounts(accounts),
		// The random number depends only on the time, so it does not depend on the order of callers.
		talonic.WithRandom(func() float64 {
			return float64(hash(fmt.Sprint(w.seed, time.Now().UnixNano()))%1000) / 1000
		}))
	if err != nil {
		panic(err)
	}
	return client
}

// names and urls have few values, so that many objects are similar.
var (
	names = []string{"Ledger", "Ledger ", "Archive"}
	urls  = []string{"https://a.example.com/in", "https://b.example.com/in"}
)

// run creates resources concurrently, as Terraform does, replaces and reads some, and may be interrupted.
func (p *process) run() {
	r := p.world.random("process")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var interrupted <-chan time.Time
	if r.IntN(4) == 0 {
		interrupted = time.After(time.Duration(r.IntN(4000)) * time.Millisecond)
	}
	var all sync.WaitGroup
	for i := range 1 + r.IntN(4) {
		s := spec{name: names[r.IntN(len(names))], url: urls[r.IntN(len(urls))]}
		if r.IntN(3) == 0 {
			s.cap = new(int64(1000 + r.IntN(2)))
		}
		if r.IntN(5) == 0 {
			s.active = new(true)
		}
		client := p.clients[r.IntN(len(p.clients))]
		pause, replaces, token := time.Duration(r.IntN(1000)*int(time.Millisecond)+r.IntN(1000)), r.IntN(3) == 0, fmt.Sprintf("token-of-resource-%d", i)
		all.Go(func() { p.resource(ctx, client, s, token, pause, replaces) })
	}
	done := make(chan struct{})
	go func() { all.Wait(); close(done) }()
	select {
	case <-done:
	case <-interrupted:
		p.interrupted = time.Now()
		p.world.log("us", "INTERRUPTED")
		cancel()
		<-done
	}
}

// resource simulates one resource in one run.
func (p *process) resource(ctx context.Context, client *talonic.Client, s spec, token string, pause time.Duration, replaces bool) {
	time.Sleep(pause)
	s.token = token + "-first"
	first := p.create(ctx, client, s)
	if first.err != nil {
		return
	}
	if replaces && p.delete(ctx, first) {
		s.token = token + "-second"
		p.create(ctx, client, s)
	}
}

func (p *process) create(ctx context.Context, client *talonic.Client, s spec) *creation {
	c := &creation{spec: s, client: client, began: time.Now(), listed: map[string]bool{}}
	p.world.log("us", "creates %+q at %s", s.name, s.url)
	c.created, c.err = client.CreateDestination(context.WithValue(ctx, creationKey{}, c), s.request())
	c.ended = time.Now()
	c.inState = c.err == nil
	if c.err != nil {
		p.world.log("us", "did not create %+q: %v", s.name, c.err)
	} else {
		p.world.log("us", "has created %+q as %s (%+v)", s.name, c.created.Object.ID, c.created.Recovery)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.creations = append(p.creations, c)
	return c
}

func (p *process) delete(ctx context.Context, c *creation) bool {
	id := c.created.Object.ID
	c.deleting = true
	err := c.client.DeleteDestination(ctx, id)
	p.world.log("us", "deleted %s: %v", id, err)
	c.deleted = err == nil || talonic.IsNotFound(err)
	c.inState = !c.deleted
	return c.deleted
}

// refresh reads the resources in state, as a later plan does.
func (p *process) refresh() {
	var all sync.WaitGroup
	for _, c := range p.creations {
		if !c.inState {
			continue
		}
		all.Go(func() {
			_, err := c.client.RefreshDestination(context.Background(), c.created.Object.ID)
			if talonic.IsNotFound(err) {
				c.gone, c.goneAt = true, time.Now()
				p.world.log("us", "takes %s for gone", c.created.Object.ID)
			}
		})
	}
	for i, r := range p.world.objects {
		if !r.isGiven() {
			continue
		}
		all.Go(func() {
			_, err := p.clients[i%len(p.clients)].RefreshDestination(context.Background(), r.ID)
			if talonic.IsNotFound(err) {
				p.mu.Lock()
				defer p.mu.Unlock()
				p.gone[r.ID] = time.Now()
				p.world.log("us", "takes %s for gone", r.ID)
			}
		})
	}
	all.Wait()
}

// pipeline is a process of a different team. Its requests never fail.
func (w *world) pipeline(actor string) {
	r := w.random(actor)
	var own []string
	for i := range 1 + r.IntN(3) {
		time.Sleep(time.Duration(r.IntN(2500))*time.Millisecond + time.Duration(r.IntN(1000)))
		if len(own) > 0 && r.IntN(4) == 0 {
			w.execute(actor, "DELETE", "/v1/delivery/destinations/"+own[0], nil, nil, "")
			w.log(actor, "deletes %s", own[0])
			own = own[1:]
			continue
		}
		sent := map[string]any{"name": names[r.IntN(len(names))], "type": "webhook", "config": map[string]any{"url": urls[r.IntN(len(urls))]}}
		if r.IntN(3) == 0 {
			sent["payload_cap_bytes"] = 1000 + r.IntN(2)
		}
		if r.IntN(3) > 0 {
			sent["auth_config"] = map[string]any{"type": "bearer", "token": fmt.Sprint("token-of-", actor, "-", i)}
		}
		body, _ := json.Marshal(sent)
		answer := w.execute(actor, "POST", "/v1/delivery/destinations", nil, body, fmt.Sprint(actor, i))
		var shown record
		_ = json.Unmarshal([]byte(answer.body), &shown)
		own = append(own, shown.ID)
		w.log(actor, "creates %s", short(answer.body))
	}
}

// history creates objects that existed before the run, recent and old ones, by others and by us.
func (w *world) history() {
	r := w.random("history")
	for i := range r.IntN(4) {
		owner, age := "pipeline 9", time.Duration(40+r.IntN(7200))*time.Second
		if r.IntN(2) == 0 {
			owner = "us"
			if r.IntN(2) == 0 {
				age = time.Duration(r.IntN(12000)) * time.Millisecond
			}
		} else if r.IntN(2) == 0 {
			age = 2*time.Second + time.Duration(r.IntN(18000))*time.Millisecond
		}
		w.serial++
		token := fmt.Sprint(historyToken, i)
		past := &record{
			ID: fmt.Sprintf("d-%d", w.serial), Name: names[r.IntN(len(names))], Type: "webhook", URL: urls[r.IntN(len(urls))], Active: true,
			Token: token, origin: token, owner: owner, made: time.Now().Add(-age), changed: time.Now().Add(-min(age, 40*time.Second)),
		}
		past.born = spec{name: past.Name, url: past.URL}
		w.objects = append(w.objects, past)
	}
}
