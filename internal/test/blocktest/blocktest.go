// Package blocktest creates the values of blocks for tests that do not need a provider.
package blocktest

import (
	"bytes"
	"encoding/json"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// Decode decodes a JSON value as the client does; "" becomes nil.
func Decode(t testing.TB, text string) any {
	t.Helper()
	if text == "" {
		return nil
	}
	decoder := json.NewDecoder(bytes.NewBufferString(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return value
}

// Object decodes a JSON object as the client does; "" becomes nil.
func Object(t testing.TB, text string) map[string]any {
	t.Helper()
	object, ok := Decode(t, text).(map[string]any)
	if !ok && text != "" {
		t.Fatalf("%s is no object", text)
	}
	return object
}

// Arguments returns the arguments of a block from a JSON object. Missing arguments become null. The result has no write-only arguments and no
// nested blocks. If text is "", Arguments returns nil.
func Arguments(t testing.TB, block schema.Block, text string) map[string]attr.Value {
	t.Helper()
	if text == "" {
		return nil
	}
	given := Object(t, text)
	values := map[string]attr.Value{}
	for name, attribute := range block.GetNestedObject().GetAttributes() {
		if !attribute.IsWriteOnly() {
			values[name] = value(t, attribute.GetType(), given[name])
			delete(given, name)
		}
	}
	if len(given) > 0 {
		t.Fatalf("the block has no arguments %v", given)
	}
	return values
}

// value converts a decoded JSON value to an argument of the given type.
func value(t testing.TB, kind attr.Type, decoded any) attr.Value {
	t.Helper()
	switch decoded := decoded.(type) {
	case string:
		if kind.Equal(types.StringType) {
			return types.StringValue(decoded)
		}
	case bool:
		if kind.Equal(types.BoolType) {
			return types.BoolValue(decoded)
		}
	case json.Number:
		if n, ok := jsonvalue.WholeNumber(decoded); ok && kind.Equal(types.Int64Type) {
			return types.Int64Value(n)
		}
	case map[string]any:
		elements := map[string]attr.Value{}
		for key, element := range decoded {
			elements[key] = value(t, types.StringType, element)
		}
		return types.MapValueMust(types.StringType, elements)
	case nil:
		switch kind {
		case types.BoolType:
			return types.BoolNull()
		case types.Int64Type:
			return types.Int64Null()
		case types.StringType:
			return types.StringNull()
		}
		return types.MapNull(types.StringType)
	}
	t.Fatalf("%v is no value of %s", decoded, kind)
	return nil
}

// WithBlock returns a copy of arguments with a nested block added.
func WithBlock(arguments map[string]attr.Value, block schema.Block, name string, nested map[string]attr.Value) map[string]attr.Value {
	all := map[string]attr.Value{}
	maps.Copy(all, arguments)
	kind := blocks.ElementType(blocks.ElementType(block.Type()).AttrTypes[name])
	all[name] = types.ListValueMust(kind, []attr.Value{blocks.Complete(kind, nested)})
	return all
}

// Sample returns a value for an argument, as decoded JSON. The value differs for each n, and is never a default of the API.
func Sample(name string, kind attr.Type, n int64) any {
	switch kind {
	case types.BoolType:
		return true
	case types.Int64Type:
		return jsonvalue.Integer(1000 + n)
	case types.StringType:
		return name + " " + jsonvalue.Integer(n).String()
	}
	return map[string]any{"X-One": jsonvalue.Integer(n).String(), "x-two": ""}
}

// Summaries returns the summaries of diagnostics, each after its path if it has one.
func Summaries(diags diag.Diagnostics) []string {
	var all []string
	for _, d := range diags {
		text := d.Severity().String() + ": " + d.Summary()
		if at, ok := d.(diag.DiagnosticWithPath); ok {
			text = at.Path().String() + ": " + text
		}
		all = append(all, text)
	}
	return all
}
