package binding

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Every argument of the schema is one of the texts, is_active, or in the table.
func TestEveryArgument(t *testing.T) {
	t.Parallel()
	inTable := map[string]bool{}
	for _, a := range arguments {
		inTable[a.name()] = true
	}
	var walk func(prefix string, object types.ObjectType)
	walk = func(prefix string, object types.ObjectType) {
		for name, at := range object.AttrTypes {
			place := prefix + name
			list, isList := at.(types.ListType)
			block, isBlock := list.ElemType.(types.ObjectType)
			switch {
			case inTable[place]:
				delete(inTable, place)
			case isList && isBlock:
				walk(place+".", block)
			case prefix != "" || !isText(name) && !isServerSide(name):
				t.Errorf("%s is nowhere", place)
			}
		}
	}
	walk("", objectType)
	for name := range inTable {
		t.Errorf("%s is not in the schema", name)
	}
}

func isText(name string) bool { return contains(asSet(texts), asSet([]string{name})) }

func isServerSide(name string) bool { return contains(asSet(serverSide), asSet([]string{name})) }

func asSet(names []string) body {
	set := body{}
	for _, name := range names {
		set[name] = true
	}
	return set
}

// The value of an argument is sent, and read back unchanged.
func TestWire(t *testing.T) {
	t.Parallel()
	list := func(t attr.Type, values ...attr.Value) attr.Value { return types.ListValueMust(t, values) }
	rule, _ := typeAt(objectType, rulesArgument.at).(types.ListType)
	ruleType, _ := rule.ElemType.(types.ObjectType)
	oneRule := types.ObjectValueMust(ruleType.AttrTypes, map[string]attr.Value{"source": types.StringValue("a"), "target": types.StringValue("b")})
	for name, c := range map[string]struct {
		value attr.Value
		want  any
	}{
		"signal_filter.event_type":                {types.StringValue("e"), "e"},
		"signal_filter.match":                     {types.StringValue(`{"a":1.10}`), body{"a": json.Number("1.10")}},
		"field_map.rule":                          {list(ruleType, oneRule), []any{body{"source": "a", "target": "b"}}},
		"field_map.drop":                          {list(types.StringType, types.StringValue("a"), types.StringValue("b")), []any{"a", "b"}},
		"delivery_policy.max_attempts":            {types.Int64Value(3), json.Number("3")},
		"delivery_policy.backoff_schedule":        {list(types.Int64Type, types.Int64Value(0), types.Int64Value(5)), []any{json.Number("0"), json.Number("5")}},
		"delivery_policy.rate_limit.rate_per_sec": {types.Float64Value(0.25), json.Number("0.25")},
	} {
		for _, a := range arguments {
			if a.name() != name {
				continue
			}
			at := typeAt(objectType, a.at)
			wire, err := a.toWire(c.value)
			if diff := cmp.Diff(c.want, wire); diff != "" || err != nil {
				t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
			}
			if again, err := a.fromWire(at, wire); err != nil || !again.Equal(c.value) {
				t.Errorf("%s: %v, %v", name, again, err)
			}
			if none, err := a.fromWire(at, nil); err != nil || !isNothing(none) {
				t.Errorf("%s: nothing is %v, %v", name, none, err)
			}
			if wire, err := a.toWire(nothing(at)); wire != nil || err != nil {
				t.Errorf("%s: nothing is sent as %v, %v", name, wire, err)
			}
			if _, err := a.fromWire(at, true); err == nil {
				t.Errorf("%s holds a boolean", name)
			}
		}
	}
}

func TestIsDefault(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]map[string]bool{
		"resolver_config":                  {`null`: true, `{}`: true, `{"null_handling":"always_null"}`: true, `{"null_handling":"omit_absent"}`: false, `{"null_handling":"always_null","a":1}`: false},
		"delivery_policy.max_attempts":     {`null`: true, `6`: true, `7.0`: true, `5`: false},
		"delivery_policy.backoff_schedule": {`[]`: true, `[5000,30000,120000,600000,3600000]`: true, `[5000]`: false},
		"field_map.drop":                   {`[]`: true, `["a"]`: false},
	} {
		for _, a := range arguments {
			for text, want := range c {
				if a.name() == name && a.isDefault(decoded([]byte(text))) != want {
					t.Errorf("%s: %s is the default: %t", name, text, !want)
				}
			}
		}
	}
}
