package blocks

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestSame(t *testing.T) {
	t.Parallel()
	inner := types.ObjectType{AttrTypes: map[string]attr.Type{"text": types.StringType}}
	outer := types.ObjectType{AttrTypes: map[string]attr.Type{"inner": types.ListType{ElemType: inner}, "texts": types.ListType{ElemType: types.StringType}}}
	list := func(of types.ObjectType, elements ...attr.Value) types.List { return types.ListValueMust(of, elements) }
	one := func(inner types.List, texts types.List) types.Object {
		return types.ObjectValueMust(outer.AttrTypes, map[string]attr.Value{"inner": inner, "texts": texts})
	}
	text := func(s string) types.Object {
		return types.ObjectValueMust(inner.AttrTypes, map[string]attr.Value{"text": types.StringValue(s)})
	}
	noTexts := types.ListNull(types.StringType)
	for name, c := range map[string]struct {
		a, b attr.Value
		want bool
	}{
		"text":                   {types.StringValue("a"), types.StringValue("a"), true},
		"other text":             {types.StringValue("a"), types.StringValue("b"), false},
		"text and null":          {types.StringValue("a"), types.StringNull(), false},
		"nothing and nothing":    {nil, nil, true},
		"text and nothing":       {types.StringValue("a"), nil, false},
		"null and empty block":   {types.ListNull(inner), list(inner), true},
		"block and none":         {list(inner, text("a")), types.ListNull(inner), false},
		"unknown and empty":      {types.ListUnknown(inner), list(inner), false},
		"unknown block":          {types.ListUnknown(inner), types.ListUnknown(inner), true},
		"null inside":            {list(outer, one(types.ListNull(inner), noTexts)), list(outer, one(list(inner), noTexts)), true},
		"block inside":           {list(outer, one(list(inner, text("a")), noTexts)), list(outer, one(list(inner, text("b")), noTexts)), false},
		"unknown inside":         {list(outer, one(types.ListUnknown(inner), noTexts)), list(outer, one(list(inner), noTexts)), false},
		"unknown element":        {list(inner, types.ObjectUnknown(inner.AttrTypes)), list(inner, text("a")), false},
		"null and empty list":    {noTexts, types.ListValueMust(types.StringType, nil), false},
		"null and empty, inside": {one(list(inner), noTexts), one(list(inner), types.ListValueMust(types.StringType, nil)), false},
	} {
		if Same(c.a, c.b) != c.want || c.b != nil && c.a != nil && Same(c.b, c.a) != c.want {
			t.Errorf("%s: %t", name, !c.want)
		}
	}
}
