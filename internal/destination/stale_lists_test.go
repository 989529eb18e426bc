package destination_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// Many destinations are read from one list. Neither changes outside Terraform nor an eventually consistent list may lead to a wrong
// state.
func TestStaleLists(t *testing.T) {
	t.Parallel()
	const hooks = 5
	elsewhere := func(d *emulator.Destination) { d.Config["url"] = "https://elsewhere.example.com" }
	for name, c := range map[string]struct {
		happens func(t *testing.T, a api, w *acctest.Workspace)
		plan    string // what the plan announces; empty: nothing
	}{
		"nothing":         {func(*testing.T, api, *acctest.Workspace) {}, ""},
		"external delete": {func(_ *testing.T, a api, _ *acctest.Workspace) { a.Remove(a.Destinations()[2].ID) }, "1 to add, 0 to change, 0 to destroy"},
		"external edit":   {func(_ *testing.T, a api, _ *acctest.Workspace) { a.Edit(a.Destinations()[2].ID, elsewhere) }, "0 to add, 1 to change, 0 to destroy"},
		"both": {func(_ *testing.T, a api, _ *acctest.Workspace) {
			a.Edit(a.Destinations()[1].ID, elsewhere)
			a.Remove(a.Destinations()[2].ID)
		}, "1 to add, 1 to change, 0 to destroy"},
		"one that is not in the list": {func(_ *testing.T, a api, _ *acctest.Workspace) {
			a.Inject(emulator.Fault{Kind: emulator.LaggingList, Operation: "list"})
		}, ""},
		"a list that fails": {func(_ *testing.T, a api, _ *acctest.Workspace) {
			a.Inject(emulator.Fault{Kind: emulator.ServerErrorFinal, Operation: "list"})
		}, ""},
		"own writes, and a list that lags behind": {func(t *testing.T, a api, w *acctest.Workspace) {
			a.Inject(emulator.Fault{Kind: emulator.LaggingList, Operation: "list"})
			w.Write("main.tf", a.configuration(fmt.Sprintf("count = %d\npayload_cap_bytes = 1000\n%s", hooks+1, hook(""))))
			w.Apply()
		}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			w := a.workspace(t, fmt.Sprintf("count = %d\n%s", hooks, hook("")))
			w.Apply()
			c.happens(t, a, w)
			if c.plan == "" {
				w.PlanEmpty()
			} else if out := w.Plan().Output(); !strings.Contains(out, c.plan) {
				t.Errorf("the plan does not say %q:\n%s", c.plan, out)
			}
			a.ClearFaults()
			w.Apply()
			w.PlanEmpty()
			agree(t, a, w)
		})
	}
}

// A list that lacks the last update of this configuration does not show a diff: the destination is read by ID.
func TestListOlderThanState(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := a.workspace(t, fmt.Sprintf("count = 3\n%s", hook("")))
	w.Apply()
	time.Sleep(10 * time.Millisecond) // updated_at has milliseconds
	a.SetBehavior(func(b *emulator.Behavior) { b.ListLag = time.Minute })
	w.Write("main.tf", a.configuration(fmt.Sprintf("count = 3\npayload_cap_bytes = count.index == 1 ? 1000 : null\n%s", hook(""))))
	w.Apply()
	n := len(a.Requests())
	w.PlanEmpty()
	if got := len(a.Requests()) - n; got != 2 {
		t.Errorf("the plan sent %d requests, not one list and one read", got)
	}
	agree(t, a, w)
}

// agree compares the state with the API, destination by destination.
func agree(t *testing.T, a api, w *acctest.Workspace) {
	t.Helper()
	var state struct {
		Resources []struct {
			Instances []struct {
				Attributes struct {
					ID, Name  string
					UpdatedAt string `json:"updated_at"`
					Webhook   []struct{ URL string }
				}
			}
		}
	}
	if err := json.Unmarshal(w.State(), &state); err != nil {
		t.Fatal(err)
	}
	inState, atAPI := map[string]string{}, map[string]string{}
	for _, r := range state.Resources {
		for _, i := range r.Instances {
			inState[i.Attributes.ID] = i.Attributes.Name + " " + i.Attributes.Webhook[0].URL
		}
	}
	for _, d := range a.Destinations() {
		atAPI[d.ID] = fmt.Sprint(d.Name, " ", d.Config["url"])
	}
	if fmt.Sprint(inState) != fmt.Sprint(atAPI) {
		t.Errorf("in state: %v\nat the API: %v", inState, atAPI)
	}
}

// Two provider aliases can belong to two organizations, even if destinations of both have the same IDs.
func TestTwoAliases(t *testing.T) {
	t.Parallel()
	one, two := newAPI(t, emulator.Behavior{}), newAPI(t, emulator.Behavior{})
	two.SetAPIKeys("tlnc_two")
	alias := fmt.Sprintf("provider \"talonic\" {\n alias = \"two\"\n base_url = %q\n api_key = \"tlnc_two\"\n}\n", two.url)
	var imports, resources strings.Builder
	for i := range 4 {
		id := fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
		for name, a := range map[string]api{"one": one, "two": two} {
			url := fmt.Sprintf("https://%s.example.com/%d", name, i)
			a.Add(emulator.Destination{ID: id, Name: name, Type: "webhook", Config: map[string]any{"url": url}, IsActive: true})
			fmt.Fprintf(&imports, "import {\n to = talonic_delivery_destination.%s%d\n id = %q\n}\n", name, i, id)
			provider := map[string]string{"one": "talonic", "two": "talonic.two"}[name]
			fmt.Fprintf(&resources, "resource \"talonic_delivery_destination\" \"%s%d\" {\n provider = %s\n name = %q\n webhook {\n url = %q\n }\n}\n", name, i, provider, name, url)
		}
	}
	w := acctest.NewWorkspace(t, map[string]string{
		"provider.tf": requiredProvider + one.onlyProvider() + alias, "import.tf": imports.String(), "main.tf": resources.String(),
	})
	if out := w.Apply().Output(); !strings.Contains(out, "8 imported, 0 added, 0 changed") {
		t.Errorf("not all were imported as they are:\n%s", out)
	}
	w.PlanEmpty()
	two.Edit("00000000-0000-4000-8000-000000000002", func(d *emulator.Destination) { d.Config["url"] = "https://elsewhere.example.com" })
	out := w.Plan().Output()
	if !strings.Contains(out, "0 to add, 1 to change, 0 to destroy") || !strings.Contains(out, "talonic_delivery_destination.two2 will be updated") {
		t.Errorf("the change of one organization's:\n%s", out)
	}
}
