package jsonvalue_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// decode decodes a JSON value like the client.
func decode(t testing.TB, text string) any {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewBufferString(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return value
}

func TestEqual(t *testing.T) {
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
		{`9007199254740993`, `9007199254740992`, false}, // equal as floating-point numbers
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
		if got := jsonvalue.Equal(a, b); got != test.want {
			t.Errorf("%s and %s: equal %t, want %t", test.a, test.b, got, test.want)
		}
		if got := jsonvalue.Equal(b, a); got != test.want {
			t.Errorf("%s and %s: equal %t, want %t", test.b, test.a, got, test.want)
		}
	}
}

func TestKind(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		`null`: "null", `true`: "a boolean", `1`: "a number", `"a"`: "a string", `[1]`: "a list", `{"a": 1}`: "an object",
	} {
		if got := jsonvalue.Kind(decode(t, text)); got != want {
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
		if got := jsonvalue.IsMasked(decode(t, text)); got != want {
			t.Errorf("%s is masked: %t, want %t", text, got, want)
		}
	}
}

func TestParseObjectWithKeysTwice(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		`{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}`: false, `{"a":"b","b":"a"}`: false, `{}`: false, `{"a":["a","a"]}`: false,
		`{"a":1,"a":2}`: true, `{"b":{"a":1,"a":1}}`: true, `{"c":[1,{"a":[],"a":{}}]}`: true, `{"c":{},"a":1,"c":1}`: true,
	} {
		_, err := jsonvalue.ParseObject(text)
		if got := err != nil; got != want {
			t.Errorf("%s: %v", text, err)
		}
	}
}

func TestParseObjectKeepsNumbers(t *testing.T) {
	t.Parallel()
	const text = `{"a":12345678901234567890.10,"b":1e2}`
	object, err := jsonvalue.ParseObject(text)
	if err != nil {
		t.Fatal(err)
	}
	if got := jsonvalue.Quote(object); got != text {
		t.Errorf("%s became %s", text, got)
	}
}

func TestOf(t *testing.T) {
	t.Parallel()
	number := json.Number("12345678901234567890")
	for name, c := range map[string]struct{ value, want any }{
		"object":         {struct{ N json.Number }{number}, map[string]any{"N": number}},
		"text of JSON":   {json.RawMessage(`[1.0, null]`), []any{json.Number("1.0"), nil}},
		"no text":        {json.RawMessage(nil), nil},
		"not encodable":  {func() {}, nil},
		"pointer to nil": {(*int)(nil), nil},
	} {
		if got := jsonvalue.Of(c.value); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %#v, not %#v", name, got, c.want)
		}
	}
}
