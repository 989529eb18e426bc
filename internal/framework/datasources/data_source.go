package datasources

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// dataSource is the data source of one object, selected by ID or name.
type dataSource[T, V any] struct {
	kind   Kind[T, V]
	client *talonic.Client
}

var (
	_ datasource.DataSourceWithConfigure      = (*dataSource[any, any])(nil)
	_ datasource.DataSourceWithValidateConfig = (*dataSource[any, any])(nil)
)

// NewDataSource returns the data source of one object, not yet configured.
func (k Kind[T, V]) NewDataSource() datasource.DataSource { return &dataSource[T, V]{kind: k} }

// Metadata sets the type name.
func (d *dataSource[T, V]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.kind.typeName(req.ProviderTypeName)
}

// Configure stores the provider's API client.
func (d *dataSource[T, V]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	var diags diag.Diagnostics
	d.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// Schema returns the schema of the data source.
func (d *dataSource[T, V]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	selector := func(format string) schema.Attribute {
		return schema.StringAttribute{
			Optional:            true,
			Computed:            true,
			MarkdownDescription: fmt.Sprintf(format, d.kind.Noun),
			Validators:          []validator.String{validators.NotEmpty{}},
		}
	}
	attributes := maps.Clone(d.kind.Attributes)
	attributes["id"] = selector("ID of the %s, a UUID. Exactly one of `id` and `name` is required.")
	attributes["name"] = selector("Exact name of the %[1]s. The API allows duplicate names: if several %[1]ss have this name, the read fails. " +
		"Exactly one of `id` and `name` is required.")
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("Existing %s, looked up by its ID or its exact name, whether or not Terraform created it.", d.kind.Noun),
		Attributes:          attributes,
	}
}

// ValidateConfig returns an error unless exactly one of id and name is set.
func (d *dataSource[T, V]) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	id, name, diags := selectors(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(identity.ValidateSelector(d.kind.Noun, id, name)...)
	}
}

func selectors(ctx context.Context, config tfsdk.Config) (id, name types.String, diags diag.Diagnostics) {
	diags.Append(config.GetAttribute(ctx, path.Root("id"), &id)...)
	diags.Append(config.GetAttribute(ctx, path.Root("name"), &name)...)
	return id, name, diags
}

// Read looks up the object.
func (d *dataSource[T, V]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	id, name, diags := selectors(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	found, problem := d.kind.lookup(d.client).Find(ctx, id, name)
	if problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	resp.Diagnostics.Append(d.kind.Warnings(found)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, d.kind.View(*found))...)
}
