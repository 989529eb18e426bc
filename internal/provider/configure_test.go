package provider

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Provider data of an unexpected type is an error wherever it is received.
func TestUnexpectedProviderData(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	all, _ := newProvider("test", &talonic.Accounts{}).(interface {
		provider.Provider
		provider.ProviderWithActions
		provider.ProviderWithListResources
	})
	const unexpected = 42
	configured := map[string]diag.Diagnostics{}
	for _, build := range all.Resources(ctx) {
		one, _ := build().(resource.ResourceWithConfigure)
		var resp resource.ConfigureResponse
		one.Configure(ctx, resource.ConfigureRequest{ProviderData: unexpected}, &resp)
		configured["resource "+nameOf(t, one)] = resp.Diagnostics
	}
	for _, build := range all.DataSources(ctx) {
		one, _ := build().(datasource.DataSourceWithConfigure)
		var (
			resp     datasource.ConfigureResponse
			metadata datasource.MetadataResponse
		)
		one.Metadata(ctx, datasource.MetadataRequest{}, &metadata)
		one.Configure(ctx, datasource.ConfigureRequest{ProviderData: unexpected}, &resp)
		configured["data source "+metadata.TypeName] = resp.Diagnostics
	}
	for _, build := range all.Actions(ctx) {
		one, _ := build().(action.ActionWithConfigure)
		var resp action.ConfigureResponse
		one.Configure(ctx, action.ConfigureRequest{ProviderData: unexpected}, &resp)
		configured["action"] = resp.Diagnostics
	}
	for _, build := range all.ListResources(ctx) {
		one, _ := build().(list.ListResourceWithConfigure)
		var resp resource.ConfigureResponse
		one.Configure(ctx, resource.ConfigureRequest{ProviderData: unexpected}, &resp)
		configured["list resource "+nameOf(t, one)] = resp.Diagnostics
	}
	if len(configured) < 10 {
		t.Errorf("only %d are offered", len(configured))
	}
	for name, diags := range configured {
		if len(diags) != 1 || diags[0].Summary() != "Unexpected provider data" || !strings.Contains(diags[0].Detail(), "got int") {
			t.Errorf("%s: %v", name, diags)
		}
	}
}

// A write without a configured provider is an error of that resource, not a crash.
func TestWritesBeforeConfiguration(t *testing.T) {
	t.Parallel()
	ctx := t.Context()
	for _, build := range newProvider("test", &talonic.Accounts{}).Resources(ctx) {
		one := build()
		var schema resource.SchemaResponse
		one.Schema(ctx, resource.SchemaRequest{}, &schema)
		raw := tftypes.NewValue(schema.Schema.Type().TerraformType(ctx), nil)
		state, plan := tfsdk.State{Schema: schema.Schema, Raw: raw}, tfsdk.Plan{Schema: schema.Schema, Raw: raw}
		config := tfsdk.Config{Schema: schema.Schema, Raw: raw}
		var (
			create resource.CreateResponse
			update resource.UpdateResponse
			remove resource.DeleteResponse
		)
		one.Create(ctx, resource.CreateRequest{Config: config, Plan: plan}, &create)
		one.Update(ctx, resource.UpdateRequest{Config: config, Plan: plan, State: state}, &update)
		one.Delete(ctx, resource.DeleteRequest{State: state}, &remove)
		for what, diags := range map[string]diag.Diagnostics{"create": create.Diagnostics, "update": update.Diagnostics, "delete": remove.Diagnostics} {
			if !diags.HasError() || !strings.HasSuffix(diags[0].Summary(), " yet") {
				t.Errorf("%s %s: %v", what, nameOf(t, one), diags)
			}
		}
	}
}

// nameOf returns the type name of a resource.
func nameOf(t *testing.T, one any) string {
	t.Helper()
	named, _ := one.(resource.Resource)
	if named == nil {
		return "?"
	}
	var metadata resource.MetadataResponse
	named.Metadata(t.Context(), resource.MetadataRequest{}, &metadata)
	return metadata.TypeName
}
