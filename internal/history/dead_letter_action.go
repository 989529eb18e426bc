package history

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
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

// deadLetterAction is an action on dead letters. Users select them by ID, or select the oldest ones of a binding or a destination.
type deadLetterAction struct {
	operation operation
	about     string // the first paragraph of the description
	details   string // the last paragraphs of the description
	client    *talonic.Client
}

var (
	_ action.ActionWithConfigure      = (*deadLetterAction)(nil)
	_ action.ActionWithValidateConfig = (*deadLetterAction)(nil)
)

// NewDeadLetterReplayAction returns the action that replays dead letters. The framework configures it.
func NewDeadLetterReplayAction() action.Action {
	return &deadLetterAction{operation: replaying, about: "Replays dead letters: the API delivers their events again and removes them from the list of dead letters. Each new " +
		"delivery has the idempotency key of the original one.", details: replayKey + "\n\nThe provider does not retry a replay whose outcome is unknown. If the " +
		"response is lost, the provider looks up the dead letter in the list. If you set `binding_id` or `destination_id`, the provider has seen the dead letter in the list before, and can tell the outcome from its absence."}
}

// NewDeadLetterDismissAction returns the action that dismisses dead letters. The framework configures it.
func NewDeadLetterDismissAction() action.Action {
	return &deadLetterAction{operation: dismissing, about: "Dismisses dead letters: the API removes them without delivering them. You cannot replay a dismissed dead letter.",
		details: "The API key needs the scope `write`. If the response is lost, the provider retries the dismissal."}
}

type deadLetterActionModel struct {
	IDs           types.List   `tfsdk:"dead_letter_ids"`
	BindingID     types.String `tfsdk:"binding_id"`
	DestinationID types.String `tfsdk:"destination_id"`
	Max           types.Int64  `tfsdk:"max"`
}

// Metadata names the action.
func (a *deadLetterAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_dead_letter_" + a.operation.verb
}

// Configure stores the client of the provider.
func (a *deadLetterAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	var diags diag.Diagnostics
	a.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// needsTerraform names the CLIs that have actions.
const needsTerraform = "Requires Terraform 1.14 or later; OpenTofu has no actions."

// replayKey describes the API key of a replay.
const replayKey = "The API key needs the scope `write`, and must belong to a workspace: the API rejects a replay with the key of a whole organization (a " +
	"\"master view\" key)."

// defaultMax is the default of the argument max, and highestMax is its largest allowed value.
const defaultMax, highestMax = 100, 1000

// Schema describes the action.
func (a *deadLetterAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	ids := []validator.String{validators.NotEmpty{}, validators.ID{}}
	resp.Schema = schema.Schema{
		MarkdownDescription: a.about + " " + needsTerraform + "\n\nExactly one of `dead_letter_ids`, `binding_id` and `destination_id` is required. If the API rejects " +
			"one dead letter, the action continues with the next. If any dead letter was not " + a.operation.participle + ", the action ends with an error that lists the " +
			"outcome of each dead letter.\n\n" + a.details,
		Attributes: map[string]schema.Attribute{
			"dead_letter_ids": schema.ListAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "IDs of the dead letters, at most `max`, for example from `talonic_delivery_dead_letters`. If the list is empty, the action does nothing. Required " +
					"when `binding_id` and `destination_id` are omitted.",
				Validators: []validator.List{listvalidator.ValueStringsAre(ids...)},
			},
			"binding_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: "ID of a binding whose oldest dead letters are " + a.operation.participle + ", at most `max`. Required when `dead_letter_ids` and " +
					"`destination_id` are omitted.", Validators: ids,
			},
			"destination_id": schema.StringAttribute{
				Optional: true, Validators: ids,
				MarkdownDescription: "ID of a destination whose oldest dead letters are " + a.operation.participle + ", at most `max`. " + ofDestination + " Required when " +
					"`dead_letter_ids` and `binding_id` are omitted.",
			},
			"max": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.Between(1, highestMax)},
				MarkdownDescription: fmt.Sprintf("Maximum number of dead letters per invocation, from 1 to %d. Defaults to `%d`.", highestMax, defaultMax),
			},
		},
	}
}

