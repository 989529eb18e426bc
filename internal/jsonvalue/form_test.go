package jsonvalue_test

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// Strings and keys that differ only in their Unicode form are equal, cause no difference, and can be sent in the API's form.
func TestForms(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b            string
		equal, sameForm bool
		inFormOf        string // a in the form of b
	}{
		{`"Caf\u00e9"`, `"Cafe\u0301"`, true, false, `"Cafe\u0301"`},
		{`"Caf\u00e9"`, `"Caf\u00e9"`, true, true, `"Caf\u00e9"`},
		{`"Caf\u00e9"`, `"Cafe"`, false, false, `"Caf\u00e9"`},
		{`{"\u00fc":1,"a":22.0}`, `{"u\u0308":1,"a":22}`, true, false, `{"u\u0308":1,"a":22.0}`},
		{`{"a":["\u00fc","b"]}`, `{"a":["u\u0308"],"c":1}`, false, false, `{"a":["u\u0308","b"]}`},
		{`{"a":{"b":"\u00fc"}}`, `{"a":{"b":"u\u0308"}}`, true, false, `{"a":{"b":"u\u0308"}}`},
		{`{"a":1}`, `null`, false, false, `{"a":1}`},
		{`22.0`, `22`, true, true, `22.0`},
		{`"a b"`, `"a\u00a0b"`, false, false, `"a b"`},
	} {
		a, b := decode(t, c.a), decode(t, c.b)
		if got := jsonvalue.Equal(a, b); got != c.equal {
			t.Errorf("%s and %s: equal %t", c.a, c.b, got)
		}
		if got := jsonvalue.SameForm(a, b); got != c.sameForm {
			t.Errorf("%s and %s: same form %t", c.a, c.b, got)
		}
		if got, want := jsonvalue.Quote(jsonvalue.InFormOf(a, b)), jsonvalue.Quote(decode(t, c.inFormOf)); got != want {
			t.Errorf("%s in the form of %s: %+q, want %+q", c.a, c.b, got, want)
		}
		wrap := func(v any) map[string]any { return map[string]any{"v": v} }
		if got := jsonvalue.Differences(nil, wrap(a), wrap(b)); c.equal && len(got) > 0 {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
		if got := jsonvalue.Differences(wrap(b), nil, wrap(a)); c.equal && len(got) == 0 {
			t.Errorf("%s, removed, and %s, stored, are no difference", c.b, c.a)
		}
	}
	if got := jsonvalue.At(decode(t, `{"a":{"u\u0308":5}}`), []string{"A", "\u00fc"}); got == nil {
		t.Error("nothing is found under a key in another form")
	}
}

// A printable form is replaced by the text of which it is the form.
func TestFromPrintable(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ value, shown, want string }{
		{`"a b<U+200D>c"`, `"a\u00a0b\u200dc"`, `"a\u00a0b\u200dc"`},
		{`"Caf\u00e9 x"`, `"Cafe\u0301\u00a0x"`, `"Cafe\u0301\u00a0x"`},
		{`"a c"`, `"a\u00a0b"`, `"a c"`},
		{`{"a b":["c d",1,"e f"]}`, `{"a\u00a0b":["c\u00a0d",2]}`, `{"a\u00a0b":["c\u00a0d",1,"e f"]}`},
		{`{"a b":1}`, `{"a b":2,"a\u00a0b":3}`, `{"a b":1}`},
		{`{"a b":1}`, `{"a\u00a0b":2,"a\u2003b":3}`, `{"a b":1}`},
	} {
		got, want := jsonvalue.FromPrintable(decode(t, c.value), decode(t, c.value), decode(t, c.shown)), decode(t, c.want)
		if jsonvalue.Quote(got) != jsonvalue.Quote(want) {
			t.Errorf("%s from %s: %+q, want %+q", c.value, c.shown, jsonvalue.Quote(got), jsonvalue.Quote(want))
		}
	}
}

// A value that differs from the value in state is the user's, even if it is the printable form of the API's value.
func TestFromPrintableOfChangedValue(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ value, held, shown string }{
		{`"a b"`, `"a\u00a0b"`, `"a\u00a0b"`},
		{`"a b"`, `null`, `"a\u00a0b"`},
		{`["a b"]`, `["a\u00a0b"]`, `["a\u00a0b"]`},
		{`{"a b":2,"a\u00a0b":1}`, `{"a\u00a0b":1}`, `{"a\u00a0b":1}`},
	} {
		got := jsonvalue.FromPrintable(decode(t, c.value), decode(t, c.held), decode(t, c.shown))
		if want := decode(t, c.value); jsonvalue.Quote(got) != jsonvalue.Quote(want) {
			t.Errorf("%s from %s: %+q", c.value, c.shown, jsonvalue.Quote(got))
		}
	}
}
