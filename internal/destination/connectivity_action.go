package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// connectivityAction is the action talonic_delivery_destination_test, which tests a destination after a change or on demand.
type connectivityAction struct{ client *talonic.Client }

var _ action.ActionWithConfigure = (*connectivityAction)(nil)

// NewConnectivityTestAction returns the action that tests a destination, not yet configured.
func NewConnectivityTestAction() action.Action { return &connectivityAction{} }

// Metadata sets the type name.
func (a *connectivityAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_destination_test"
}

// Configure stores the provider's API client.
func (a *connectivityAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	var diags diag.Diagnostics
	a.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// Schema returns the schema of the action.
func (a *connectivityAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Tests whether the API can reach a destination, after Terraform creates or updates the destination or when you invoke the " +
			"action. Requires Terraform 1.14 or later; OpenTofu has no actions.\n\n" + aboutConnectivityTests,
		Attributes: map[string]schema.Attribute{
			"destination_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "ID of the destination.",
				Validators:          []validator.String{validators.NotEmpty{}},
			},
		},
	}
}

// Invoke tests the destination. A failed test is a warning, because an error of an action ends the apply.
func (a *connectivityAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var id types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, testedID, &id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	tell := func(message string) { resp.SendProgress(action.InvokeProgressEvent{Message: message}) }
	given := text.ID(id.ValueString())
	tell("Testing delivery destination " + given + "...")
	result, problem := testConnectivity(ctx, a.client, given)
	switch {
	case problem == nil:
		tell("The test succeeded. " + summary(result))
		return
	case result != nil:
		// Terraform 1.16 does not show warnings of an action that a resource triggers.
		tell(problem.Summary() + ". " + problem.Detail())
	}
	resp.Diagnostics.Append(problem)
}
