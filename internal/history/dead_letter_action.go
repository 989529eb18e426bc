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

// letterAction is an action on dead letters: on some by their ids, or on the oldest of a binding or of a destination.
type letterAction struct {
	work   work
	about  string // of the schema
	client *talonic.Client
}

var (
	_ action.ActionWithConfigure      = (*letterAction)(nil)
	_ action.ActionWithValidateConfig = (*letterAction)(nil)
)

// NewDeadLetterReplayAction returns the action that replays dead letters, to be configured.
func NewDeadLetterReplayAction() action.Action {
	return &letterAction{work: replaying, about: "Has the API deliver dead letters once more, which removes them from the list of dead letters. Receivers get the same " +
		"idempotency key again.\n\nA replay is sent once. If its response is lost, the provider looks at the list to see what became of it, and never replays " +
		"it again by itself."}
}

// NewDeadLetterDismissAction returns the action that dismisses dead letters, to be configured.
func NewDeadLetterDismissAction() action.Action {
	return &letterAction{work: dismissing, about: "Removes dead letters without delivering them. What is dismissed cannot be replayed any more."}
}

type letterActionModel struct {
	IDs           types.List   `tfsdk:"dead_letter_ids"`
	BindingID     types.String `tfsdk:"binding_id"`
	DestinationID types.String `tfsdk:"destination_id"`
	Max           types.Int64  `tfsdk:"max"`
}

// Metadata names the action.
func (a *letterAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_dead_letter_" + a.work.verb
}

// Configure takes the client that the provider made.
func (a *letterAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	var diags diag.Diagnostics
	a.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// needsTerraform says which CLIs have actions.
const needsTerraform = "Terraform 1.14 is needed for that; OpenTofu has no actions."

// defaultMax and highestMax bound how many dead letters one invocation takes.
const defaultMax, highestMax = 100, 1000

// Schema describes the action.
func (a *letterAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	ids := []validator.String{validators.NotEmpty{}, validators.ID{}}
	resp.Schema = schema.Schema{
		MarkdownDescription: a.about + " " + needsTerraform + "\n\nExactly one of `dead_letter_ids`, `binding_id` and `destination_id` is set. What the API refuses is " +
			"named, and does not keep the action from the rest. If anything was not " + a.work.participle + ", the action ends with an error that says what was done.",
		Attributes: map[string]schema.Attribute{
			"dead_letter_ids": schema.ListAttribute{
				Optional: true, ElementType: types.StringType,
				MarkdownDescription: "The ids of the dead letters, such as those that `talonic_delivery_dead_letters` has. There must not be more than `max`. With none, there is nothing to do.",
				Validators:          []validator.List{listvalidator.ValueStringsAre(ids...)},
			},
			"binding_id": schema.StringAttribute{
				Optional: true, MarkdownDescription: "The id of a binding, of which the oldest `max` dead letters are " + a.work.participle + ".", Validators: ids,
			},
			"destination_id": schema.StringAttribute{
				Optional: true, Validators: ids,
				MarkdownDescription: "The id of a destination, of whose bindings the oldest `max` dead letters are " + a.work.participle + ". " + ofDestination,
			},
			"max": schema.Int64Attribute{
				Optional: true, Validators: []validator.Int64{int64validator.Between(1, highestMax)},
				MarkdownDescription: fmt.Sprintf("The most dead letters that one invocation takes, from 1 to %d. Default: %d.", highestMax, defaultMax),
			},
		},
	}
}

// ValidateConfig demands one of the arguments that say which dead letters are meant.
func (a *letterAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var m letterActionModel
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
		resp.Diagnostics.AddError("Missing choice of dead letters", "Nothing says which dead letters are meant. "+which)
	case given > 1:
		resp.Diagnostics.AddError("Conflicting choices of dead letters", fmt.Sprintf("%d arguments say which dead letters are meant. %s", given, which))
	case !m.Max.IsUnknown() && !m.IDs.IsUnknown() && int64(len(m.IDs.Elements())) > m.max():
		resp.Diagnostics.Append(tooMany(len(m.IDs.Elements()), m.max()))
	}
}

func (m letterActionModel) max() int64 {
	if m.Max.IsNull() {
		return defaultMax
	}
	return m.Max.ValueInt64()
}

// tooMany is the error of more ids than may be taken at once.
func tooMany(n int, most int64) diag.Diagnostic {
	return diag.NewAttributeErrorDiagnostic(path.Root("dead_letter_ids"), "Too many dead letters",
		fmt.Sprintf("There are %d ids, and max is %d. Nothing was changed. Give fewer of them, or raise max.", n, most))
}

// Invoke does the work.
func (a *letterAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	title := fmt.Sprintf("Cannot %s delivery dead letters", a.work.verb)
	var m letterActionModel
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
		tell("There are no dead letters to " + a.work.verb + ".")
		return
	}
	outcomes := a.work.run(ctx, a.client, ids, m.IDs.IsNull(), tell)
	tell(a.work.summary(outcomes))
	if left > 0 {
		tell(fmt.Sprintf("max is %d, so %s left. Invoke the action again for these.", m.max(), areLeft(left)))
	}
	if problem := a.work.problem(outcomes); problem != nil {
		resp.Diagnostics.Append(problem)
	}
}

// choose returns the ids of the dead letters that are meant, and how many more there are than may be taken at once.
func (a *letterAction) choose(ctx context.Context, m letterActionModel, title string) (ids []string, left int, diags diag.Diagnostics) {
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
	matches, err := chosen(ctx, a.client, text.ID(m.BindingID.ValueString()), text.ID(m.DestinationID.ValueString()), "")
	if err == nil {
		var found *talonic.Selection[talonic.DeadLetter]
		if found, err = a.client.ListDeadLetters(ctx, matches, int(m.max())); err == nil {
			for _, d := range found.Objects {
				ids = append(ids, d.ID)
			}
			return ids, *found.Total - len(ids), diags
		}
	}
	diags.AddError(title, "The dead letters could not be listed, so none was "+a.work.participle+". "+apidiag.Detail(err, ""))
	return nil, 0, diags
}

func areLeft(n int) string {
	if n == 1 {
		return "1 dead letter is"
	}
	return fmt.Sprintf("%d dead letters are", n)
}
