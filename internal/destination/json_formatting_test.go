package destination_test

import (
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
)

// Neither the formatting of JSON nor the order of keys shows a diff. A change of its content does.
func TestFormattingOfJSON(t *testing.T) {
	t.Parallel()
	for name, block := range map[string]string{
		"additional_config": "webhook {\n url = \"https://a.example.com\"\n additional_config = ",
		"config":            "custom {\n type = \"google_sheets\"\n config = ",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAPI(t, emulator.Behavior{})
			with := func(name, json string) string {
				return a.configuration("name = \"" + name + "\"\n" + block + json + "\n}\n")
			}
			w := a.workspace(t, "")
			w.Write("main.tf", with("hook", `jsonencode({ color = "red", size = [1, 2], inner = { a = 1, b = 2 } })`))
			w.Apply()
			const reformatted = `"{ \"size\": [1, 2],\n  \"inner\": {\"b\": 2, \"a\": 1.0}, \"color\": \"r\\u0065d\" }"`
			w.Write("main.tf", with("hook", reformatted))
			w.PlanEmpty()

			// Beside another change, the formatting is not in the plan either.
			w.Write("main.tf", with("renamed", reformatted))
			if out := w.MustRun("plan", "-no-color").Stdout; strings.Contains(out, "color") || !strings.Contains(out, "renamed") {
				t.Errorf("the plan is not that of a new name alone:\n%s", out)
			}
			w.Apply()
			w.PlanEmpty()

			w.Write("main.tf", with("renamed", strings.Replace(reformatted, `\"size\": [1, 2]`, `\"size\": [2, 1]`, 1)))
			if out := w.MustRun("plan", "-no-color").Stdout; !strings.Contains(out, "1 to change") {
				t.Errorf("another order of a list is no change:\n%s", out)
			}
		})
	}
}
