package destination_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// An ID is accepted in every notation of a UUID, whichever notation the API shows.
func TestFormsOfIDs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		behavior emulator.Behavior
		form     func(id string) string
	}{
		"canonical":                 {form: func(id string) string { return id }},
		"upper case":                {form: strings.ToUpper},
		"braces":                    {form: func(id string) string { return "{" + id + "}" }},
		"without dashes":            {form: func(id string) string { return strings.ReplaceAll(id, "-", "") }},
		"URN":                       {form: func(id string) string { return "urn:uuid:" + id }},
		"upper case at the API":     {emulator.Behavior{UpperCaseIDs: true}, func(id string) string { return id }},
		"upper case here and there": {emulator.Behavior{UpperCaseIDs: true}, strings.ToUpper},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, c.behavior)
			id := a.Add(emulator.Destination{Name: "a", Type: "webhook", IsActive: true, Config: map[string]any{"url": "https://a.example/x"}})
			given, shown := c.form(id), id
			if c.behavior.UpperCaseIDs {
				shown = strings.ToUpper(id)
			}
			const arguments = "name = \"a\"\n  webhook {\n    url = \"https://a.example/x\"\n  }\n"
			w := a.workspace(t, arguments)
			w.MustRun("import", address, given)
			w.PlanEmpty()
			w.Write("data.tf", fmt.Sprintf(`
data "talonic_delivery_destination" "d" {
  id = %[1]q
}
data "talonic_delivery_destination_test" "d" {
  destination_id = %[1]q
}
output "id" {
  value = data.talonic_delivery_destination.d.id
}
resource "talonic_delivery_binding" "b" {
  name              = "b"
  destination_id    = %[1]q
  deliverable_type  = "pipeline.capture"
  serializer_format = "json"
  signal_filter {
    event_type = "document.extracted"
  }
}
data "talonic_delivery_bindings" "d" {
  destination_id = %[1]q
  depends_on     = [talonic_delivery_binding.b]
}
output "bindings" {
  value = length(data.talonic_delivery_bindings.d.bindings)
}
`, given))
			if r := w.Apply(); !strings.Contains(r.Output(), `id = "`+shown+`"`) || !strings.Contains(r.Output(), "bindings = 1") {
				t.Error(r)
			}
			w.PlanEmpty()
			data := strings.Replace(readFile(t, w, "data.tf"), "= \""+given+"\"\n  deliverable", "= \""+id+"\"\n  deliverable", 1)
			w.Write("data.tf", data)
			w.PlanEmpty()
			w.Destroy()
			if left := len(a.Destinations()) + len(a.Bindings()); left > 0 {
				t.Errorf("%d objects are left", left)
			}
		})
	}
}

// An invalid ID is an error.
func TestNoID(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{})
	w := acctest.NewWorkspace(t, map[string]string{"main.tf": requiredProvider + fmt.Sprintf(`
provider "talonic" {
  base_url = %q
  api_key  = %q
}
data "talonic_delivery_destination" "d" {
  id = "erp"
}
`, a.url, emulator.DefaultAPIKey)})
	if r := w.MustFail("plan"); !strings.Contains(unwrapped(r.Output()), "The value is not an ID, because the IDs of destinations are UUIDs. If the value is a name, set name instead of id.") {
		t.Error(r)
	}
}

func readFile(t *testing.T, w *acctest.Workspace, name string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(w.Dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
