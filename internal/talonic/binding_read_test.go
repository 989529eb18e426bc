package talonic

import (
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// Creates of bindings and of destinations do not interfere, and reads reflect writes.
func TestBindingWritesAreSeen(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api, client := emulated(t, emulator.Behavior{})
		d, err := client.CreateDestination(t.Context(), NewDestination{
			Name: "n", Type: "webhook", Config: map[string]any{"url": "https://hooks.example.com"},
		})
		if err != nil {
			t.Fatal(err)
		}
		sent := plainBinding()
		sent.DestinationID = d.Object.ID
		created, err := client.CreateBinding(t.Context(), sent)
		if err != nil {
			t.Fatal(err)
		}
		b, err := client.UpdateBinding(t.Context(), created.Object.ID, BindingChange{Name: "m"})
		if err != nil {
			t.Fatal(err)
		}
		api.Inject(emulator.Fault{Kind: emulator.LaggingList, Operation: "list-bindings"})
		all, err := client.CachedBindings(t.Context())
		if err != nil || len(all) != 1 || all[0].Name != "m" {
			t.Errorf("CachedBindings = %v, %v", all, err)
		}
		if err := client.DeleteBinding(t.Context(), b.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := client.RefreshBinding(t.Context(), b.ID); !IsNotFound(err) {
			t.Errorf("error = %v, want 404", err)
		}
	})
}

// A refresh costs one list request for each kind of object, however many objects there are.
func TestRefreshOfBindings(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const destinations, bindings = 30, 300
		api, client := emulated(t, emulator.Behavior{})
		for i := range destinations - 1 {
			api.Add(emulator.Destination{ID: fmt.Sprint("d", i+2), Name: "d", Type: "webhook", Config: map[string]any{"url": "https://hooks.example.com"}})
		}
		for i := range bindings {
			b := twin(fmt.Sprint("b", i+1), time.Now())
			b.DestinationID = fmt.Sprint("d", i%destinations+1)
			api.AddBinding(b)
		}

		// Like Terraform, read ten objects at a time, and bindings after their destinations.
		var (
			all   sync.WaitGroup
			slots = make(chan struct{}, 10)
		)
		refresh := func(read func() error) {
			slots <- struct{}{}
			defer func() { <-slots }()
			if err := read(); err != nil {
				t.Error(err)
			}
			time.Sleep(5 * time.Millisecond) // planning
		}
		for d := range destinations {
			all.Go(func() {
				refresh(func() error { _, err := client.RefreshDestination(t.Context(), fmt.Sprint("d", d+1)); return err })
				for b := d; b < bindings; b += destinations {
					all.Go(func() {
						refresh(func() error { _, err := client.RefreshBinding(t.Context(), fmt.Sprint("b", b+1)); return err })
					})
				}
			})
		}
		all.Wait()
		_, gets := countRequests(api)
		if len(gets) != 2 || gets["/v1/delivery/bindings"] != 1 || gets["/v1/delivery/destinations"] != 1 {
			t.Errorf("requests: %v", gets)
		}
	})
}

// If a list omits the optional objects of a binding, the binding is read by ID, unless reads by ID omit them as well.
func TestBindingsThatAListShowsInPart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		alone    bool // whether a read by ID returns more
		requests int
	}{"a single read shows more": {true, 3}, "nothing shows more": {false, 2}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				api := emulator.New(emulator.Behavior{ListWithoutConfig: true})
				api.SetAPIKeys(testKey)
				api.Add(emulator.Destination{ID: "d1", Name: "d", Type: "webhook", Config: map[string]any{}, IsActive: true})
				ids := []string{"b1", "b2"}
				for _, id := range ids {
					b := twin(id, time.Now())
					b.DeliveryPolicy = map[string]any{"max_attempts": 3}
					api.AddBinding(b)
				}
				handler := http.HandlerFunc(api.ServeHTTP)
				if !c.alone {
					handler = func(w http.ResponseWriter, r *http.Request) {
						if id := path.Base(r.URL.Path); slices.Contains(ids, id) {
							answer(w, 200, strings.Replace(minimalBinding("b1"), "b1", id, 1))
							return
						}
						api.ServeHTTP(w, r)
					}
				}
				server := record(handler)
				client := newClient(t, DefaultBaseURL, WithTransport(direct{server}))
				var reads sync.WaitGroup
				for _, id := range ids {
					reads.Go(func() {
						b, err := client.RefreshBinding(t.Context(), id)
						if err != nil || (b.DeliveryPolicy != nil) != c.alone {
							t.Errorf("ReadBinding = %+v, %v", b, err)
						}
					})
				}
				reads.Wait()
				if requests := len(server.all()); requests != c.requests {
					t.Errorf("%d requests, want %d", requests, c.requests)
				}
			})
		})
	}
}
