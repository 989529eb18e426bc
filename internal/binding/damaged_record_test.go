package binding_test

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// setPrivate replaces the private state of the only resource.
func setPrivate(t *testing.T, w *acctest.Workspace, raw string) {
	t.Helper()
	var state map[string]any
	if err := json.Unmarshal(w.State(), &state); err != nil {
		t.Fatal(err)
	}
	instance := state["resources"].([]any)[0].(map[string]any)["instances"].([]any)[0].(map[string]any)
	instance["private"] = base64.StdEncoding.EncodeToString([]byte(raw))
	state["serial"] = state["serial"].(float64) + 1
	changed, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	w.Write("terraform.tfstate", string(changed))
}

// Records are a cache: with a damaged one, refresh, update and destroy continue, with a warning.
func TestDamagedRecords(t *testing.T) {
	t.Parallel()
	in := func(record string) string {
		raw, _ := json.Marshal(map[string][]byte{"shown": []byte(record), "customer": []byte(record)})
		return string(raw)
	}
	for name, c := range map[string]struct{ raw, warning string }{
		"no JSON":         {"{", "Private state is damaged"},
		"record no JSON":  {in("{"), "Private state is damaged"},
		"of another form": {in(`{"shown":1,"id":[]}`), `Private state cannot be read`},
		"of a newer one":  {in(`{"v":2}`), "a newer version of the provider wrote it"},
		"of anything":     {in(`{"v":1,"shown":{"signal_filter.match":1,"field_map.rules":{"a":[null]},"":{}},"imported":true,"id":"a"}`), ""},
		"none at all":     {"{}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := withDestinations(t, emulator.Behavior{})
			w := a.workspace(t, minimal)
			w.Apply()
			setPrivate(t, w, c.raw)
			if out := unwrapped(w.PlanEmpty().Output()); !strings.Contains(out, c.warning) {
				t.Errorf("the plan does not say %q:\n%s", c.warning, out)
			}
			w.Write("main.tf", a.configuration(minimal+"\nis_active = false\n"))
			w.Apply("-refresh=false")
			if b := a.only(t); b.IsActive {
				t.Errorf("not updated: %+v", b)
			}
			setPrivate(t, w, c.raw)
			w.Destroy("-refresh=false")
		})
	}
}
