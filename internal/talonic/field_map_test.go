package talonic

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDecodeFieldMap(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]FieldMap{
		`{}`:                                     {},
		`{"rules":[],"static":{},"drop":[]}`:     {Rules: []FieldRule{}, Static: map[string]any{}, Drop: []string{}},
		`{"rules":null,"static":null,"drop":[]}`: {Drop: []string{}},
		`{"rules":null,"static":null}`:           {},
		`{"rules":[{"source":"a.b","target":"c","new":1},{"source":"a.b","target":"d"}]}`: {
			Rules: []FieldRule{{"a.b", "c"}, {"a.b", "d"}},
		},
		`{"static":{"s":"text","n":1.10,"b":true,"o":{"a":[1]},"z":null},"new":"x"}`: {
			Static: map[string]any{
				"s": "text", "n": json.Number("1.10"), "b": true, "o": map[string]any{"a": []any{json.Number("1")}}, "z": nil,
			},
		},
		`{"drop":["a","b"]}`:                     {Drop: []string{"a", "b"}},
		`{"amount":"$.total"}`:                   {Rules: []FieldRule{{"total", "amount"}}, Flat: true},
		`{"b":"$.x.y[0]","a":"$['x y']","c":""}`: {Rules: []FieldRule{{"$['x y']", "a"}, {"x.y[0]", "b"}, {"", "c"}}, Flat: true},
		`{"rules":"$.rules","drop":"$.drop"}`:    {Rules: []FieldRule{{"drop", "drop"}, {"rules", "rules"}}, Flat: true},
	} {
		var got FieldMap
		if err := decodeJSON([]byte(body), &got); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", body, diff)
		}
	}
}

func TestDecodeFieldMapOfAnotherForm(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`["a"]`:                       `it is a JSON array`,
		`"a"`:                         `it is a JSON string`,
		`{"rules":{"a":"b"}}`:         `its "rules" is a JSON object`,
		`{"rules":["a"]}`:             `its "rules" is a JSON string`,
		`{"drop":[1]}`:                `its "drop" is a JSON number`,
		`{"drop":"$.a","rules":[{}]}`: `its "drop" is a JSON string`,
	} {
		var got FieldMap
		if err := decodeJSON([]byte(body), &got); err == nil || err.Error() != want {
			t.Errorf("%s: error = %v, want %s", body, err, want)
		}
	}
}
