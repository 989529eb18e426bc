package history

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// attemptNoun names an attempt in messages.
const attemptNoun = "attempt"

// attemptData is the data source talonic_delivery_attempt. It reads one attempt and, with include_bodies, the bodies of its request and
// response.
type attemptData struct{ client *talonic.Client }

var _ datasource.DataSourceWithConfigure = (*attemptData)(nil)

// NewAttempt returns the data source talonic_delivery_attempt. The framework configures it.
func NewAttempt() datasource.DataSource { return &attemptData{} }

type attemptModel struct {
	attemptView
	IncludeBodies types.Bool   `tfsdk:"include_bodies"`
	RequestBody   types.String `tfsdk:"request_body"`
	ResponseBody  types.String `tfsdk:"response_body"`
}

// Metadata names the data source.
func (d *attemptData) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_attempt"
}

// Configure stores the client of the provider.
func (d *attemptData) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	var diags diag.Diagnostics
	d.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// Schema describes the data source.
func (d *attemptData) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	body := func(of string) schema.Attribute {
		return schema.StringAttribute{
			Computed: true, Sensitive: true,
			MarkdownDescription: "Body of the " + of + ". It is null if `include_bodies` is not `true`, or if the API returns no body. If the provider " +
				"recognizes a credential in the body, the value is `(sensitive value)`.",
		}
	}
	attributes := maps.Clone(attemptAttributes())
	attributes["id"] = schema.StringAttribute{
		Required: true, MarkdownDescription: "ID of the attempt, a UUID.", Validators: []validator.String{validators.NotEmpty{}, validators.ID{}},
	}
	attributes["include_bodies"] = schema.BoolAttribute{
		Optional: true,
		MarkdownDescription: "Whether to read `request_body` and `response_body`. The bodies contain your customers' data: plans do not show " +
			"them, but Terraform stores them in state. Defaults to `false`.",
	}
	attributes["request_body"], attributes["response_body"] = body("request"), body("response")
	resp.Schema = schema.Schema{
		MarkdownDescription: "Delivery attempt, looked up by its ID, for example the `last_attempt_id` of a dead letter.",
		Attributes:          attributes,
	}
}

// Read reads the attempt.
func (d *attemptData) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	const title = "Cannot read delivery attempt"
	var m attemptModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	s := apidiag.Subject{Noun: attemptNoun, ID: text.ID(m.ID.ValueString())}
	if d.client == nil {
		resp.Diagnostics.AddAttributeError(path.Root("id"), title+" yet", s.About(apidiag.Unconfigured))
		return
	}
	got, err := d.client.GetAttempt(ctx, s.ID)
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("id"), title, s.AboutError(err, afterMissing(err, attemptNoun)))
		return
	}
	resp.Diagnostics.Append(warnMalformedAttempt(&got.Attempt)...)
	given := m.ID
	m.attemptView = newAttemptView(got.Attempt)
	m.ID = given
	if m.IncludeBodies.ValueBool() {
		m.RequestBody, m.ResponseBody = types.StringPointerValue(got.RequestBody), types.StringPointerValue(got.ResponseBody)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// afterMissing returns the next step if err satisfies [talonic.IsNotFound], otherwise "".
func afterMissing(err error, noun string) string {
	if !talonic.IsNotFound(err) {
		return ""
	}
	return apidiag.WhereToLook(noun)
}
