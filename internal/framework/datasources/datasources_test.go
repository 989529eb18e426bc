package datasources

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	datasourceschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

type thing struct {
	id, name, color string
	round           bool
}

type view struct {
	ID    types.String `tfsdk:"id"`
	Name  types.String `tfsdk:"name"`
	Color types.String `tfsdk:"color"`
}

var (
	some        = []thing{{"3", "b", "red", true}, {"2", "a", "odd", false}, {"1", "b", "red", false}}
	thingSchema = schema.Schema{Attributes: map[string]schema.Attribute{"id": schema.StringAttribute{Computed: true}}}
	computed    = datasourceschema.StringAttribute{Computed: true}
)

// things returns a complete Kind.
func things(err error) Kind[thing, view] {
	return Kind[thing, view]{
		Noun: "thing",
		Get: func(_ *talonic.Client, _ context.Context, id string) (*thing, error) {
			for _, one := range some {
				if one.id == id {
					return &one, err
				}
			}
			return nil, errors.New("no such thing")
		},
		All:   func(*talonic.Client, context.Context) ([]thing, error) { return some, err },
		Named: func(one thing) identity.Named { return identity.Named{ID: one.id, Name: one.name} },
		View: func(one thing) view {
			return view{types.StringValue(one.id), types.StringValue(one.name), types.StringValue(one.color)}
		},
		Attributes: map[string]datasourceschema.Attribute{"id": computed, "name": computed, "color": computed},
		Filters: Filters[thing]{
			ByText("color", "Only things of this color.", func(one thing) string { return one.color }),
			ByFlag("is_round", "Only round things, or only the others.", func(one thing) bool { return one.round }),
		},
		Resource: func(one thing) (types.Object, diag.Diagnostic) {
			return types.ObjectValueMust(map[string]attr.Type{"id": types.StringType}, map[string]attr.Value{"id": types.StringValue(one.id)}), nil
		},
		Warnings: func(one *thing) (diags diag.Diagnostics) {
			if one.color == "odd" {
				diags.AddWarning("odd", one.id)
			}
			return diags
		},
	}
}

