// Package blocks holds code for the schemas of several resources: blocks that may occur once, and arguments that hold JSON.
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

// SingleBlock returns a block that may occur at most once.
func SingleBlock(description string, attributes map[string]schema.Attribute, blocks map[string]schema.Block) schema.Block {
	return ListBlock(description, attributes, blocks, listvalidator.SizeAtMost(1))
}

// ListBlock returns a block that may occur several times, within rules. It computes the types of the block once. Otherwise the framework would
// derive them from the schema on every use, which takes longer than the rest of a plan.
func ListBlock(description string, attributes map[string]schema.Attribute, blocks map[string]schema.Block, rules ...validator.List) schema.Block {
	object := schema.NestedBlockObject{Attributes: attributes, Blocks: blocks}
	object.CustomType, _ = object.Type().(types.ObjectType)
	return schema.ListNestedBlock{
		MarkdownDescription: description,
		Validators:          rules,
		NestedObject:        object,
		CustomType:          types.ListType{ElemType: object.CustomType},
	}
}

// ElementType returns the type of the elements of a block's list.
func ElementType(list attr.Type) types.ObjectType {
	l, _ := list.(types.ListType)
	object, _ := l.ElemType.(types.ObjectType)
	return object
}

// SingleElement returns the arguments of the only element of a block's list. ok is false if the list is empty or unknown.
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

// MayBePresent reports whether a block is present or unknown.
func MayBePresent(list types.List) bool { return list.IsUnknown() || len(list.Elements()) > 0 }

// Complete returns an object of type t with these arguments. Omitted arguments become null, and omitted blocks become empty lists.
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

// Absent returns the value of an omitted argument or block. An omitted argument is null. An omitted block is an empty list, as in Terraform's
// states.
func Absent(t attr.Type) attr.Value {
	if list, ok := t.(types.ListType); ok && isBlock(list) {
		return types.ListValueMust(list.ElemType, nil)
	}
	ctx := context.Background() // the framework's types ignore the context
	value, err := t.ValueFromTerraform(ctx, tftypes.NewValue(t.TerraformType(ctx), nil))
	if err != nil {
		panic(err) // cannot fail: null is a value of every type
	}
	return value
}

// isBlock reports whether a list represents a block instead of an argument. In these schemas, only the lists of blocks contain objects.
func isBlock(list types.ListType) bool {
	_, ok := list.ElemType.(types.ObjectType)
	return ok
}

// Attribute returns one attribute of an object. If the attribute is absent or has a different type, Attribute returns the zero value of T,
// which is null.
func Attribute[T attr.Value](attributes map[string]attr.Value, name string) T {
	value, _ := attributes[name].(T) // ok is not needed: the schemas' tests read every attribute
	return value
}

// Known returns the value of a string. ok is false if the string is null or unknown, because validators skip these.
func Known(s types.String) (string, bool) { return s.ValueString(), !s.IsNull() && !s.IsUnknown() }

// SameJSON reports whether two texts hold the same JSON object, regardless of formatting and the order of keys. In that case, plans keep the
// text of the state. Types with semantic equality such as jsontypes.Normalized cannot keep it, because the framework compares only after reads
// and writes. In addition, jsontypes.Normalized rounds large numbers, and its error quotes a text that is not JSON, which may be a secret.
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

// BlockPath is the path for a diagnostic that must not print the line of its argument. Configurations do not set id, so CLIs point at the
// first line of the resource.
var BlockPath = path.Root("id")
