package blocks

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestSameJSON(t *testing.T) {
	t.Parallel()
	text := types.StringValue
	for name, c := range map[string]struct {
		a, b types.String
		want bool
	}{
		"formatting":          {text(`{"a":1,"b":[1,2]}`), text("{ \"b\": [1, 2],\n\t\"a\": 1.0 }"), true},
		"escapes":             {text(`{"a":"é"}`), text(`{"a":"\u00e9"}`), true},
		"another value":       {text(`{"a":1}`), text(`{"a":2}`), false},
		"another order":       {text(`{"a":[1,2]}`), text(`{"a":[2,1]}`), false},
		"a large number":      {text(`{"a":9007199254740993}`), text(`{"a":9007199254740992}`), false},
		"no JSON":             {text(`{`), text(`{`), false},
		"null":                {types.StringNull(), types.StringNull(), false},
		"known after apply":   {text(`{}`), types.StringUnknown(), false},
		"null becomes a text": {types.StringNull(), text(`{}`), false},
	} {
		if got := SameJSON(c.a, c.b); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
