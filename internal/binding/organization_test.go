package binding_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// With the API key of another organization, a binding is neither reported as gone nor deleted. That organization has only bindings, which
// identify it, too.
func TestKeyOfAnotherOrganization(t *testing.T) {
	t.Parallel()
	const otherKey = "tlnc_other"
	first, second := emulator.New(emulator.Behavior{IncludeCustomerID: true}), emulator.New(emulator.Behavior{IncludeCustomerID: true})
	second.SetAPIKeys(otherKey)
	second.AddBinding(emulator.Binding{Name: "theirs", SignalFilter: map[string]any{"event_type": "document.extracted"}, DeliverableType: "markdown",
		DestinationID: hookID, SerializerFormat: "json", IsActive: true})
	server := httptest.NewServer(emulator.Organizations(first, second))
	t.Cleanup(server.Close)
	a := api{first, server.URL}
	a.Add(emulator.Destination{ID: hookID, Name: "hook", Type: "webhook", IsActive: true})
	w := a.workspace(t, minimal)
	w.Apply()
	w.Write("main.tf", strings.ReplaceAll(a.configuration(minimal), emulator.DefaultAPIKey, otherKey))
	for _, command := range [][]string{{"plan"}, {"apply", "-auto-approve"}, {"destroy", "-auto-approve"}, {"destroy", "-auto-approve", "-refresh=false"}} {
		out := unwrapped(w.MustFail(command...).Output())
		for _, want := range []string{first.CustomerID(), second.CustomerID(), "The API key belongs to a different organization", "the state is kept"} {
			if !strings.Contains(out, want) {
				t.Errorf("%s does not say %q:\n%s", command, want, out)
			}
		}
	}
	if len(a.Bindings()) != 1 || len(second.Bindings()) != 1 {
		t.Errorf("the API has %+v and %+v", a.Bindings(), second.Bindings())
	}
	w.Write("main.tf", a.configuration(minimal))
	w.PlanEmpty()
	a.RemoveBinding(a.only(t).ID)
	a.AddBinding(emulator.Binding{Name: "other", SignalFilter: map[string]any{"event_type": "document.extracted"}, DeliverableType: "markdown",
		DestinationID: hookID, SerializerFormat: "json", IsActive: true})
	if out := unwrapped(w.Plan().Output()); !strings.Contains(out, "not found") {
		t.Errorf("the plan:\n%s", out)
	}
}
