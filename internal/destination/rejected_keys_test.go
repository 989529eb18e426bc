package destination_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// An update omits a key that the API shows but rejects.
func TestKeyThatIsRefusedBack(t *testing.T) {
	t.Parallel()
	a := newAPI(t, emulator.Behavior{RefuseUnknownKeys: true})
	const arguments = "name = \"w\"\nwebhook {\n  url = \"https://a.example/x\"\n  headers = { \"X-Chat\" = \"test1\" }\n}\n"
	w := a.workspace(t, arguments)
	w.Apply()
	a.Edit(a.only(t).ID, func(d *emulator.Destination) {
		d.Config["additional"] = map[string]any{}
		d.Config["more"] = true
	})
	w.PlanEmpty()
	w.Write("main.tf", a.configuration(strings.ReplaceAll(arguments, "test1", "test2")))
	r := w.Apply()
	if !strings.Contains(unwrapped(r.Output()), "rejected them in the update") {
		t.Error(r)
	}
	w.PlanEmpty()
	if diff := cmp.Diff([]string{"POST 201", "PUT 400", "PUT 200"}, a.writes()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
