// Package binding is the resource talonic_delivery_binding, and the data sources of the same name.
//
// arguments.go says which argument is which key of the API. What becomes of a binding is decided in pure functions: what to plan
// (plan.go), what to send (intent.go), whether it was stored (outcome.go), and what is drift (observe.go).
package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Resource is talonic_delivery_binding.
type Resource struct {
	// client is nil while the provider's configuration is not known, as it may be at plan time.
	client *talonic.Client

	// organization is that of the API key; nil then, too.
	organization *identity.Organization

	// compatibility is nil then, too, and where the user has turned it off.
	compatibility *compatibility.Checker
}

var (
	_ resource.ResourceWithConfigure   = (*Resource)(nil)
	_ resource.ResourceWithIdentity    = (*Resource)(nil)
	_ resource.ResourceWithImportState = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan  = (*Resource)(nil)
)

// NewResource returns the resource, to be configured.
func NewResource() resource.Resource { return &Resource{} }

// Configure takes what the provider made.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	given := providerdata.To(req.ProviderData)
	r.client, r.organization, r.compatibility = given.Client, given.Organization, given.Compatibility
}

// Create creates the binding and checks that the API has what was sent.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	plan, diags := readModel(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	desired, err := newDesiredState(config, plan, nil, bodyRecord{})
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Creating, plan, err))
		return
	}
	created, err := r.client.CreateBinding(ctx, desired.createRequest())
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Creating, plan, err))
		return
	}
	resp.Diagnostics.Append(plan.subject().WithID(created.Object.ID).Recovered(created.Recovery)...)
	if problems := desired.discrepancies(&created.Object); created.Contradicts && problems.HasError() {
		resp.Diagnostics.Append(plan.subject().WithID(created.Object.ID).NotTaken(problems)...)
		return
	}
	desired.adopted = created.Adopted
	resp.Diagnostics.Append(privatestate.RememberResend(ctx, resp.Private, created.Recovery)...)
	ctx, end := r.client.Graceful(ctx) // what was created is completed
	defer end()
	resp.Diagnostics.Append(r.settle(ctx, desired, plan, nil, &created.Object, &resp.State, resp.Identity, resp.Private)...)
}

// Read refreshes the state from the API.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(identity.Set(ctx, resp.Identity, state.text("id"))...)
	if r.client == nil {
		resp.Diagnostics.Append(state.subject().NotRead(state.wasRead()))
		return
	}
	prior, _, diags := privatestate.Recall[bodyRecord](ctx, req.Private, state.subject().Called(), shownRecord)
	resp.Diagnostics.Append(diags...)
	owner, diags := identity.RecallOwner(ctx, req.Private, state.subject().Called())
	resp.Diagnostics.Append(diags...)

	shown, err := r.client.RefreshBinding(ctx, state.text("id").ValueString())
	switch {
	case talonic.IsNotFound(err) && !state.wasRead():
		resp.Diagnostics.Append(describe(apidiag.Importing, state, err))
		return
	case talonic.IsNotFound(err):
		said, gone := r.organization.Absent(ctx, state.subject(), owner, err)
		if resp.Diagnostics.Append(said); gone {
			resp.State.RemoveResource(ctx)
		}
		return
	case err != nil:
		resp.Diagnostics.Append(describe(apidiag.Reading, state, err))
		return
	}
	if problem := r.organization.Present(state.subject(), owner, shown.CustomerID); problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	now, next, err := state.fromAPI(prior, shown)
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Reading, state, err))
		return
	}
	resp.Diagnostics.Append(warnMalformed(shown)...)
	resp.Diagnostics.Append(privatestate.Remember(ctx, resp.Private, shownRecord, next)...)
	resp.Diagnostics.Append(identity.RememberOwner(ctx, resp.Private, shown.CustomerID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, now.object())...)
	resent, diags := privatestate.RecallResend(ctx, req.Private, state.subject().Called())
	resp.Diagnostics.Append(diags...)
	if resent.Resent() {
		resp.Diagnostics.Append(now.subject().Twins(r.client.BindingTwins(shown, resent.First, resent.Last))...)
	}
}

