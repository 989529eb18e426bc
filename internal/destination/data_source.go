package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// existing is how destinations are looked up that exist already. client may be nil.
func existing(client *talonic.Client) identity.Lookup[talonic.Destination] {
	return identity.Lookup[talonic.Destination]{
		Noun:         noun,
		Unconfigured: client == nil,
		Get:          client.CachedDestination,
		All:          client.CachedDestinations,
		Named: func(d talonic.Destination) identity.Named {
			return identity.Named{ID: d.ID, Name: d.Name, About: d.Type + ", created at " + d.CreatedAt}
		},
	}
}

// lookup is the data source talonic_delivery_destination: one destination, by its id or its name.
type lookup struct{ client *talonic.Client }

var (
	_ datasource.DataSourceWithConfigure      = (*lookup)(nil)
	_ datasource.DataSourceWithValidateConfig = (*lookup)(nil)
)

// NewDataSource returns the data source of one destination, to be configured.
func NewDataSource() datasource.DataSource { return &lookup{} }

// Metadata names the data source.
func (l *lookup) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_destination"
}

// Configure takes the client that the provider made.
func (l *lookup) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	var diags diag.Diagnostics
	l.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// Schema describes the data source.
func (l *lookup) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := viewAttributes()
	attributes["id"] = schema.StringAttribute{
		Optional:            true,
		Computed:            true,
		MarkdownDescription: "The destination's id, a UUID. Either this or `name` is set.",
		Validators:          []validator.String{validators.NotEmpty{}},
	}
	attributes["name"] = schema.StringAttribute{
		Optional: true,
		Computed: true,
		MarkdownDescription: "What people call the destination. It has to be the exact name, and the name of one destination only: the API " +
			"does not demand that names are unique.",
		Validators: []validator.String{validators.NotEmpty{}},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A destination that exists already, made by Terraform or not, looked up by its id or its exact name.",
		Attributes:          attributes,
	}
}

// ValidateConfig demands exactly one of id and name.
func (l *lookup) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var wanted view
	resp.Diagnostics.Append(req.Config.Get(ctx, &wanted)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(identity.ValidateSelector(noun, wanted.ID, wanted.Name)...)
	}
}

// Read looks the destination up.
func (l *lookup) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var wanted view
	resp.Diagnostics.Append(req.Config.Get(ctx, &wanted)...)
	if resp.Diagnostics.HasError() {
		return
	}
	found, problem := existing(l.client).Find(ctx, wanted.ID, wanted.Name)
	if problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	resp.Diagnostics.Append(warnMalformed(found)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, newView(*found))...)
}
