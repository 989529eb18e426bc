package apidiag

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

var thing = Subject{Noun: "thing", Name: "ERP"}

func TestCreatedAtAnotherTime(t *testing.T) {
	t.Parallel()
	at := types.StringValue
	for name, c := range map[string]struct {
		before, shown types.String
		want          bool
	}{
		"the same":        {at("2026-08-14T09:30:00Z"), at("2026-08-14T09:30:00Z"), false},
		"in another form": {at("2026-08-14T09:30:00Z"), at("2026-08-14T11:30:00.000+02:00"), false},
		"not shown":       {at("2026-08-14T09:30:00Z"), types.StringNull(), false},
		"not known":       {types.StringNull(), at("2026-08-14T09:30:00Z"), false},
		"another":         {at("2026-08-14T09:30:00Z"), at("2026-08-14T09:30:01Z"), true},
	} {
		diags := thing.CreatedAtAnotherTime(c.before, c.shown)
		if diags.HasError() != c.want {
			t.Errorf("%s: %v", name, diags)
		}
		if c.want && (diags[0].Summary() != "Cannot update delivery thing" || !strings.HasPrefix(diags[0].Detail(),
			`Delivery thing "ERP": The API's response to the update describes a thing that was created at 2026-08-14T09:30:01Z, but this thing was created at 2026-08-14T09:30:00Z.`)) {
			t.Errorf("%s: %s: %s", name, diags[0].Summary(), diags[0].Detail())
		}
	}
}

func TestNotAsPlanned(t *testing.T) {
	t.Parallel()
	block := types.ListType{ElemType: types.ObjectType{AttrTypes: map[string]attr.Type{"url": types.StringType}}}
	object := func(name, id types.String, active types.Bool, list types.List) types.Object {
		return types.ObjectValueMust(
			map[string]attr.Type{"name": types.StringType, "id": types.StringType, "is_active": types.BoolType, "block": block},
			map[string]attr.Value{"name": name, "id": id, "is_active": active, "block": list})
	}
	text, yes, none := types.StringValue, types.BoolValue(true), types.ListNull(block.ElemType)
	planned := object(text("ERP"), types.StringUnknown(), yes, none)
	for want, stored := range map[string]types.Object{
		"":                object(text("ERP"), text("1"), yes, types.ListUnknown(block.ElemType)),
		"name":            object(text("erp"), text("1"), yes, none),
		"is_active, name": object(text("erp"), text("1"), types.BoolNull(), none),
	} {
		diags := thing.NotAsPlanned(planned, stored)
		switch {
		case want == "" && len(diags) > 0:
			t.Errorf("nothing differs: %v", diags)
		case want != "" && (len(diags) != 1 || diags[0].Summary() != "The API did not store a delivery thing as planned" ||
			!strings.HasPrefix(diags[0].Detail(), `Delivery thing "ERP": The API's response differs from the plan in `+want+".")):
			t.Errorf("%s: %v", want, diags)
		}
	}
}
