package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// listing is the data source talonic_delivery_bindings: all bindings, or some of them.
type listing struct{ client *talonic.Client }

var _ datasource.DataSourceWithConfigure = (*listing)(nil)

// NewListDataSource returns the data source of many bindings, to be configured.
func NewListDataSource() datasource.DataSource { return &listing{} }

type listingModel struct {
	filter
	Bindings []view `tfsdk:"bindings"`
}

// Metadata names the data source.
func (l *listing) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_bindings"
}

// Configure takes the client that the provider made.
func (l *listing) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	var diags diag.Diagnostics
	l.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// Schema describes the data source.
func (l *listing) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(about string, rules ...validator.String) schema.Attribute {
		return schema.StringAttribute{Optional: true, MarkdownDescription: about, Validators: rules}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The bindings that exist, made by Terraform or not: all, or those that every filter lets pass.\n\n" +
			"However many data sources and resources ask for bindings in one run, they share one list request.",
		Attributes: map[string]schema.Attribute{
			"destination_id": text(aboutDestinationID, validators.NotEmpty{}),
			"event_type":     text(aboutEventType, validators.NotEmpty{}),
			"name_prefix":    text(aboutNamePrefix),
			"is_active":      schema.BoolAttribute{Optional: true, MarkdownDescription: aboutIsActive},
			"bindings": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The bindings, sorted by `name`, and by `id` where names are equal.",
				NestedObject:        schema.NestedAttributeObject{Attributes: viewAttributes()},
			},
		},
	}
}

// cannotList is the title of a diagnostic about a list.
const cannotList = "Cannot list the delivery bindings"

// Read lists the bindings.
func (l *listing) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m listingModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if l.client == nil {
		resp.Diagnostics.AddError(cannotList+" yet", apidiag.Unconfigured)
		return
	}
	all, err := l.client.CachedBindings(ctx)
	if err != nil {
		resp.Diagnostics.AddError(cannotList, apidiag.Detail(err, ""))
		return
	}
	m.Bindings = []view{}
	for _, b := range m.choose(all) {
		resp.Diagnostics.Append(warnMalformed(&b)...)
		m.Bindings = append(m.Bindings, newView(b))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}
