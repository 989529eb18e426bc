package connector

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

func TestToWire(t *testing.T) {
	t.Parallel()
	text := func(elements map[string]attr.Value) types.Map { return types.MapValueMust(types.StringType, elements) }
	for name, test := range map[string]struct {
		value attr.Value
		want  any
	}{
		"nothing":         {nil, nil},
		"null string":     {types.StringNull(), nil},
		"unknown string":  {types.StringUnknown(), nil},
		"string":          {types.StringValue("a"), "a"},
		"empty string":    {types.StringValue(""), ""},
		"null boolean":    {types.BoolNull(), nil},
		"unknown boolean": {types.BoolUnknown(), nil},
		"true":            {types.BoolValue(true), true},
		"false":           {types.BoolValue(false), false},
		"null integer":    {types.Int64Null(), nil},
		"unknown integer": {types.Int64Unknown(), nil},
		"zero":            {types.Int64Value(0), json.Number("0")},
		"large integer":   {types.Int64Value(-9223372036854775808), json.Number("-9223372036854775808")},
		"null map":        {types.MapNull(types.StringType), nil},
		"unknown map":     {types.MapUnknown(types.StringType), nil},
		"empty map":       {text(nil), map[string]any{}},
		"map":             {text(map[string]attr.Value{"a": types.StringValue("1")}), map[string]any{"a": "1"}},
		"map of unknown":  {text(map[string]attr.Value{"a": types.StringUnknown()}), map[string]any{"a": nil}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if diff := cmp.Diff(test.want, ToWire(test.value)); diff != "" {
				t.Errorf("toWire (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFromWire(t *testing.T) {
	t.Parallel()
	var (
		text    = optional("a", "")
		boolean = argument{Name: "a", Attribute: schema.BoolAttribute{}}
		integer = argument{Name: "a", Attribute: schema.Int64Attribute{}}
		dict    = argument{Name: "a", Attribute: schema.MapAttribute{ElementType: types.StringType}}
	)
	for name, test := range map[string]struct {
		argument argument
		wire     string
		want     attr.Value // nil: an error
	}{
		"null string":        {text, `null`, types.StringNull()},
		"string":             {text, `"a"`, types.StringValue("a")},
		"empty string":       {text, `""`, types.StringValue("")},
		"string of a number": {text, `1`, nil},
		"string of a list":   {text, `["a"]`, nil},
		"null boolean":       {boolean, `null`, types.BoolNull()},
		"boolean":            {boolean, `false`, types.BoolValue(false)},
		"boolean of text":    {boolean, `"true"`, nil},
		"boolean of 1":       {boolean, `1`, nil},
		"null integer":       {integer, `null`, types.Int64Null()},
		"integer":            {integer, `0`, types.Int64Value(0)},
		"largest integer":    {integer, `9223372036854775807`, types.Int64Value(9223372036854775807)},
		"too large":          {integer, `9223372036854775808`, nil},
		"fraction":           {integer, `1.5`, nil},
		"integer of text":    {integer, `"1"`, nil},
		"null map":           {dict, `null`, types.MapNull(types.StringType)},
		"empty map":          {dict, `{}`, types.MapValueMust(types.StringType, nil)},
		"map":                {dict, `{"k": "v"}`, types.MapValueMust(types.StringType, map[string]attr.Value{"k": types.StringValue("v")})},
		"map of numbers":     {dict, `{"k": 1}`, nil},
		"map of a string":    {dict, `"k"`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := test.argument.FromWire(blocktest.Decode(t, test.wire))
			if err == nil != (test.want != nil) || err == nil && !got.Equal(test.want) {
				t.Errorf("got %v, %v; want %v", got, err, test.want)
			}
			if err != nil && !strings.Contains(err.Error(), `config.a is a`) {
				t.Errorf("the error does not name the key: %v", err)
			}
		})
	}
}
