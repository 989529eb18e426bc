package binding_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// Text in decomposed Unicode, as macOS writes it, shows no diff and causes no error.
func TestDecomposedTexts(t *testing.T) {
	t.Parallel()
	const name, decomposed = "Caf\u00e9", "Cafe\u0301"
	a := withDestinations(t, emulator.Behavior{})
	configuration := func(source string) string {
		return fmt.Sprintf(`
			name              = %[1]q
			deliverable_type  = "pipeline.capture"
			destination_id    = %[2]q
			serializer_format = "json"
			signal_filter {
				event_type = "document.extracted"
				match      = jsonencode({ %[1]q = %[1]q, source = %[3]q })
			}
			field_map {
				drop = [%[1]q]
				rule {
					source = %[1]q
					target = %[1]q
				}
			}`, name, hookID, source)
	}
	w := a.workspace(t, configuration("a"))
	w.Apply()
	decompose := func(b *emulator.Binding) {
		b.Name = decomposed
		b.SignalFilter = map[string]any{"event_type": "document.extracted", "match": map[string]any{decomposed: decomposed, "source": "a"}}
		b.FieldMap = map[string]any{"drop": []any{decomposed}, "rules": []any{map[string]any{"source": decomposed, "target": decomposed}}}
	}
	a.edit(t, decompose)
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(configuration("b")))
	w.Apply()
	w.PlanEmpty()
	b := a.only(t)
	want := map[string]any{"event_type": "document.extracted", "match": map[string]any{decomposed: decomposed, "source": "b"}}
	if diff := cmp.Diff(want, b.SignalFilter); diff != "" || b.Name != decomposed {
		t.Errorf("name %+q, filter (-want +got):\n%s", b.Name, diff)
	}
}