// Update sends what differs, if anything does, and checks that the API has it.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	plan, diags := readModel(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	prior, _, diags := privatestate.Recall[bodyRecord](ctx, req.Private, plan.subject().Called(), shownRecord)
	resp.Diagnostics.Append(diags...)
	desired, err := newDesiredState(config, plan, state, prior)
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Updating, plan, err))
		return
	}
	change, needed := desired.updateRequest(state)
	if !needed {
		resp.Diagnostics.Append(resp.State.Set(ctx, plan.withServerSideOf(state).object())...)
		resp.Diagnostics.Append(identity.Set(ctx, resp.Identity, state.text("id"))...)
		return
	}
	desired.sentActive = change.IsActive
	updated, err := r.client.UpdateBinding(ctx, state.text("id").ValueString(), change)
	if talonic.IsNotFound(err) {
		owner, _ := identity.RecallOwner(ctx, req.Private, state.subject().Called())
		if problem := r.organization.Disowns(ctx, apidiag.Updating, state.subject(), owner); problem != nil {
			resp.Diagnostics.Append(problem)
			return
		}
	}
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Updating, plan, err))
		return
	}
	resp.Diagnostics.Append(r.settle(ctx, desired, plan, state, updated, &resp.State, resp.Identity, resp.Private)...)
}

// Delete deletes the binding. One that is gone already is fine, unless it seems so because it belongs to another organization.
func (r *Resource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	id := state.text("id").ValueString()
	if r.client.Adopted(id) {
		resp.Diagnostics.Append(state.subject().Kept())
		return
	}
	err := r.client.DeleteBinding(ctx, id)
	switch {
	case talonic.IsNotFound(err):
		owner, diags := identity.RecallOwner(ctx, req.Private, state.subject().Called())
		resp.Diagnostics.Append(diags...)
		if problem := r.organization.Disowns(ctx, apidiag.Deleting, state.subject(), owner); problem != nil {
			resp.Diagnostics.Append(problem)
		}
	case err != nil:
		resp.Diagnostics.Append(describe(apidiag.Deleting, state, err))
	}
}

// settle sees a write through: it sends a correction if one may help, judges the outcome, and stores it. before is nil after a
// create.
func (r *Resource) settle(
	ctx context.Context, desired desiredState, plan, before model, written *talonic.Binding,
	state *tfsdk.State, id *tfsdk.ResourceIdentity, kept privatestate.State,
) diag.Diagnostics {
	var diags diag.Diagnostics
	if change, needed := desired.followUpRequest(written); needed {
		corrected, err := r.client.UpdateBinding(ctx, written.ID, change)
		if err != nil {
			diags.Append(describe(apidiag.Updating, plan, err))
		} else {
			written = corrected
		}
	}
	r.organization.Saw(written.CustomerID)
	result, err := desired.verify(plan, before, written)
	if err != nil {
		// The binding exists, so at least its id has to be kept.
		diags.Append(describe(apidiag.Reading, plan, err))
		if desired.adopted {
			return plan.subject().WithID(written.ID).NotAdopted(diags)
		}
		diags.Append(state.SetAttribute(ctx, path.Root("id"), written.ID)...)
		diags.Append(identity.Set(ctx, id, types.StringValue(written.ID))...)
		return diags
	}
	diags.Append(warnMalformed(written)...)
	diags.Append(result.discrepancies...)
	if desired.adopted && diags.HasError() {
		return plan.subject().WithID(written.ID).NotAdopted(diags)
	}
	diags.Append(identity.RememberOwner(ctx, kept, written.CustomerID)...)
	diags.Append(privatestate.Remember(ctx, kept, shownRecord, result.record)...)
	diags.Append(state.Set(ctx, result.state.object())...)
	diags.Append(identity.Set(ctx, id, result.state.text("id"))...)
	return diags
}
