package destination_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// A later provider version may add an argument for a key that was set outside Terraform. The first plan after that is empty, updates keep
// the key, and it is managed once the argument is set.
func TestUnmanagedKeyGetsAnArgument(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	hook := func(arguments string) string {
		return `
resource "talonic_delivery_destination" "test" {
  name = "hook"
  webhook {
    url = "https://a.example.com"
` + arguments + `
  }
}
`
	}
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "main.tf": a.looking(hook(""))})
	w.Apply()
	id := a.Destinations()[0].ID
	headers := map[string]any{"X-Team": "dashboard"}
	a.Edit(id, func(d *emulator.Destination) { d.Config["headers"] = headers })
	// Private state as a version without the argument headers writes it.
	tamper(t, w, func(records map[string]string) string {
		records["config"] = `{"v":1,"unmanaged":{"headers":{"X-Team":"dashboard"}}}`
		return inPrivate(records)
	})
	stored := func() any { return a.Destinations()[0].Config["headers"] }

	w.PlanEmpty()
	w.Write("main.tf", a.looking(hook(`    additional_config = jsonencode({ other = 1 })`)))
	w.Apply()
	if got, _ := json.Marshal(stored()); string(got) != `{"X-Team":"dashboard"}` {
		t.Errorf("an update of config leaves headers = %s", got)
	}
	w.PlanEmpty()
	w.Write("main.tf", a.looking(hook(`    headers = { X-Team = "terraform" }`)))
	w.Apply()
	w.PlanEmpty()
	w.Write("main.tf", a.looking(hook("")))
	w.Apply()
	if got := stored(); got != nil {
		t.Errorf("removed, but the API has %v", got)
	}
	w.PlanEmpty()
}

// A later provider version may add a block for a type that the custom block serves. Changing the block in the configuration changes only
// the state and replaces nothing.
func TestCustomTypeGetsABlock(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	const config = `
resource "talonic_delivery_destination" "test" {
  name = "hook"
  webhook {
    url = "https://a.example.com"
    auth_bearer {
      token_wo = "fake-token-of-upgrades"
    }
  }
}
`
	w := acctest.NewWorkspace(t, map[string]string{"provider.tf": requiredProvider, "main.tf": a.looking(config)})
	w.Apply()
	id := a.Destinations()[0].ID
	var state map[string]any
	if err := json.Unmarshal(w.State(), &state); err != nil {
		t.Fatal(err)
	}
	attributes := state["resources"].([]any)[0].(map[string]any)["instances"].([]any)[0].(map[string]any)["attributes"].(map[string]any)
	attributes["webhook"] = []any{}
	attributes["custom"] = []any{map[string]any{"type": "webhook", "config": `{"url":"https://a.example.com"}`, "auth_config_wo": nil}}
	state["serial"] = state["serial"].(float64) + 1
	changed, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	w.Write("terraform.tfstate", string(changed))

	if out := w.Plan().Output(); !strings.Contains(out, "0 to add, 1 to change, 0 to destroy") {
		t.Errorf("the plan is no update:\n%s", out)
	}
	w.Apply()
	w.PlanEmpty()
	if all := a.Destinations(); len(all) != 1 || all[0].ID != id || !all[0].HasAuthConfig || all[0].Config["url"] != "https://a.example.com" {
		t.Errorf("%+v", all)
	}
}
