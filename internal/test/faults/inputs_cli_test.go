package faults

import (
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/emulator"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

// sampledInputs are the inputs that the CLI test uses. Some of the others cannot be written in HCL, and one is long.
var sampledInputs = []string{"blanks", "break", "breaks", "tab", "accents", "emoji", "RTL", "quotes", "${", "%{"}

// checkedByValidators holds the letters in the golden file that stand for an error of validate.
const checkedByValidators = "ABCEGHJKLMPR"

// TestInputsSampled tries a part of the golden file with a CLI: every eleventh sampled cell, in two configurations. Accepted values are
// applied, show no diff, and are destroyed. validate must reject the rejected values.
func TestInputsSampled(t *testing.T) {
	t.Parallel()
	api := emulator.New(emulator.Behavior{})
	api.Add(emulator.Destination{ID: targetID, Name: "target", Type: "webhook", IsActive: true})
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	accepted, refused := acctest.NewWorkspace(t, nil), acctest.NewWorkspace(t, nil)
	for _, w := range []*acctest.Workspace{accepted, refused} {
		w.Write("provider.tf", "terraform {\n  required_providers {\n    talonic = { source = \"talonicdev/talonic\" }\n  }\n}\n")
		w.Setenv("TALONIC_BASE_URL", server.URL)
		w.Setenv("TALONIC_API_KEY", emulator.DefaultAPIKey)
	}
	written, wrong := 0, map[string]string{}
	for i, c := range sampledCells(t) {
		if i%11 != 0 {
			continue
		}
		name := fmt.Sprintf("r%03d", i)
		configuration := c.row.configuration(c.make)
		if c.row.at != "binding.name" {
			configuration["name"] = name
		}
		encoded, err := json.Marshal(map[string]any{"resource": map[string]any{c.row.resourceType: map[string]any{name: asHCL(configuration)}}})
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case c.mark == ".":
			accepted.Write(name+".tf.json", string(encoded))
			written++
		case strings.Contains(checkedByValidators, c.mark):
			refused.Write(name+".tf.json", string(encoded))
			wrong[name+".tf.json"] = c.row.at + ", " + c.input
		}
	}
	if written < 20 || len(wrong) < 5 {
		t.Errorf("the sample has %d accepted and %d refused cells", written, len(wrong))
	}
	accepted.Apply()
	accepted.PlanEmpty()
	if got := len(api.Destinations()) + len(api.Bindings()) - 1; got != written {
		t.Errorf("%d objects of %d", got, written)
	}
	accepted.Destroy()
	for _, d := range refused.Validate() {
		if d.Severity == "error" {
			delete(wrong, d.Filename)
		}
	}
	for name, cell := range wrong {
		t.Errorf("%s is not refused: %s", name, cell)
	}
}

// sampledCell is a cell of the golden file.
type sampledCell struct {
	row   inputRow
	input string
	make  func(string) any
	mark  string
}

// sampledCells returns the cells of the sampled inputs, with their marks from the golden file.
func sampledCells(t *testing.T) []sampledCell {
	t.Helper()
	page, err := os.ReadFile("testdata/inputs.golden")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(page), "\n")[3:] // after the legend and the names of the inputs
	var cells []sampledCell
	for i, row := range inputRows() {
		marks := strings.Fields(lines[i])
		if marks[0] != row.at {
			t.Fatalf("line %d of the page is about %s, not %s", i, marks[0], row.at)
		}
		for j, input := range inputs {
			for _, sampled := range sampledInputs {
				if input.name == sampled {
					cells = append(cells, sampledCell{row, input.name, input.make, marks[j+1]})
				}
			}
		}
	}
	return cells
}

// asHCL converts a value to HCL's JSON syntax, in which every text is a template.
func asHCL(value any) any {
	switch value := value.(type) {
	case string:
		return strings.NewReplacer("${", "$${", "%{", "%%{").Replace(value)
	case map[string]any:
		object := map[string]any{}
		for key, inner := range value {
			object[key] = asHCL(inner)
			if text, ok := object[key].(string); ok && strings.HasSuffix(key, "_wo") {
				// The provider masks secrets in responses, so no other argument may have the value of a secret.
				object[key] = strings.ReplaceAll(text, marker, "0th3rs3cr3t")
			}
		}
		return object
	case []tftypes.Value:
		var list []any
		for _, element := range value {
			var text string
			if element.As(&text) == nil {
				list = append(list, asHCL(text))
				continue
			}
			list = append(list, len(text)+3)
		}
		return list
	}
	return value
}
