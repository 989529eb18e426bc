package destination

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
)

func TestSchemaIsValid(t *testing.T) {
	t.Parallel()
	if diags := newSchema().ValidateImplementation(t.Context()); len(diags) > 0 {
		t.Errorf("schema: %v", diags)
	}
	var identity resource.IdentitySchemaResponse
	(&Resource{}).IdentitySchema(t.Context(), resource.IdentitySchemaRequest{}, &identity)
	if diags := identity.IdentitySchema.ValidateImplementation(t.Context()); len(diags) > 0 {
		t.Errorf("identity schema: %v", diags)
	}
}

// everyAttribute calls visit with every attribute of the schema, including those of blocks.
func everyAttribute(t *testing.T, visit func(at path.Path, a schema.Attribute)) {
	t.Helper()
	s := newSchema()
	for name, a := range s.Attributes {
		visit(path.Root(name), a)
	}
	var nested func(at func(string) path.Path, nested map[string]schema.Block)
	nested = func(at func(string) path.Path, all map[string]schema.Block) {
		for name, b := range all {
			list, ok := b.(schema.ListNestedBlock)
			if !ok {
				t.Fatalf("%s is a %T", at(name), b)
			}
			if list.MarkdownDescription == "" {
				t.Errorf("%s has no description", at(name))
			}
			for attribute, a := range list.NestedObject.Attributes {
				visit(at(name).AtName(attribute), a)
			}
			nested(at(name).AtName, list.NestedObject.Blocks)
		}
	}
	nested(path.Root, s.Blocks)
}

// Exactly the arguments with the suffix _wo are write-only. They are optional, so that a destination can be planned without them.
func TestWriteOnlyArguments(t *testing.T) {
	t.Parallel()
	found := 0
	everyAttribute(t, func(at path.Path, a schema.Attribute) {
		name, _ := at.Steps().LastStep()
		if a.GetMarkdownDescription() == "" {
			t.Errorf("%s has no description", at)
		}
		if a.IsRequired() == (a.IsOptional() || a.IsComputed()) {
			t.Errorf("%s: required %t, optional %t, computed %t", at, a.IsRequired(), a.IsOptional(), a.IsComputed())
		}
		secret := strings.HasSuffix(name.String(), connector.WriteOnlySuffix)
		sensitive := secret && !strings.HasSuffix(at.String(), ".url_wo") // see orWriteOnly in package connector
		if a.IsWriteOnly() != secret || a.IsSensitive() != sensitive {
			t.Errorf("%s: write-only %t, sensitive %t, want %t and %t", at, a.IsWriteOnly(), a.IsSensitive(), secret, sensitive)
		}
		if !secret {
			return
		}
		found++
		if !a.IsOptional() || a.IsRequired() || a.IsComputed() {
			t.Errorf("%s: optional %t, required %t, computed %t", at, a.IsOptional(), a.IsRequired(), a.IsComputed())
		}
		if !strings.Contains(a.GetMarkdownDescription(), " Required when") {
			t.Errorf("the description of %s does not contain when it is required: %s", at, a.GetMarkdownDescription())
		}
	})
	if found == 0 {
		t.Error("there is no write-only argument")
	}
	for _, c := range connector.All {
		for _, block := range c.Credentials {
			for _, a := range block.Arguments {
				if want := a.Key() != a.Name; a.IsWriteOnly() != want || a.Attribute.IsWriteOnly() != want {
					t.Errorf("%s.%s.%s: write-only %t and %t, want %t", c.Name, block.Name, a.Name, a.IsWriteOnly(), a.Attribute.IsWriteOnly(), want)
				}
			}
		}
	}
}

// The error for an invalid secret does not repeat it.
func TestValidatorsDoNotRepeatSecrets(t *testing.T) {
	t.Parallel()
	const secret = "hunter2"
	validators := 0
	everyAttribute(t, func(at path.Path, a schema.Attribute) {
		text, ok := a.(schema.StringAttribute)
		if !ok || !text.WriteOnly {
			return
		}
		refused := false
		for _, v := range text.Validators {
			validators++
			for _, value := range []string{"", secret, " " + secret + "\r\n", `{"a":"` + secret + `"`, `["` + secret + `"]`, strings.Repeat(secret, 10000)} {
				var response validator.StringResponse
				v.ValidateString(t.Context(), validator.StringRequest{Path: at, PathExpression: at.Expression(), ConfigValue: types.StringValue(value)}, &response)
				refused = refused || response.Diagnostics.HasError()
				for _, d := range response.Diagnostics {
					if strings.Contains(d.Summary()+d.Detail(), secret) {
						t.Errorf("%s: the value is repeated: %s: %s", at, d.Summary(), d.Detail())
					}
				}
			}
		}
		if !refused {
			t.Errorf("%s: nothing is refused, not even an empty value", at)
		}
	})
	if validators == 0 {
		t.Error("there is no validator")
	}
}
