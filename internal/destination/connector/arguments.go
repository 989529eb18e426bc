package connector

import (
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// required returns an argument of config that must be set and must not be empty.
func required(name, description string, rules ...validator.String) argument {
	return argument{Name: name, Attribute: schema.StringAttribute{
		Required:            true,
		MarkdownDescription: description,
		Validators:          append([]validator.String{validators.NotEmpty{}}, rules...),
	}}
}

// optional returns an argument of config that may be omitted but must not be empty.
func optional(name, description string, rules ...validator.String) argument {
	a := required(name, description, rules...)
	attribute, _ := a.Attribute.(schema.StringAttribute)
	attribute.Required, attribute.Optional = false, true
	a.Attribute = attribute
	return a
}

// withAPIDefault returns a copy of a with the documented API default for an omitted argument. wire is the default as decoded JSON.
func (a argument) withAPIDefault(wire any) argument {
	a.apiDefault = wire
	return a
}

// withNormalizer returns a copy of a with the function that converts its values to their normalized form.
func (a argument) withNormalizer(normalize func(any) any) argument {
	a.normalize = normalize
	return a
}

// secret returns the schema of a write-only argument, which Terraform stores neither in plan nor in state.
func secret(description string, rules ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{
		Optional:            true,
		Sensitive:           true,
		WriteOnly:           true,
		MarkdownDescription: description,
		Validators:          append([]validator.String{validators.NotEmpty{}}, rules...),
	}
}

// secretObject returns the schema of a write-only argument that is a JSON object.
func secretObject(description string) schema.StringAttribute {
	attribute := secret(description)
	attribute.Validators = []validator.String{validators.JSONObject{Secret: true}}
	return attribute
}

// requiredSecret returns a write-only argument for a key of auth_config that is required whenever the credentials are sent.
func requiredSecret(name, description string, rules ...validator.String) credentialArgument {
	return credentialArgument{Name: name, Attribute: secret(description, rules...), required: true}
}

// optionalSecret returns a write-only argument for a key of auth_config that may be omitted.
func optionalSecret(name, description string, rules ...validator.String) credentialArgument {
	return credentialArgument{Name: name, Attribute: secret(description, rules...)}
}

// requiredSecretOrEmpty returns a write-only argument for a key of auth_config that is required whenever the credentials are sent, but
// may be empty. If it is empty, the key is not sent.
func requiredSecretOrEmpty(name, description string, rules ...validator.String) credentialArgument {
	attribute := secret(description)
	attribute.Validators = rules
	return credentialArgument{Name: name, Attribute: attribute, required: true, mayBeEmpty: true}
}

// optionalSecretJSON returns a write-only argument that is a JSON object with further keys of auth_config.
func optionalSecretJSON(name, description string) credentialArgument {
	return credentialArgument{Name: name, Merged: true, Attribute: secretObject(description)}
}

// nonSecret returns an argument for a key of auth_config that is not a secret and is kept in state.
func nonSecret(name string, attribute schema.StringAttribute) credentialArgument {
	attribute.Validators = append(attribute.Validators, validators.NotEmpty{})
	return credentialArgument{Name: name, Attribute: attribute, required: attribute.Required}
}

// ToWire returns the value of an argument as decoded JSON; nil if it is null or unknown. It panics for a type that no argument has.
func ToWire(value attr.Value) any {
	if value == nil || value.IsNull() || value.IsUnknown() {
		return nil
	}
	switch v := value.(type) {
	case types.String:
		return v.ValueString()
	case types.Bool:
		return v.ValueBool()
	case types.Int64:
		return jsonvalue.Integer(v.ValueInt64())
	case types.Map:
		object := map[string]any{}
		for key, element := range v.Elements() {
			object[key] = ToWire(element)
		}
		return object
	}
	panic(fmt.Sprintf("no argument has the type %T", value)) // cannot happen: the schema's test converts every argument
}

// FromWire converts a value from the API, as decoded JSON, to the form in which CLIs store the argument. Nil becomes null. It returns an
// [apidiag.Unreadable] if the value does not fit the argument's type.
func (a argument) FromWire(wire any) (attr.Value, error) {
	wire = jsonvalue.Canonical(wire)
	wrong := func() (attr.Value, error) {
		return nil, apidiag.Unreadable{Problem: fmt.Sprintf("config.%s is %s, which is not a valid value of the argument %q", a.Name, jsonvalue.Kind(wire), a.Name)}
	}
	switch a.Attribute.GetType().(type) {
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
			elements[redact.Printable(key)] = types.StringValue(redact.Printable(text))
		}
		return types.MapValueMust(types.StringType, elements), nil
	}
	switch a.Attribute.GetType() {
	case types.StringType:
		if wire == nil {
			return types.StringNull(), nil
		}
		if text, ok := wire.(string); ok {
			return types.StringValue(redact.Printable(text)), nil
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
			if n, ok := jsonvalue.WholeNumber(number); ok {
				return types.Int64Value(n), nil
			}
		}
	}
	return wrong()
}