func client(t *testing.T) *talonic.Client {
	t.Helper()
	c, err := talonic.New("https://api.example.com", "key")
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// object returns a value with these attributes; the others are null.
func object(of attr.Type, attributes map[string]tftypes.Value) tftypes.Value {
	t, _ := of.TerraformType(context.Background()).(tftypes.Object)
	values := map[string]tftypes.Value{}
	for name, kind := range t.AttributeTypes {
		values[name] = tftypes.NewValue(kind, nil)
	}
	for name, value := range attributes {
		values[name] = value
	}
	return tftypes.NewValue(t, values)
}

func str(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

// read reads a data source that was configured with data.
func read(t *testing.T, source datasource.DataSource, data any, given map[string]tftypes.Value) (tfsdk.State, diag.Diagnostics) {
	t.Helper()
	var described datasource.SchemaResponse
	source.Schema(t.Context(), datasource.SchemaRequest{}, &described)
	if diags := described.Schema.ValidateImplementation(t.Context()); diags.HasError() {
		t.Fatal(diags)
	}
	var configured datasource.ConfigureResponse
	if s, ok := source.(datasource.DataSourceWithConfigure); ok {
		s.Configure(t.Context(), datasource.ConfigureRequest{ProviderData: data}, &configured)
	}
	raw := object(described.Schema.Type(), given)
	resp := datasource.ReadResponse{State: tfsdk.State{Schema: described.Schema, Raw: tftypes.NewValue(raw.Type(), nil)}}
	source.Read(t.Context(), datasource.ReadRequest{Config: tfsdk.Config{Schema: described.Schema, Raw: raw}}, &resp)
	return resp.State, append(configured.Diagnostics, resp.Diagnostics...)
}

func titles(diags diag.Diagnostics) string {
	var all []string
	for _, d := range diags {
		all = append(all, fmt.Sprintf("%s: %s", strings.ToLower(d.Severity().String()), d.Summary()))
	}
	return strings.Join(all, ", ")
}

func TestDataSource(t *testing.T) {
	t.Parallel()
	c := client(t)
	for name, test := range map[string]struct {
		data  any
		err   error
		given map[string]tftypes.Value
		want  string // color, or titles of the diagnostics
	}{
		"by id":        {c, nil, map[string]tftypes.Value{"id": str("1")}, "red"},
		"by name":      {c, nil, map[string]tftypes.Value{"name": str("a")}, "warning: odd"},
		"unconfigured": {nil, nil, map[string]tftypes.Value{"id": str("1")}, "error: Cannot read delivery thing yet"},
		"fails":        {c, errors.New("no"), map[string]tftypes.Value{"id": str("1")}, "error: Cannot read delivery thing"},
		"wrong data":   {"a text", nil, map[string]tftypes.Value{"id": str("1")}, "error: Unexpected provider data, error: Cannot read delivery thing yet"},
	} {
		state, diags := read(t, things(test.err).NewDataSource(), test.data, test.given)
		got := titles(diags)
		if got == "" {
			var shown view
			diags = state.Get(t.Context(), &shown)
			got = shown.Color.ValueString()
		}
		if got != test.want {
			t.Errorf("%s: %q, not %q: %v", name, got, test.want, diags)
		}
	}
}

func TestDataSourceTakesOneSelector(t *testing.T) {
	t.Parallel()
	source := &dataSource[thing, view]{kind: things(nil)}
	var described datasource.SchemaResponse
	source.Schema(t.Context(), datasource.SchemaRequest{}, &described)
	for name, test := range map[string]struct {
		given map[string]tftypes.Value
		want  string
	}{
		"id":      {map[string]tftypes.Value{"id": str("1")}, ""},
		"both":    {map[string]tftypes.Value{"id": str("1"), "name": str("a")}, "error: Conflicting id and name"},
		"neither": {nil, "error: Missing id or name"},
	} {
		var resp datasource.ValidateConfigResponse
		raw := object(described.Schema.Type(), test.given)
		source.ValidateConfig(t.Context(), datasource.ValidateConfigRequest{Config: tfsdk.Config{Schema: described.Schema, Raw: raw}}, &resp)
		if got := titles(resp.Diagnostics); got != test.want {
			t.Errorf("%s: %q, not %q", name, got, test.want)
		}
	}
}

func TestListDataSource(t *testing.T) {
	t.Parallel()
	c := client(t)
	for name, test := range map[string]struct {
		data  any
		err   error
		given map[string]tftypes.Value
		want  []string // IDs, or titles of the diagnostics
	}{
		"all, with a warning": {c, nil, nil, []string{"2", "1", "3", "warning: odd"}},
		"by text":             {c, nil, map[string]tftypes.Value{"color": str("red")}, []string{"1", "3"}},
		"by flag":             {c, nil, map[string]tftypes.Value{"is_round": tftypes.NewValue(tftypes.Bool, true)}, []string{"3"}},
		"by both":             {c, nil, map[string]tftypes.Value{"color": str("odd"), "is_round": tftypes.NewValue(tftypes.Bool, true)}, []string{}},
		"unconfigured":        {nil, nil, nil, []string{"error: Cannot list the delivery things yet"}},
		"fails":               {c, errors.New("no"), nil, []string{"error: Cannot list the delivery things"}},
		"wrong data":          {1, nil, nil, []string{"error: Unexpected provider data, error: Cannot list the delivery things yet"}},
	} {
		state, diags := read(t, things(test.err).NewListDataSource(), test.data, test.given)
		got := []string{}
		if !diags.HasError() {
			var shown struct {
				Color   types.String `tfsdk:"color"`
				IsRound types.Bool   `tfsdk:"is_round"`
				Things  []view       `tfsdk:"things"`
			}
			if problems := state.Get(t.Context(), &shown); problems.HasError() || shown.Things == nil {
				t.Errorf("%s: %v, %v", name, shown.Things, problems)
			}
			if _, isGiven := test.given["color"]; isGiven == shown.Color.IsNull() {
				t.Errorf("%s: the filter in state is %s", name, shown.Color)
			}
			for _, one := range shown.Things {
				got = append(got, one.ID.ValueString())
			}
		}
		if said := titles(diags); said != "" {
			got = append(got, said)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	if some[0].id != "3" {
		t.Error("the client's list is in another order now")
	}
}

func TestListResource(t *testing.T) {
	t.Parallel()
	c := client(t)
	for name, test := range map[string]struct {
		data    any
		err     error
		given   map[string]tftypes.Value
		limit   int64
		include bool
		want    []string // names, or titles of the diagnostics
	}{
		"all":                {c, nil, nil, 0, false, []string{"a", "b", "b"}},
		"all, with resource": {c, nil, nil, 0, true, []string{"a", "warning: odd", "b", "b"}},
		"limited":            {c, nil, nil, 1, false, []string{"a"}},
		"filtered":           {c, nil, map[string]tftypes.Value{"is_round": tftypes.NewValue(tftypes.Bool, true)}, 0, false, []string{"b"}},
		"unconfigured":       {nil, nil, nil, 0, false, []string{"error: Cannot list the delivery things yet"}},
		"fails":              {c, errors.New("no"), nil, 0, false, []string{"error: Cannot list the delivery things"}},
	} {
		l := &listResource[thing, view]{kind: things(test.err)}
		l.Configure(t.Context(), resource.ConfigureRequest{ProviderData: test.data}, &resource.ConfigureResponse{})
		var described list.ListResourceSchemaResponse
		l.ListResourceConfigSchema(t.Context(), list.ListResourceSchemaRequest{}, &described)
		var stream list.ListResultsStream
		l.List(t.Context(), list.ListRequest{
			Config: tfsdk.Config{Schema: described.Schema, Raw: object(described.Schema.Type(), test.given)},
			Limit:  test.limit, IncludeResource: test.include,
			ResourceSchema: thingSchema, ResourceIdentitySchema: identity.Schema("thing"),
		}, &stream)
		var got []string
		for result := range stream.Results {
			if result.DisplayName != "" {
				got = append(got, result.DisplayName)
			}
			if said := titles(result.Diagnostics); said != "" {
				got = append(got, said)
			}
			if result.Diagnostics.HasError() {
				continue
			}
			if result.Resource.Raw.IsNull() == test.include {
				t.Errorf("%s: the resource of %s is %s", name, result.DisplayName, result.Resource.Raw)
			}
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

func TestImport(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{"a": "2", "3": "3", "b": "error: Cannot import delivery thing"} {
		state := tfsdk.State{Schema: thingSchema, Raw: object(thingSchema.Type(), nil)}
		resp := resource.ImportStateResponse{State: state}
		things(nil).Import(t.Context(), client(t), resource.ImportStateRequest{ID: given}, &resp)
		got := titles(resp.Diagnostics)
		if got == "" {
			var id types.String
			resp.State.GetAttribute(t.Context(), path.Root("id"), &id)
			got = id.ValueString()
		}
		if got != want {
			t.Errorf("%s: %q, not %q: %v", given, got, want, resp.Diagnostics)
		}
	}
}

// A List of objects without names, such as a catalog, needs neither filters nor warnings.
func TestListWithoutFilters(t *testing.T) {
	t.Parallel()
	source := List[thing, view]{
		Name: "things", Title: "Cannot list", Attributes: things(nil).Attributes, All: things(nil).All, View: things(nil).View,
	}.NewDataSource()
	state, diags := read(t, source, client(t), nil)
	var shown struct {
		Things []view `tfsdk:"things"`
	}
	if diags.Append(state.Get(t.Context(), &shown)...); diags.HasError() || len(shown.Things) != 3 || shown.Things[0].ID.ValueString() != "3" {
		t.Errorf("%v, %v", shown.Things, diags)
	}
}
