package faults

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// stranger is a destination of others that differs from the created destination in one property.
type stranger struct {
	what   string
	change func(*emulator.Destination)
}

var strangers = []stranger{
	{"alike", func(*emulator.Destination) {}},
	{"of another cap", func(d *emulator.Destination) { d.PayloadCapBytes = 1 << 20 }},
	{"of another URL", func(d *emulator.Destination) { d.Config["url"] = newURL }},
	{"with more in config", func(d *emulator.Destination) { d.Config["retries"] = 3 }},
	{"with fewer headers", func(d *emulator.Destination) { d.Config["headers"] = map[string]any{} }},
	{"paused", func(d *emulator.Destination) { d.IsActive = false }},
	{"without a signing secret", func(d *emulator.Destination) { d.HasSigningSecret = false }},
	{"in upper case", func(d *emulator.Destination) { d.Name = strings.ToUpper(d.Name) }},
}

// moments lists the creation times of the stranger: before the create, or at the moment of the create.
var moments = map[string]time.Duration{"at the same moment": 0, "10 seconds before": 10 * time.Second, "an hour before": time.Hour}

// met lists the faults that may affect the create.
var met = []emulator.Fault{
	{Kind: emulator.LostRequest},
	{Kind: emulator.LostResponse},
	{Kind: emulator.Unavailable},
	{Kind: emulator.Unavailable, Executed: "before"},
	{Kind: emulator.Unavailable, Executed: "after"},
	{Kind: emulator.GatewayTimeout},
	{Kind: emulator.WrongResult, Form: "dots"},
	{Kind: emulator.ExistingResult, Executed: "before"},
	{Kind: emulator.ExistingResult},
}

// plays reports whether an encounter has only one correct result. If the API returns an object that was created at the moment of the create,
// according to the clocks, the client has no evidence against it.
func (e encounter) plays() bool {
	return e.fault.Kind != emulator.ExistingResult || moments[e.moment] == time.Hour
}

// encounter is a create with a fault and a stranger.
type encounter struct {
	stranger
	moment string
	fault  emulator.Fault
}

func (e encounter) String() string {
	return fmt.Sprintf("%s executed %q %d times, a stranger %s, %s", e.fault.Kind, e.fault.Executed, e.fault.Times, e.what, e.moment)
}

const strangerID = "22222222-2222-4222-8222-222222222222"

// The provider changes or deletes no stranger, unless the stranger is indistinguishable from an object that was created at the same moment. In
// that case, a warning names it. Diagnostics name every object that may have been left.
func TestStrangers(t *testing.T) {
	t.Parallel()
	var group sync.WaitGroup
	for _, fault := range met {
		for _, times := range []int{1, 0} {
			for moment := range moments {
				for _, who := range strangers {
					fault.Times = times
					e := encounter{who, moment, fault}
					if !e.plays() {
						continue
					}
					group.Go(func() {
						places <- struct{}{}
						defer func() { <-places }()
						for _, problem := range e.play(t.Context()) {
							t.Errorf("%s: %s", e, problem)
						}
					})
				}
			}
		}
	}
	group.Wait()
}

func (e encounter) play(ctx context.Context) (problems []string) {
	problem := func(format string, args ...any) { problems = append(problems, fmt.Sprintf(format, args...)) }
	api := emulator.New(emulator.Behavior{IgnoreIdempotencyKey: true})
	api.SetAPIKeys(secrets["API key"])
	server := httptest.NewServer(api)
	defer server.Close()
	e.appear(api)
	if e.fault.Kind == emulator.ExistingResult {
		e.fault.ID = strangerID
	}
	e.fault.Operation = "create"
	api.Inject(e.fault)

	d, err := newDriver(ctx, destinations.resourceType, map[string]any{
		"validate_with_catalog": false, "base_url": server.URL, "api_key": secrets["API key"],
		"max_retries": maxRetries, "max_retry_wait": "10ms", "request_timeout": "1m",
	})
	if err == nil {
		err = d.apply(ctx, destinations.before)
	}
	if err != nil {
		problem("it could not be played: %v", err)
		return problems
	}
	api.CarryOut()
	api.ClearFaults()
	var said, warned string
	for _, diagnostic := range d.said {
		said += text(diagnostic)
		if diagnostic.Severity == tfprotov6.DiagnosticSeverityWarning {
			warned += text(diagnostic)
		}
	}

	adopted := d.state.id() == strangerID
	theirs := e.state(api)
	switch {
	case adopted && (e.what != "alike" || moments[e.moment] > 0):
		problem("it is taken over")
	case adopted && !strings.Contains(warned, strangerID):
		problem("it is taken over without a warning that names it: %s", said)
	case !adopted && theirs != e.before():
		problem("it is changed: %s, before: %s", theirs, e.before())
	}
	if d.state.tainted {
		problem("what the next apply destroys is in state: %s", said)
	}
	late := e.fault.Executed == "after" // executed after all lookups
	for _, ours := range api.Destinations() {
		if ours.ID == strangerID || ours.ID == d.state.id() || late && len(d.said) > 0 {
			continue
		}
		if !strings.Contains(said, ours.ID) {
			problem("%s is left behind without a word: %s", ours.ID, said)
		}
	}
	if id := d.state.id(); id != "" && !destinations.has(api, id, destinations.before) {
		problem("the API does not have what was applied")
	}
	if id := d.state.id(); id == "" && errorIn(d.said) == nil {
		problem("nothing is in state, and there is no error: %s", said)
	}

	return problems
}

// appear adds the stranger to the API at its creation time.
func (e encounter) appear(api *emulator.Emulator) {
	d := e.destination()
	credentials := emulator.Credentials{AuthConfig: theirs.AuthConfig}
	if d.HasSigningSecret {
		credentials.SigningSecret = "theirs"
	}
	if before := moments[e.moment]; before > 0 {
		d.CreatedAt = time.Now().Add(-before)
		api.AddWith(d, credentials)
		return
	}
	var once sync.Once
	api.OnRequest(func(r emulator.Request) {
		if r.Operation == "create" {
			once.Do(func() { api.AddWith(d, credentials) })
		}
	})
}

func (e encounter) destination() emulator.Destination {
	d := emulator.Destination{
		ID: strangerID, Name: name, Type: "webhook", Config: map[string]any{"url": oldURL, "headers": map[string]any{"X-Source": "talonic"}},
		HasAuthConfig: true, HasSigningSecret: true, IsActive: true,
	}
	e.change(&d)
	return d
}

// state returns the stored form of the stranger, without its times.
func (e encounter) state(api *emulator.Emulator) string {
	stored, _ := api.Stored(strangerID)
	for _, d := range api.Destinations() {
		if d.ID == strangerID {
			return shown(d, stored.AuthConfig["token"])
		}
	}
	return "it is gone"
}

// before returns the original form of the stranger.
func (e encounter) before() string {
	d := e.destination()
	return shown(d, theirs.AuthConfig["token"])
}

func shown(d emulator.Destination, token any) string {
	return fmt.Sprint(d.Name, d.Config, d.PayloadCapBytes, d.IsActive, d.HasAuthConfig, d.HasSigningSecret, token)
}
