package binding

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// planned returns a binding as a configuration, plan or state holds it.
func planned(change func(model)) model {
	m := model{
		"name": types.StringValue("a"), "deliverable_type": types.StringValue("d"), "destination_id": types.StringValue("1"),
		"serializer_format": types.StringValue("json"), "is_active": types.BoolNull(),
		serializerConfigKey: types.StringValue(`{"a": 1, "b": 2}`),
	}
	m = m.object().Attributes()
	m["signal_filter"] = listOf(typeAtBlock("signal_filter"), model{
		"event_type": types.StringValue("e"), "match": types.StringValue(`{"x":1}`),
	})
	if change != nil {
		change(m)
	}
	return m
}

func typeAtBlock(name string) types.ObjectType {
	list, _ := objectType.AttrTypes[name].(types.ListType)
	object, _ := list.ElemType.(types.ObjectType)
	return object
}

// known returns such a binding in a state.
func known(change func(model)) model {
	return planned(func(m model) {
		m["id"], m["created_at"], m["updated_at"] = types.StringValue("id"), types.StringValue("then"), types.StringValue("later")
		m["last_status"], m["is_active"] = types.StringNull(), types.BoolValue(true)
		if change != nil {
			change(m)
		}
	})
}

func having(name string, value attr.Value) func(model) { return func(m model) { m[name] = value } }

func TestDecide(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		config           func(model)
		proposed, state  model
		writes, replaces bool
		unknown          []string
	}{
		"create": {nil, planned(nil), nil, true, false, []string{"id", "is_active", "last_status", "created_at", "updated_at"}},
		"create, paused": {having("is_active", types.BoolValue(false)), planned(having("is_active", types.BoolValue(false))), nil, true, false,
			[]string{"id", "last_status", "created_at", "updated_at"}},
		"nothing to do":  {nil, known(nil), known(nil), false, false, nil},
		"renamed":        {nil, known(having("name", types.StringValue("b"))), known(nil), true, false, []string{"updated_at"}},
		"name not known": {nil, known(having("name", types.StringUnknown())), known(nil), true, false, []string{"name", "updated_at"}},
		"paused": {having("is_active", types.BoolValue(false)), known(having("is_active", types.BoolValue(false))), known(nil), true, false,
			[]string{"updated_at"}},
		"another spelling": {nil, known(having(serializerConfigKey, types.StringValue(`{"b":2.0,"a":1}`))), known(nil), false, false, nil},
		"another value": {nil, known(having(serializerConfigKey, types.StringValue(`{"b":3,"a":1}`))), known(nil), true, false,
			[]string{"updated_at"}},
		"another spelling in a block": {nil, known(func(m model) {
			m["signal_filter"] = listOf(typeAtBlock("signal_filter"), model{"event_type": types.StringValue("e"), "match": types.StringValue(`{ "x": 1 }`)})
		}), known(nil), false, false, nil},
		"a block not known": {nil, known(having("field_map", types.ListUnknown(typeAtBlock("field_map")))), known(nil), true, false,
			[]string{"field_map", "updated_at"}},
		"another destination": {nil, known(having("destination_id", types.StringValue("2"))), known(nil), true, true,
			[]string{"id", "is_active", "last_status", "created_at", "updated_at"}},
		"destination not known": {nil, known(having("destination_id", types.StringUnknown())), known(nil), true, true,
			[]string{"destination_id", "id", "is_active", "last_status", "created_at", "updated_at"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			plan, d := decide(planned(c.config), c.proposed, c.state)
			if d.writes != c.writes || d.replaces != c.replaces {
				t.Errorf("%+v", d)
			}
			unknown := map[string]bool{}
			for _, name := range c.unknown {
				unknown[name] = true
			}
			for name, value := range plan {
				if value.IsUnknown() != unknown[name] {
					t.Errorf("%s: %s", name, value)
				}
				if !d.writes && !value.Equal(c.state[name]) {
					t.Errorf("%s is %s, not as before: %s", name, value, c.state[name])
				}
			}
		})
	}
}

func TestPlanUnchanged(t *testing.T) {
	t.Parallel()
	value := func(text string) *tfprotov6.DynamicValue { return &tfprotov6.DynamicValue{MsgPack: []byte(text)} }
	for name, c := range map[string]struct {
		prior, proposed *tfprotov6.DynamicValue
		want            bool
	}{
		"the same":         {value("abc"), value("abc"), true},
		"something else":   {value("abc"), value("abd"), false},
		"a create":         {value("\xc0"), value("abc"), false},
		"a destroy":        {value("abc"), value("\xc0"), false},
		"nothing there":    {value("\xc0"), value("\xc0"), false},
		"no state at all":  {nil, value("abc"), false},
		"nothing proposed": {value("abc"), nil, false},
	} {
		got := PlanUnchanged(t.Context(), &tfprotov6.PlanResourceChangeRequest{PriorState: c.prior, ProposedNewState: c.proposed, PriorPrivate: []byte("p")})
		if got != nil != c.want || got != nil && (got.PlannedState != c.prior || string(got.PlannedPrivate) != "p") {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
