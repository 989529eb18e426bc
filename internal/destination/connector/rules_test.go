package connector

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

func TestRule(t *testing.T) {
	t.Parallel()
	noX := rule("X is wrong", func(text string) string {
		if text == "" || text == "x" {
			return "It is " + text + "."
		}
		return ""
	})
	for name, test := range map[string]struct {
		value types.String
		want  []string
	}{
		"null":    {types.StringNull(), nil},
		"unknown": {types.StringUnknown(), nil},
		"empty":   {types.StringValue(""), nil}, // rejected by NotEmpty
		"valid":   {types.StringValue("y"), nil},
		"invalid": {types.StringValue("x"), []string{"a: Error: X is wrong"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var response validator.StringResponse
			noX.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("a"), ConfigValue: test.value}, &response)
			if diff := cmp.Diff(test.want, blocktest.Summaries(response.Diagnostics)); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}

func TestJSONObject(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		value types.String
		want  string // the detail; "": valid
	}{
		"null":            {types.StringNull(), ""},
		"unknown":         {types.StringUnknown(), ""},
		"object":          {types.StringValue(`{"a": {"b": [1, null]}}`), ""},
		"empty object":    {types.StringValue(` {} `), ""},
		"empty":           {types.StringValue(``), "it is not JSON."},
		"no JSON":         {types.StringValue(`hunter2`), "it is not JSON."},
		"cut off":         {types.StringValue(`{"a": "hunter2"`), "it is not JSON."},
		"text behind":     {types.StringValue(`{} hunter2`), "there is text after the JSON value."},
		"two objects":     {types.StringValue(`{}{"a": "hunter2"}`), "there is text after the JSON value."},
		"one brace more":  {types.StringValue(`{"a": "hunter2"}}`), "there is text after the JSON value."},
		"list":            {types.StringValue(`["hunter2"]`), "it is a list."},
		"string":          {types.StringValue(`"hunter2"`), "it is a string."},
		"null as JSON":    {types.StringValue(`null`), "it is null."},
		"number":          {types.StringValue(`7177`), "it is a number."},
		"encoded twice":   {types.StringValue(`"{\"a\": \"hunter2\"}"`), "it is a string."},
		"trailing commas": {types.StringValue(`{"a": "hunter2",}`), "it is not JSON."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var response validator.StringResponse
			at := path.Root("block").AtName("a")
			validators.JSONObject{}.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: test.value}, &response)
			validators.JSONObject{Secret: true}.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: test.value}, &response)
			var got string
			for _, d := range response.Diagnostics {
				got += d.Detail()
			}
			if paths := blocktest.Summaries(response.Diagnostics); test.want != "" {
				want := []string{"block.a: Error: Not a JSON object", "id: Error: Not a JSON object"} // not on the argument, because CLIs print its line
				if diff := cmp.Diff(want, paths); diff != "" {
					t.Errorf("diagnostics (-want +got):\n%s", diff)
				}
			}
			if !strings.HasSuffix(got, test.want) || (got == "") != (test.want == "") {
				t.Errorf("%q, want %q", got, test.want)
			}
			if strings.Contains(got, "hunter2") || strings.Contains(got, "7177") {
				t.Errorf("the value is repeated: %s", got)
			}
		})
	}
}
