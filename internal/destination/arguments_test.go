package destination

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
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
			if diff := cmp.Diff(test.want, toWire(test.value)); diff != "" {
				t.Errorf("toWire (-want +got):\n%s", diff)
			}
		})
	}
}

func TestFromWire(t *testing.T) {
	t.Parallel()
	var (
		text    = optional("a", "")
		boolean = argument{name: "a", attribute: schema.BoolAttribute{}}
		integer = argument{name: "a", attribute: schema.Int64Attribute{}}
		dict    = argument{name: "a", attribute: schema.MapAttribute{ElementType: types.StringType}}
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
			got, err := test.argument.fromWire(decode(t, test.wire))
			if err == nil != (test.want != nil) || err == nil && !got.Equal(test.want) {
				t.Errorf("got %v, %v; want %v", got, err, test.want)
			}
			if err != nil && !strings.Contains(err.Error(), `config.a is a`) {
				t.Errorf("the error does not name the key: %v", err)
			}
		})
	}
}

func TestEqualJSON(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{`null`, `null`, true},
		{`null`, `false`, false},
		{`null`, `""`, false},
		{`null`, `{}`, false},
		{`null`, `[]`, false},
		{`true`, `true`, true},
		{`true`, `false`, false},
		{`"a"`, `"a"`, true},
		{`"a"`, `"A"`, false},
		{`"1"`, `1`, false},
		{`0`, `false`, false},
		{`22`, `22.0`, true},
		{`22`, `2.2e1`, true},
		{`0`, `-0`, true},
		{`1e2`, `100`, true},
		{`0.1`, `0.10`, true},
		{`22`, `23`, false},
		{`22`, `-22`, false},
		{`9007199254740993`, `9007199254740992`, false}, // the same as floating-point numbers
		{`9007199254740993`, `9007199254740993.0`, true},
		{`123456789012345678901234567890`, `123456789012345678901234567891`, false},
		{`0.1`, `0.10000000000000000000000000000000000000000000000000000000001`, false},
		{`1e400`, `1e400`, true},
		{`1e400`, `1e401`, false},
		{`1e999999999`, `1e999999999`, true},
		{`1` + strings.Repeat("0", 100), `1` + strings.Repeat("0", 100), true},
		{`1` + strings.Repeat("0", 100), `1` + strings.Repeat("0", 101), false},
		{`1.` + strings.Repeat("0", 62), `1`, true},
		{`1` + strings.Repeat("0", 100), `1e100`, false}, // too long to be compared as a number
		{`{}`, `{}`, true},
		{`{}`, `[]`, false},
		{`{"a": 1, "b": 2}`, `{"b": 2.0, "a": 1}`, true},
		{`{"a": 1}`, `{"a": 2}`, false},
		{`{"a": 1}`, `{"a": 1, "b": 2}`, false},
		{`{"a": null}`, `{"b": null}`, false},
		{`{"a": null}`, `{}`, false},
		{`{"a": {"b": [1]}}`, `{"a": {"b": [1.0]}}`, true},
		{`[]`, `[]`, true},
		{`[1, 2]`, `[1.0, 2]`, true},
		{`[1, 2]`, `[2, 1]`, false},
		{`[1]`, `[1, 1]`, false},
		{`[[1, [2, {"a": 3}]]]`, `[[1, [2, {"a": 3.0}]]]`, true},
		{`[[1, [2, {"a": 3}]]]`, `[[1, [2, {"a": 4}]]]`, false},
		{`[null]`, `[]`, false},
		{`[1]`, `1`, false},
	} {
		a, b := decode(t, test.a), decode(t, test.b)
		if got := equalJSON(a, b); got != test.want {
			t.Errorf("%s and %s: equal %t, want %t", test.a, test.b, got, test.want)
		}
		if got := equalJSON(b, a); got != test.want {
			t.Errorf("%s and %s: equal %t, want %t", test.b, test.a, got, test.want)
		}
	}
}

func TestDescribeJSON(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`null`: "null", `true`: "a boolean", `1`: "a number", `"a"`: "a string", `[1]`: "a list", `{"a": 1}`: "an object",
	} {
		if got := describeJSON(decode(t, text)); got != want {
			t.Errorf("%s is %q, want %q", text, got, want)
		}
	}
}

func TestIsMasked(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`"***"`: true, `"••••••"`: true, `"[REDACTED]"`: true, `"<redacted>"`: true, `"(hidden)"`: true, `"Masked"`: true, `"** redacted **"`: true,
		`""`: false, `"talonic"`: false, `"redacted-one"`: false, `"a***"`: false, `null`: false, `1`: false, `{"a": "***"}`: false,
	} {
		if got := isMasked(decode(t, text)); got != want {
			t.Errorf("%s is masked: %t, want %t", text, got, want)
		}
	}
}