// ValidateConfig requires exactly one of the arguments that select dead letters. It replaces actionvalidator.ExactlyOneOf, whose errors do not
// state what the arguments select.
func (a *deadLetterAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var m deadLetterActionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	const which = "Set exactly one of dead_letter_ids, binding_id and destination_id."
	given := 0
	for _, isNull := range []bool{m.IDs.IsNull(), m.BindingID.IsNull(), m.DestinationID.IsNull()} {
		if !isNull {
			given++
		}
	}
	switch {
	case given == 0:
		resp.Diagnostics.AddError("Missing choice of dead letters", "No argument selects dead letters.\n\n"+which)
	case given > 1:
		resp.Diagnostics.AddError("Conflicting choices of dead letters", fmt.Sprintf("%d arguments select dead letters.\n\n%s", given, which))
	case !m.Max.IsUnknown() && int64(m.distinctIDs()) > m.max():
		resp.Diagnostics.Append(tooMany(m.distinctIDs(), m.max()))
	}
}

// distinctIDs returns the number of IDs in dead_letter_ids that are certainly different. An unknown ID may be a duplicate.
func (m deadLetterActionModel) distinctIDs() int {
	distinct := map[string]bool{}
	for _, element := range m.IDs.Elements() {
		if id, ok := element.(types.String); ok && !id.IsUnknown() {
			distinct[text.ID(id.ValueString())] = true
		}
	}
	return len(distinct)
}

func (m deadLetterActionModel) max() int64 {
	if m.Max.IsNull() {
		return defaultMax
	}
	return m.Max.ValueInt64()
}

// tooMany returns the error if dead_letter_ids has more IDs than max allows.
func tooMany(n int, most int64) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("dead_letter_ids"), "Too many dead letters",
		fmt.Sprintf("dead_letter_ids has %d IDs, but max is %d. Nothing was changed.\n\nRemove IDs, or increase max.", n, most))
}

// Invoke replays or dismisses the selected dead letters.
func (a *deadLetterAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	title := fmt.Sprintf("Cannot %s delivery dead letters", a.operation.verb)
	var m deadLetterActionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if a.client == nil {
		resp.Diagnostics.AddError(title+" yet", apidiag.Unconfigured)
		return
	}
	tell := func(message string) { resp.SendProgress(action.InvokeProgressEvent{Message: message}) }
	ids, left, diags := a.choose(ctx, m, title)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if len(ids) == 0 {
		tell("There are no dead letters to " + a.operation.verb + ".")
		return
	}
	outcomes := a.operation.run(ctx, a.client, ids, m.IDs.IsNull(), tell)
	tell(a.operation.summary(outcomes))
	if left > 0 {
		tell(fmt.Sprintf("max is %d, so %s left. Invoke the action again.", m.max(), areLeft(left)))
	}
	if problem := a.operation.problem(outcomes); problem != nil {
		resp.Diagnostics.Append(problem)
	}
}

// choose returns the IDs of at most max selected dead letters, and the number of selected dead letters beyond max.
func (a *deadLetterAction) choose(ctx context.Context, m deadLetterActionModel, title string) (ids []string, left int, diags diag.Diagnostics) {
	if !m.IDs.IsNull() {
		var given []string
		diags.Append(m.IDs.ElementsAs(ctx, &given, false)...)
		for _, id := range given {
			if id = text.ID(id); !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		if int64(len(ids)) > m.max() {
			diags.Append(tooMany(len(ids), m.max()))
		}
		return ids, 0, diags
	}
	matches, err := deadLetterFilter(ctx, a.client, text.ID(m.BindingID.ValueString()), text.ID(m.DestinationID.ValueString()), "")
	if err == nil {
		var found *talonic.Selection[talonic.DeadLetter]
		if found, err = a.client.ListDeadLetters(ctx, matches, int(m.max())); err == nil {
			for _, d := range found.Objects {
				ids = append(ids, d.ID)
			}
			return ids, *found.Total - len(ids), diags
		}
	}
	diags.AddError(title, "The provider could not list the dead letters, so none was "+a.operation.participle+". "+apidiag.Detail(err, ""))
	return nil, 0, diags
}

func areLeft(n int) string {
	if n == 1 {
		return "1 dead letter is"
	}
	return fmt.Sprintf("%d dead letters are", n)
}
