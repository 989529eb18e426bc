package binding_test

import (
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// An argument that ignore_changes covers keeps its value when another one is updated.
func TestIgnoreChanges(t *testing.T) {
	t.Parallel()
	for name, ignored := range map[string]string{
		"is_active": "[is_active]", "blocks": "[is_active, signal_filter, field_map, delivery_policy, resolver_config, serializer_config]",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := withDestinations(t, emulator.Behavior{})
			arguments := complete + "  lifecycle {\n    ignore_changes = " + ignored + "\n  }\n"
			w := a.workspace(t, arguments)
			w.Apply()
			before := stored(a.only(t))
			w.Write("main.tf", a.configuration(strings.NewReplacer("is_active         = false", "is_active = true", `"approved"`, `"renamed"`).Replace(arguments)))
			w.Apply()
			w.PlanEmpty()
			after := stored(a.only(t))
			if after.Name != "renamed" || after.IsActive != before.IsActive {
				t.Errorf("it is %+v, and was %+v", after, before)
			}
		})
	}
}
