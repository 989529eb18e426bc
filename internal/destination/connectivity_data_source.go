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

// connectivityData is the data source talonic_delivery_destination_test: a test for checks and conditions.
type connectivityData struct{ client *talonic.Client }

var _ datasource.DataSourceWithConfigure = (*connectivityData)(nil)

// NewConnectivityTestDataSource returns the data source that tests a destination, to be configured.
func NewConnectivityTestDataSource() datasource.DataSource { return &connectivityData{} }

type connectivityModel struct {
	DestinationID types.String `tfsdk:"destination_id"`
	Success       types.Bool   `tfsdk:"success"`
	HTTPStatus    types.Int64  `tfsdk:"http_status"`
	DurationMS    types.Int64  `tfsdk:"duration_ms"`
	Message       types.String `tfsdk:"message"`
}

// Metadata names the data source.
func (p *connectivityData) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_destination_test"
}

// Configure takes the client that the provider made.
func (p *connectivityData) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	var diags diag.Diagnostics
	p.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

const aboutConnectivityTests = "The API connects to the destination as it would to deliver, but delivers nothing. A test that fails is a warning, never an " +
	"error. One that could not be made is an error: the API refuses it, or does not know the destination."

// Schema describes the data source.
func (p *connectivityData) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Has the API test whether it can reach a destination, whenever it is read. Use it in a `check` block, or in a " +
			"condition.\n\n" + aboutConnectivityTests,
		Attributes: map[string]schema.Attribute{
			"destination_id": schema.StringAttribute{
				Required: true,
				MarkdownDescription: "The id of the destination. While it is not known, because the destination is yet to be created, Terraform puts " +
					"the test off until it is.",
				Validators: []validator.String{validators.NotEmpty{}},
			},
			"success":     schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the destination can be reached."},
			"http_status": schema.Int64Attribute{Computed: true, MarkdownDescription: "What the receiver answered; null where there was no answer over HTTP."},
			"duration_ms": schema.Int64Attribute{Computed: true, MarkdownDescription: "How long the test took, in milliseconds."},
			"message":     schema.StringAttribute{Computed: true, MarkdownDescription: "What the API says of the result. It is never null."},
		},
	}
}

// Read tests the destination.
func (p *connectivityData) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m connectivityModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	result, problem := testConnectivity(ctx, p.client, text.ID(m.DestinationID.ValueString()))
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
