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

// State holds unprintable characters in a printable form. Updates leave the API's characters in all values that do not change.
func TestUnprintableTexts(t *testing.T) {
	t.Parallel()
	const text, shown = "a\u00a0b\u200dc", "a b<U+200D>c"
	a := withDestinations(t, emulator.Behavior{})
	filter := func(eventType string) map[string]any {
		return map[string]any{"event_type": eventType, "match": map[string]any{text: text}}
	}
	fields := map[string]any{"drop": []any{text}, "rules": []any{map[string]any{"source": text, "target": text}}, "static": map[string]any{text: text}}
	configuration := func(eventType, more string) string {
		return fmt.Sprintf(`
			name              = %[1]q
			deliverable_type  = "pipeline.capture"
			destination_id    = %[2]q
			serializer_format = "json"
			signal_filter {
				event_type = %[3]q
				match      = jsonencode({ %[1]q = %[1]q })
			}
			field_map {
				drop   = [%[1]q%[4]s]
				static = jsonencode({ %[1]q = %[1]q })
				rule {
					source = %[1]q
					target = %[1]q
				}
			}`, shown, hookID, eventType, more)
	}
	const id = "44444444-4444-4444-8444-444444444444"
	a.AddBinding(emulator.Binding{
		ID: id, Name: text, DeliverableType: "pipeline.capture", DestinationID: hookID, SerializerFormat: "json", IsActive: true,
		SignalFilter: filter("document.extracted"), FieldMap: fields,
	})
	imports := fmt.Sprintf("import {\n  to = %s\n  id = %q\n}\n", address, id)
	w := a.workspace(t, configuration("document.extracted", ""))
	w.Write("imports.tf", imports)
	w.Apply()
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(configuration("result.approved", "")))
	w.Apply()
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(configuration("result.approved", `, "x"`)))
	w.Apply()
	w.PlanEmpty()
	b := a.only(t)
	fields["drop"] = []any{text, "x"}
	if diff := cmp.Diff(filter("result.approved"), b.SignalFilter) + cmp.Diff(fields, b.FieldMap); diff != "" || b.Name != text {
		t.Errorf("name %+q (-want +got):\n%s", b.Name, diff)
	}
}

// A user replaces an unprintable character with its printable form, in an object that also has a text in another Unicode form.
func TestPrintableTextInsteadOfUnprintable(t *testing.T) {
	t.Parallel()
	a := withDestinations(t, emulator.Behavior{})
	configuration := func(separator string) string {
		return minimal + fmt.Sprintf("\n  serializer_config = jsonencode({ label = \"Caf\u00e9\", sep = %q })", separator)
	}
	w := a.workspace(t, configuration("a\u00a0b"))
	w.Apply()
	a.edit(t, func(b *emulator.Binding) {
		b.SerializerConfig = map[string]any{"label": "Cafe\u0301", "sep": "a\u00a0b"}
	})
	w.Apply("-refresh-only")
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(configuration("a b")))
	w.Apply()
	w.PlanEmpty()
	want := map[string]any{"label": "Cafe\u0301", "sep": "a b"}
	if diff := cmp.Diff(want, a.only(t).SerializerConfig); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
