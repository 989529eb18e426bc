package destination

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

// listing is the data source talonic_delivery_destinations: all destinations, or some of them.
type listing struct{ client *talonic.Client }

var _ datasource.DataSourceWithConfigure = (*listing)(nil)

// NewListDataSource returns the data source of many destinations, to be configured.
func NewListDataSource() datasource.DataSource { return &listing{} }

type listingModel struct {
	filter
	Destinations []view `tfsdk:"destinations"`
}

// Metadata names the data source.
func (l *listing) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_destinations"
}

// Configure takes the client that the provider made.
func (l *listing) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	var diags diag.Diagnostics
	l.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// Schema describes the data source.
func (l *listing) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The destinations that exist, made by Terraform or not: all, or those that every filter lets pass.\n\n" +
			"However many data sources and resources ask for destinations in one run, they share one list request.",
		Attributes: map[string]schema.Attribute{
			"type": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: aboutType,
				Validators:          []validator.String{validators.NotEmpty{}},
			},
			"name_prefix": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: aboutNamePrefix,
			},
			"is_active": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: aboutIsActive,
			},
			"destinations": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The destinations, sorted by `name`, and by `id` where names are equal.",
				NestedObject:        schema.NestedAttributeObject{Attributes: viewAttributes()},
			},
		},
	}
}

// Read lists the destinations.
func (l *listing) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	const title = "Cannot list the delivery destinations"
	var m listingModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if l.client == nil {
		resp.Diagnostics.AddError(title+" yet", apidiag.Unconfigured)
		return
	}
	all, err := l.client.CachedDestinations(ctx)
	if err != nil {
		resp.Diagnostics.AddError(title, apidiag.Detail(err, ""))
		return
	}
	m.Destinations = []view{}
	for _, d := range m.choose(all) {
		resp.Diagnostics.Append(warnMalformed(&d)...)
		m.Destinations = append(m.Destinations, newView(d))
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}
