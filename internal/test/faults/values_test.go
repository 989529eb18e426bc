package faults

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// proposed merges a configuration with prior state, as CLIs do before a plan: computed attributes that are not configured keep their values,
// and write-only attributes are omitted.
func proposed(block *tfprotov6.SchemaBlock, prior, config tftypes.Value) tftypes.Value {
	before, configured := attributesOf(prior), attributesOf(config)
	after := map[string]tftypes.Value{}
	for _, a := range block.Attributes {
		after[a.Name] = configured[a.Name]
		was, ok := before[a.Name]
		switch {
		case a.WriteOnly:
			after[a.Name] = tftypes.NewValue(a.Type, nil)
		case a.Computed && ok && configured[a.Name].IsNull():
			after[a.Name] = was
		}
	}
	for _, b := range block.BlockTypes {
		if b.Nesting != tfprotov6.SchemaNestedBlockNestingModeList {
			panic(fmt.Sprintf("the block %s is no list", b.TypeName))
		}
		var elements []tftypes.Value
		olds := elementsOf(before[b.TypeName])
		for i, element := range elementsOf(configured[b.TypeName]) {
			old := tftypes.NewValue(element.Type(), nil)
			if i < len(olds) {
				old = olds[i]
			}
			elements = append(elements, proposed(b.Block, old, element))
		}
		after[b.TypeName] = tftypes.NewValue(tftypes.List{ElementType: b.Block.ValueType()}, elements)
	}
	return tftypes.NewValue(block.ValueType(), after)
}

// attributesOf returns the attributes of an object; none if the object is null.
func attributesOf(object tftypes.Value) map[string]tftypes.Value {
	attributes := map[string]tftypes.Value{}
	if !object.IsNull() {
		if err := object.As(&attributes); err != nil {
			panic(err)
		}
	}
	return attributes
}

// elementsOf returns the elements of a list; none if the list is null.
func elementsOf(list tftypes.Value) []tftypes.Value {
	var elements []tftypes.Value
	if list.Type() != nil && !list.IsNull() {
		if err := list.As(&elements); err != nil {
			panic(err)
		}
	}
	return elements
}
