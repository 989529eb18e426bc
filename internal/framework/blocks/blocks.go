// Package blocks has what the schemas of several resources have in common: blocks that may be there once, and arguments that
// hold JSON.
package blocks

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// SingleBlock is a block that may be there once.
func SingleBlock(description string, attributes map[string]schema.Attribute, blocks map[string]schema.Block) schema.Block {
	return Many(description, attributes, blocks, listvalidator.SizeAtMost(1))
}

// Many is a block that may be there any number of times, within the rules. Its types are fixed beforehand: the framework would
// derive them from the schema again and again, which costs more than all else that a plan does.
func Many(description string, attributes map[string]schema.Attribute, blocks map[string]schema.Block, rules ...validator.List) schema.Block {
	object := schema.NestedBlockObject{Attributes: attributes, Blocks: blocks}
	object.CustomType, _ = object.Type().(types.ObjectType)
	return schema.ListNestedBlock{
		MarkdownDescription: description,
		Validators:          rules,
		NestedObject:        object,
		CustomType:          types.ListType{ElemType: object.CustomType},
	}
}

// ElementType is the type of the elements of a block's list.
func ElementType(list attr.Type) types.ObjectType {
	l, _ := list.(types.ListType)
	object, _ := l.ElemType.(types.ObjectType)
	return object
}

// SingleElement takes the one element of a block's list. ok is false when there is none, and when it is not known yet.
func SingleElement(list types.List) (arguments map[string]attr.Value, ok bool) {
	elements := list.Elements()
	if len(elements) != 1 {
		return nil, false
	}
	object, ok := elements[0].(types.Object)
	if !ok || object.IsUnknown() || object.IsNull() {
		return nil, false
	}
	return object.Attributes(), true
}

// MayBePresent reports whether a block is there, or may turn out to be.
func MayBePresent(list types.List) bool { return list.IsUnknown() || len(list.Elements()) > 0 }

// Complete makes the arguments of a block an object of its type. Those that are left out become null, or an empty block.
func Complete(t types.ObjectType, arguments map[string]attr.Value) types.Object {
	attributes := map[string]attr.Value{}
	for name, t := range t.AttrTypes {
		attributes[name] = Absent(t)
		if value, ok := arguments[name]; ok {
			attributes[name] = value
		}
	}
	return types.ObjectValueMust(t.AttrTypes, attributes)
}

// Absent is an argument or a block that is not there. Terraform has blocks empty rather than null.
func Absent(t attr.Type) attr.Value {
	if list, ok := t.(types.ListType); ok && isBlock(list) {
		return types.ListValueMust(list.ElemType, nil)
	}
	ctx := context.Background() // types of the framework ignore it
	value, err := t.ValueFromTerraform(ctx, tftypes.NewValue(t.TerraformType(ctx), nil))
	if err != nil {
		panic(err) // null is a value of every type
	}
	return value
}

// isBlock tells the lists of blocks from those of values: only blocks hold objects here.
func isBlock(list types.ListType) bool {
	_, ok := list.ElemType.(types.ObjectType)
	return ok
}

// Attribute is one attribute of an object. One that is not there, or of another type, is the zero value of T, which is null.
func Attribute[T attr.Value](attributes map[string]attr.Value, name string) T {
	value, _ := attributes[name].(T) // the schemas' tests read every attribute
	return value
}

// Known is the value of a string that has one: rules have nothing to say of the others.
func Known(s types.String) (string, bool) { return s.ValueString(), !s.IsNull() && !s.IsUnknown() }

// SameJSON reports whether two texts are the same JSON object, in whatever format and order of keys. Plans keep the text of the state
// then. A semantically equal type of the framework's, such as jsontypes.Normalized, does not do that: the framework compares after reads
// and writes only. Besides, that type rounds large numbers and repeats a text that is no JSON, which may be a secret, in its error.
func SameJSON(a, b types.String) bool {
	first, isFirst := Known(a)
	second, isSecond := Known(b)
	if !isFirst || !isSecond {
		return false
	}
	before, errBefore := jsonvalue.ParseObject(first)
	after, errAfter := jsonvalue.ParseObject(second)
	return errBefore == nil && errAfter == nil && jsonvalue.Equal(before, after)
}

// BlockPath is where to report what should not be shown with its line: CLIs point at the first line of a resource for something that
// its configuration does not have.
var BlockPath = path.Root("id")
