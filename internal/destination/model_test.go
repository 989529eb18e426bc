package destination

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

// filler creates a value with a different value in every attribute. Only one boolean, selected by its index, is true.
type filler struct {
	texts, numbers, booleans int
	yes                      int
}

func (f *filler) value(t *testing.T, of tftypes.Type) tftypes.Value {
	t.Helper()
	switch {
	case of.Is(tftypes.String):
		f.texts++
		return tftypes.NewValue(of, fmt.Sprint("text ", f.texts))
	case of.Is(tftypes.Number):
		f.numbers++
		return tftypes.NewValue(of, f.numbers)
	case of.Is(tftypes.Bool):
		f.booleans++
		return tftypes.NewValue(of, f.booleans == f.yes)
	}
	switch of := of.(type) {
	case tftypes.Map:
		return tftypes.NewValue(of, map[string]tftypes.Value{"a": f.value(t, of.ElementType), "b": f.value(t, of.ElementType)})
	case tftypes.List:
		return tftypes.NewValue(of, []tftypes.Value{f.value(t, of.ElementType)})
	case tftypes.Object:
		attributes := map[string]tftypes.Value{}
		for name, of := range of.AttributeTypes {
			attributes[name] = f.value(t, of)
		}
		return tftypes.NewValue(of, attributes)
	}
	t.Fatalf("the schema has something new: %s", of)
	return tftypes.Value{}
}

// fillings returns objects of the schema: for each boolean one in which only that is true, and one with the given value in every
// attribute.
func fillings(t *testing.T) map[string]tftypes.Value {
	t.Helper()
	of := newSchema().Type().TerraformType(t.Context())
	all := map[string]tftypes.Value{}
	for yes, booleans := 0, 0; yes <= booleans; yes++ {
		f := filler{yes: yes}
		all[fmt.Sprint("filled, true is ", yes)] = f.value(t, of)
		booleans = f.booleans
	}
	for name, nothing := range map[string]any{"null": nil, "unknown": tftypes.UnknownValue} {
		attributes := map[string]tftypes.Value{}
		object, _ := of.(tftypes.Object)
		for name, of := range object.AttributeTypes {
			attributes[name] = tftypes.NewValue(of, nothing)
		}
		all[name] = tftypes.NewValue(of, attributes)
	}
	return all
}

// Every attribute and block is read into the model, and written back unchanged.
func TestModelHoldsEverything(t *testing.T) {
	t.Parallel()
	s := newSchema()
	for name, raw := range fillings(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m, diags := readModel(t.Context(), tfsdk.State{Schema: s, Raw: raw})
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			got, err := m.object().ToTerraformValue(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			differences, err := raw.Diff(got)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range differences {
				t.Errorf("read and written: %s", d)
			}
			attributes := m.object().Attributes()
			names := map[string]string{} // by field name
			for name := range newSchema().Attributes {
				names[strings.ReplaceAll(name, "_", "")] = name
			}
			for i := range reflect.TypeFor[model]().NumField() {
				field := reflect.TypeFor[model]().Field(i)
				if !field.IsExported() {
					continue
				}
				name := names[strings.ToLower(field.Name)]
				value, _ := reflect.ValueOf(m).Elem().Field(i).Interface().(attr.Value)
				if want, ok := attributes[name]; !ok || !want.Equal(value) {
					t.Errorf("the field %s has %v, but the attribute %q has %v", field.Name, value, name, want)
				}
			}
			for _, c := range connector.All {
				if !m.blocks[c.Name].Equal(attributes[c.Name]) {
					t.Errorf("the block %s has %v", c.Name, m.blocks[c.Name])
				}
			}
		})
	}
}

func TestReadModelOfNothing(t *testing.T) {
	t.Parallel()
	s := newSchema()
	m, diags := readModel(t.Context(), tfsdk.State{Schema: s, Raw: tftypes.NewValue(s.Type().TerraformType(t.Context()), nil)})
	if m != nil || len(diags) > 0 {
		t.Errorf("got %+v, %v", m, diags)
	}
}

// Everything that the API sets is taken from its response, and kept if nothing was written.
func TestComputedAttributesAreSet(t *testing.T) {
	t.Parallel()
	at, status, limit := "2026-08-15T10:00:00.000Z", "succeeded", int64(1000)
	answer := &talonic.Destination{
		ID: "id", Name: "name", Type: "webhook", HasAuthConfig: new(true), HasSigningSecret: new(true), PayloadCapBytes: &limit, IsActive: true,
		LastDeliveryAt: &at, LastDeliveryStatus: &status, CreatedAt: "2026-08-13T10:00:00.000Z", UpdatedAt: "2026-08-14T10:00:00.000Z",
	}
	shown := destinationOf(connector.Webhook, connector.Values{})
	shown.setServerSide(answer)
	shown.CredentialsUpdatedAt = types.StringValue("2026-08-14T10:00:00.000Z") // set by the provider
	want := map[string]attr.Value{
		"id": types.StringValue("id"), "name": types.StringValue("name"), "type": types.StringValue("webhook"),
		"is_active": types.BoolValue(true), "payload_cap_bytes": types.Int64Value(1000),
		"has_auth_config": types.BoolValue(true), "has_signing_secret": types.BoolValue(true), "credentials_updated_at": shown.CredentialsUpdatedAt,
		"last_delivery_at": types.StringValue(at), "last_delivery_status": types.StringValue(status),
		"created_at": types.StringValue("2026-08-13T10:00:00.000Z"), "updated_at": types.StringValue("2026-08-14T10:00:00.000Z"),
	}
	kept := destinationOf(connector.Webhook, connector.Values{})
	kept.keepServerSide(shown)
	for name, attribute := range newSchema().Attributes {
		computed := attribute.IsComputed()
		if got := shown.object().Attributes()[name]; want[name] != nil && !got.Equal(want[name]) || want[name] == nil && computed {
			t.Errorf("%s: %v, want %v", name, got, want[name])
		}
		if got := kept.object().Attributes()[name]; computed && !got.Equal(want[name]) {
			t.Errorf("kept, %s: %v, want %v", name, got, want[name])
		}
	}
	shown.setServerSide(&talonic.Destination{})
	for name, value := range map[string]attr.Value{
		"payload_cap_bytes": shown.PayloadCapBytes, "last_delivery_at": shown.LastDeliveryAt, "last_delivery_status": shown.LastDeliveryStatus,
	} {
		if !value.IsNull() {
			t.Errorf("%s is %v when the API has none", name, value)
		}
	}
}

