package history

import (
	"context"
	"errors"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
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

// attemptReplayAction is the action talonic_delivery_attempt_replay.
type attemptReplayAction struct{ client *talonic.Client }

var _ action.ActionWithConfigure = (*attemptReplayAction)(nil)

// NewAttemptReplayAction returns the action that replays an attempt. The framework configures it.
func NewAttemptReplayAction() action.Action { return &attemptReplayAction{} }

// Metadata names the action.
func (a *attemptReplayAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_attempt_replay"
}

// Configure stores the client of the provider.
func (a *attemptReplayAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	var diags diag.Diagnostics
	a.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// Schema describes the action.
func (a *attemptReplayAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Replays a delivery attempt: the API delivers the event of the attempt again, whether the attempt succeeded or failed. The " +
			"new delivery has the idempotency key of the original one. " + needsTerraform + "\n\n" + replayKey + "\n\nThe provider does not retry a " +
			"replay whose outcome is unknown. If the response is lost, the action ends with an error that explains how to find the outcome.",
		Attributes: map[string]schema.Attribute{
			"attempt_id": schema.StringAttribute{
				Required:            true,
				MarkdownDescription: "ID of the attempt, for example from `talonic_delivery_attempts`.",
				Validators:          []validator.String{validators.NotEmpty{}, validators.ID{}},
			},
		},
	}
}

// Invoke replays the attempt.
func (a *attemptReplayAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	const title = "Cannot replay delivery attempt"
	var id types.String
	at := path.Root("attempt_id")
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, at, &id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	s := apidiag.Subject{Noun: attemptNoun, ID: text.ID(id.ValueString())}
	if a.client == nil {
		resp.Diagnostics.AddAttributeError(at, title+" yet", s.About(apidiag.Unconfigured))
		return
	}
	if err := a.client.ReplayAttempt(ctx, s.ID); err != nil {
		resp.Diagnostics.AddAttributeError(at, title, s.AboutError(err, afterNoReplay(err)))
		return
	}
	resp.SendProgress(action.InvokeProgressEvent{Message: "Delivery attempt " + s.ID + " replayed. talonic_delivery_attempts shows the new attempt."})
}

// afterNoReplay returns the next step after a replay that failed or has an unknown outcome; "" if the error itself contains the next step.
func afterNoReplay(err error) string {
	var (
		lost   *talonic.OutcomeUnknownError
		apiErr *talonic.Error
	)
	switch {
	case errors.As(err, &lost):
		return "To avoid a duplicate delivery, the provider does not retry the replay. Check talonic_delivery_attempts: a new attempt with the same event_id " +
			"means that the replay succeeded. If there is none after a few minutes, invoke the action again."
	case talonic.IsNotFound(err):
		return "Nothing was replayed. " + apidiag.WhereToLook(attemptNoun)
	case !errors.As(err, &apiErr):
		return ""
	case apiErr.StatusCode == http.StatusBadRequest:
		return "Nothing was replayed. " + replaying.afterBadRequest()
	case apiErr.StatusCode == http.StatusGone:
		return "Nothing was replayed. The attempt or its binding no longer exists. Choose another one from talonic_delivery_attempts."
	case isRejectedForItsState(apiErr.StatusCode):
		return "Nothing was replayed. Check that the binding still exists, and that the destination is active."
	}
	return ""
}
