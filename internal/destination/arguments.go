package destination

import (
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// required is an argument of config that must be there and not empty.
func required(name, description string, rules ...validator.String) argument {
	return argument{name: name, attribute: schema.StringAttribute{
		Required:            true,
		MarkdownDescription: description,
		Validators:          append([]validator.String{stringvalidator.LengthAtLeast(1)}, rules...),
	}}
}

// optional is an argument of config that may be left out.
func optional(name, description string, rules ...validator.String) argument {
	a := required(name, description, rules...)
	attribute, _ := a.attribute.(schema.StringAttribute)
	attribute.Required, attribute.Optional = false, true
	a.attribute = attribute
	return a
}

// withDefault notes what the API documents to use when the argument is left out.
func (a argument) withDefault(wire any) argument {
	a.byDefault = wire
	return a
}

// withSpelling notes how to bring the argument's values to one spelling.
func (a argument) withSpelling(canonical func(any) any) argument {
	a.canonical = canonical
	return a
}

// secret is the schema of a write-only argument: Terraform keeps it in no plan and no state.
func secret(description string) schema.StringAttribute {
	return schema.StringAttribute{
		Optional:            true,
		Sensitive:           true,
		WriteOnly:           true,
		MarkdownDescription: description,
		Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
	}
}

// needed is a write-only key of auth_config without which the credentials are not complete.
func needed(name, description string) credentialArgument {
	return credentialArgument{name: name, attribute: secret(description), required: true}
}

// notNeeded is a write-only key of auth_config that may be left out.
func notNeeded(name, description string) credentialArgument {
	return credentialArgument{name: name, attribute: secret(description)}
}

// plain is a key of auth_config that is no secret, and is kept in state.
func plain(name string, attribute schema.StringAttribute) credentialArgument {
	attribute.Validators = append(attribute.Validators, stringvalidator.LengthAtLeast(1))
	return credentialArgument{name: name, attribute: attribute, required: attribute.Required}
}

// toWire turns a value of an argument into what JSON has for it; nil if it is null or not known.
func toWire(value attr.Value) any {
	if value == nil || value.IsNull() || value.IsUnknown() {
		return nil
	}
	switch v := value.(type) {
	case types.String:
		return v.ValueString()
	case types.Bool:
		return v.ValueBool()
	case types.Int64:
		return integer(v.ValueInt64())
	case types.Map:
		object := map[string]any{}
		for key, element := range v.Elements() {
			object[key] = toWire(element)
		}
		return object
	}
	panic(fmt.Sprintf("no argument has the type %T", value)) // the schema's test converts every argument
}

// fromWire turns what the API shows into the value of an argument. nil is null.
func (a argument) fromWire(wire any) (attr.Value, error) {
	wrong := func() (attr.Value, error) {
		return nil, unreadableError{fmt.Sprintf("config.%s is %s, which is no value of the argument %q", a.name, describeJSON(wire), a.name)}
	}
	switch a.attribute.GetType().(type) {
	case types.MapType:
		if wire == nil {
			return types.MapNull(types.StringType), nil
		}
		object, ok := wire.(map[string]any)
		if !ok {
			return wrong()
		}
		elements := map[string]attr.Value{}
		for key, item := range object {
			text, ok := item.(string)
			if !ok {
				return wrong()
			}
			elements[key] = types.StringValue(text)
		}
		return types.MapValueMust(types.StringType, elements), nil
	}
	switch a.attribute.GetType() {
	case types.StringType:
		if wire == nil {
			return types.StringNull(), nil
		}
		if text, ok := wire.(string); ok {
			return types.StringValue(text), nil
		}
	case types.BoolType:
		if wire == nil {
			return types.BoolNull(), nil
		}
		if b, ok := wire.(bool); ok {
			return types.BoolValue(b), nil
		}
	case types.Int64Type:
		if wire == nil {
			return types.Int64Null(), nil
		}
		if number, ok := wire.(json.Number); ok {
			if n, ok := wholeNumber(number); ok {
				return types.Int64Value(n), nil
			}
		}
	}
	return wrong()
}

// unreadableError is something in the API's answer that no argument can hold.
type unreadableError struct{ problem string }

func (e unreadableError) Error() string { return e.problem }

// integer is a whole number as decoded JSON has it.
func integer(n int64) json.Number { return json.Number(fmt.Sprint(n)) }

// describeJSON names the kind of a decoded value, not the value.
func describeJSON(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case json.Number:
		return "a number"
	case string:
		return "a string"
	case []any:
		return "a list"
	}
	return "an object"
}

// equalJSON compares decoded values; 22 and 22.0 are the same number.
func equalJSON(a, b any) bool {
	switch a := a.(type) {
	case json.Number:
		b, ok := b.(json.Number)
		return ok && (a == b || equalNumbers(a, b))
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for key := range a {
			if other, ok := b[key]; !ok || !equalJSON(a[key], other) {
				return false
			}
		}
		return true
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !equalJSON(a[i], b[i]) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(a, b)
}

func equalNumbers(a, b json.Number) bool {
	x, okX := exact(a)
	y, okY := exact(b)
	return okX && okY && x.Cmp(y) == 0
}

// wholeNumber is the integer that a number is, however it is written: 22, 22.0, 2.2e1.
func wholeNumber(n json.Number) (int64, bool) {
	x, ok := exact(n)
	if !ok {
		return 0, false
	}
	i, accuracy := x.Int64()
	return i, accuracy == big.Exact
}

// exact is the value of a number, unless it is written too long to be one that anybody meant.
func exact(n json.Number) (*big.Float, bool) {
	const longest = 64
	if len(n) > longest {
		return nil, false
	}
	x, _, err := big.ParseFloat(n.String(), 10, 256, big.ToNearestEven)
	return x, err == nil && !x.IsInf()
}
