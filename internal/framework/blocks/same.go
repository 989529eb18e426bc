package blocks

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// Same reports whether two values are equal. A null block equals an empty one, because the framework reads an absent block from a state as
// null, and [Complete] returns it as empty.
func Same(a, b attr.Value) bool {
	if x, ok := a.(types.Object); ok {
		y, ok := b.(types.Object)
		if !ok || x.IsUnknown() || y.IsUnknown() || x.IsNull() != y.IsNull() {
			return a.Equal(b)
		}
		others := y.Attributes()
		for name, value := range x.Attributes() {
			if !Same(value, others[name]) {
				return false
			}
		}
		return len(x.Attributes()) == len(others)
	}
	x, ok := a.(types.List)
	y, okay := b.(types.List)
	if t, isList := attrType(x).(types.ListType); !ok || !okay || !isList || !isBlock(t) || x.IsUnknown() || y.IsUnknown() {
		return a == nil && b == nil || a != nil && a.Equal(b)
	}
	if len(x.Elements()) != len(y.Elements()) {
		return false
	}
	others := y.Elements()
	for i, element := range x.Elements() {
		if !Same(element, others[i]) {
			return false
		}
	}
	return true
}

func attrType(value attr.Value) attr.Type { return value.Type(context.Background()) } // the framework's types ignore the context
