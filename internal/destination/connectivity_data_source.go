package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// connectivityData is the data source talonic_delivery_destination_test, which tests a destination for checks and conditions.
type connectivityData struct{ client *talonic.Client }

var _ datasource.DataSourceWithConfigure = (*connectivityData)(nil)

// NewConnectivityTestDataSource returns the data source that tests a destination, not yet configured.
func NewConnectivityTestDataSource() datasource.DataSource { return &connectivityData{} }

type connectivityModel struct {
	DestinationID types.String `tfsdk:"destination_id"`
	Success       types.Bool   `tfsdk:"success"`
	HTTPStatus    types.Int64  `tfsdk:"http_status"`
	DurationMS    types.Int64  `tfsdk:"duration_ms"`
	Message       types.String `tfsdk:"message"`
}

// Metadata sets the type name.
func (d *connectivityData) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_destination_test"
}

// Configure stores the provider's API client.
func (d *connectivityData) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	var diags diag.Diagnostics
	d.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

const aboutConnectivityTests = "The API connects to the destination as for a delivery, but delivers nothing. If the test fails, the " +
	"provider warns. If the test cannot run, for example because the destination does not exist, the provider reports an error. The API probably " +
	"requires an API key with the scope `write`."

// Schema returns the schema of the data source.
func (d *connectivityData) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Connectivity test of a destination. The API runs the test whenever Terraform reads the data source. Use it in a `check` " +
			"block or in a condition.\n\n" + aboutConnectivityTests,
		Attributes: map[string]schema.Attribute{
			"destination_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "ID of the destination. If the ID is unknown because the destination does not exist yet, Terraform runs the test " +
					"during the apply.",
				Validators: []validator.String{validators.NotEmpty{}},
			},
			"success":     schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the test succeeded."},
			"http_status": schema.Int64Attribute{Computed: true, MarkdownDescription: "HTTP status of the receiver's response; null if there was no HTTP response."},
			"duration_ms": schema.Int64Attribute{Computed: true, MarkdownDescription: "Duration of the test, in milliseconds."},
			"message":     schema.StringAttribute{Computed: true, MarkdownDescription: "Message from the API about the result. Never null."},
		},
	}
}

// Read tests the destination.
func (d *connectivityData) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m connectivityModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	result, problem := testConnectivity(ctx, d.client, text.ID(m.DestinationID.ValueString()))
	if problem != nil {
		resp.Diagnostics.Append(problem)
	}
	if result == nil {
		return
	}
	m.Success = types.BoolValue(result.Success)
	m.HTTPStatus = types.Int64PointerValue(result.HTTPStatus)
	m.DurationMS = types.Int64Value(result.DurationMS)
	m.Message = types.StringValue(redact.Line(message(result)))
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}
