package talonic

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// emulated returns an emulated API with a destination d1, and a client. It connects them without a network, so that simulated time
// works.
func emulated(t *testing.T, b emulator.Behavior) (*emulator.Emulator, *Client) {
	t.Helper()
	api := emulator.New(b)
	api.SetAPIKeys(testKey)
	api.Add(emulator.Destination{ID: "d1", Name: "d", Type: "webhook", Config: map[string]any{}, IsActive: true})
	return api, newClient(t, DefaultBaseURL, WithTransport(direct{api}))
}

// twin returns a binding with the same values as the result of creating a plainBinding.
func twin(id string, created time.Time) emulator.Binding {
	return emulator.Binding{
		ID: id, Name: "n", SignalFilter: map[string]any{"event_type": "document.extracted"}, DeliverableType: "markdown",
		DestinationID: "d1", SerializerFormat: "md", IsActive: true, CreatedAt: created,
	}
}

// One create produces one binding, whichever responses are lost, and whether or not the API honors the Idempotency-Key.
func TestCreateBindingRecovers(t *testing.T) {
	t.Parallel()
	lost := func(kind emulator.FaultKind, times int) emulator.Fault {
		return emulator.Fault{Kind: kind, Operation: "create-binding", Times: times}
	}
	for name, c := range map[string]struct {
		faults []emulator.Fault
		clock  time.Duration // offset of the API's clock from the local clock
		posts  int
		lists  int
	}{
		"nothing lost":       {nil, 0, 1, 0},
		"answer lost":        {[]emulator.Fault{lost(emulator.LostResponse, 1)}, 0, 1, 1},
		"answer cut":         {[]emulator.Fault{lost(emulator.TruncatedBody, 1)}, 0, 1, 1},
		"request lost":       {[]emulator.Fault{lost(emulator.LostRequest, 1)}, 0, 2, 2},
		"refused, then lost": {[]emulator.Fault{lost(emulator.BadGateway, 2), lost(emulator.ServerErrorAfter, 1)}, 0, 3, 3},
		"clock ahead":        {[]emulator.Fault{lost(emulator.LostResponse, 1)}, time.Hour, 1, 2},
		"list lags": {
			[]emulator.Fault{lost(emulator.LostResponse, 1), {Kind: emulator.LaggingList, Operation: "list-bindings", Times: 1}}, 0, 2, 2,
		},
	} {
		for _, ignored := range []bool{false, true} {
			t.Run(fmt.Sprint(name, ", key ignored: ", ignored), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					api, client := emulated(t, emulator.Behavior{IgnoreIdempotencyKey: ignored, FillDefaults: true, FieldMapFlat: true})
					api.SetClockSkew(c.clock)
					// This binding existed before and has the same values, but is someone else's.
					api.AddBinding(twin("old", time.Now().Add(c.clock-time.Minute)))
					api.Inject(c.faults...)
					sent := plainBinding()
					sent.FieldMap = &FieldMap{Drop: []string{"debug"}}
					sent.IsDefault = func(string, any) bool { return true }
					b, err := client.CreateBinding(t.Context(), sent)
					if err != nil {
						t.Fatal(err)
					}
					all, result := api.Bindings(), 1
					if name == "list lags" && ignored {
						result = 2 // the first binding may be someone else's, so the result only names it
						if !slices.Equal(b.Duplicates, []string{all[1].ID}) {
							t.Errorf("duplicates %v", b.Duplicates)
						}
					}
					if len(all) != result+1 || all[result].ID != b.Object.ID {
						t.Errorf("%s is the result of %v", b.Object.ID, all)
					}
					posts, lists := countRequests(api)
					if posts != c.posts || lists["/v1/delivery/bindings"] != c.lists {
						t.Errorf("%d posts, lists: %v", posts, lists)
					}
				})
			})
		}
	}
}

// countRequests returns the number of creates, and the numbers of list requests by path.
func countRequests(api *emulator.Emulator) (posts int, gets map[string]int) {
	gets = map[string]int{}
	for _, r := range api.Requests() {
		switch r.Method {
		case "POST":
			posts++
		case "GET":
			gets[r.Path]++
		}
	}
	return posts, gets
}

// If the responses to many concurrent creates of identical bindings are lost, each create finds its own binding.
func TestBindingCreatesKeptApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const n = 8
		api, client := emulated(t, emulator.Behavior{})
		api.Inject(emulator.Fault{Kind: emulator.LostResponse, Operation: "create-binding"})
		var (
			mu  sync.Mutex
			ids = map[string]bool{}
			all sync.WaitGroup
		)
		for range n {
			all.Go(func() {
				b, err := client.CreateBinding(t.Context(), plainBinding())
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				defer mu.Unlock()
				ids[b.Object.ID] = true
			})
		}
		all.Wait()
		if len(ids) != n || len(api.Bindings()) != n {
			t.Errorf("%d different results, %d at the API; want %d of each", len(ids), len(api.Bindings()), n)
		}
	})
}

// If the result cannot be identified, the error names the candidates.
func TestCreateBindingOutcomeStaysUnknown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		api, client := emulated(t, emulator.Behavior{})
		api.AddBinding(twin("other", time.Now())) // by another process, in the meantime
		api.Inject(emulator.Fault{Kind: emulator.LostResponse, Operation: "create-binding"})
		_, err := client.CreateBinding(t.Context(), plainBinding())
		var unknown *OutcomeUnknownError
		if !errors.As(err, &unknown) {
			t.Fatalf("error = %v, want an *OutcomeUnknownError", err)
		}
		if want := []string{api.Bindings()[1].ID, "other"}; !slices.Equal(unknown.Candidates, want) {
			t.Errorf("candidates %v, want %v", unknown.Candidates, want)
		}
	})
}