func TestSetConnector(t *testing.T) {
	t.Parallel()
	for _, c := range connector.All {
		m := destinationOf(connector.Webhook, blockOf(t, connector.Webhook, `{"url": "https://a"}`))
		v := connector.Values{c.OtherKeys.Name: types.StringValue("{}")}
		if len(c.Credentials) > 0 {
			v = withCredentials(v, c, c.Credentials[0].Name, connector.Values{})
		}
		m.setConnector(c, v)

		for _, other := range connector.All {
			if got, want := len(m.blocks[other.Name].Elements()), map[bool]int{true: 1}[other.Name == c.Name]; got != want {
				t.Errorf("%s: there are %d blocks %s", c.Name, got, other.Name)
			}
		}
		got, held, ok := m.connector()
		if !ok || got.Name != c.Name {
			t.Errorf("%s: the connector is %q", c.Name, got.Name)
		}
		for name, value := range held {
			list, isBlock := value.(types.List)
			switch given, ok := v[name]; {
			case ok && !value.Equal(given):
				t.Errorf("%s.%s: %v, want %v", c.Name, name, value, given)
			case !ok && isBlock && (list.IsNull() || len(list.Elements()) > 0):
				t.Errorf("%s.%s: %v, want no block", c.Name, name, value)
			case !ok && !isBlock && !value.IsNull():
				t.Errorf("%s.%s: %v, want null", c.Name, name, value)
			}
		}
	}
}

// A block with unknown content yields no connector.
func TestConnectorOfUnknownBlocks(t *testing.T) {
	t.Parallel()
	element := blocks.ElementType(objectType.AttrTypes["webhook"])
	for name, test := range map[string]struct {
		list types.List
		ok   bool
		may  bool // a block may be present
	}{
		"no list":         {types.List{}, false, false},
		"null":            {types.ListNull(element), false, false},
		"none":            {types.ListValueMust(element, nil), false, false},
		"unknown":         {types.ListUnknown(element), false, true},
		"unknown element": {types.ListValueMust(element, []attr.Value{types.ObjectUnknown(element.AttrTypes)}), false, true},
		"null element":    {types.ListValueMust(element, []attr.Value{types.ObjectNull(element.AttrTypes)}), false, true},
		"two":             {types.ListValueMust(element, []attr.Value{blocks.Complete(element, nil), blocks.Complete(element, nil)}), false, true},
		"one":             {types.ListValueMust(element, []attr.Value{blocks.Complete(element, nil)}), true, true},
	} {
		m := &model{blocks: map[string]types.List{"webhook": test.list}}
		if c, _, ok := m.connector(); ok != test.ok || ok && c.Name != "webhook" {
			t.Errorf("%s: %q, %t", name, c.Name, ok)
		}
		if got := blocks.MayBePresent(test.list); got != test.may {
			t.Errorf("%s: may have elements: %t, want %t", name, got, test.may)
		}
	}
}

// Every argument of every connector is converted in both directions.
func TestArgumentsConvert(t *testing.T) {
	t.Parallel()
	for _, c := range connector.All {
		for _, a := range c.Arguments {
			value, err := a.FromWire(blocktest.Sample(a.Name, a.Attribute.GetType(), 1))
			if err != nil {
				t.Errorf("%s.%s: %v", c.Name, a.Name, err)
				continue
			}
			if !value.Type(t.Context()).Equal(a.Attribute.GetType()) {
				t.Errorf("%s.%s is a %s, not a %s", c.Name, a.Name, value.Type(t.Context()), a.Attribute.GetType())
			}
			if diff := cmp.Diff(blocktest.Sample(a.Name, a.Attribute.GetType(), 1), connector.ToWire(value)); diff != "" {
				t.Errorf("%s.%s (-want +got):\n%s", c.Name, a.Name, diff)
			}
			if nothing, err := a.FromWire(nil); err != nil || !nothing.IsNull() || !nothing.Type(t.Context()).Equal(a.Attribute.GetType()) {
				t.Errorf("%s.%s from null: %v, %v", c.Name, a.Name, nothing, err)
			}
		}
		for _, block := range c.Credentials {
			for _, a := range block.Arguments {
				if _, ok := a.Attribute.(schema.StringAttribute); !ok { // credentials are always strings
					t.Errorf("%s.%s.%s is a %T", c.Name, block.Name, a.Name, a.Attribute)
				}
			}
		}
	}
}

// destinationOf returns a destination with such a connector block.
func destinationOf(c connector.Connector, v connector.Values) *model {
	m := &model{}
	m.setConnector(c, v)
	return m
}
