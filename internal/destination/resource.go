// Package destination is the resource talonic_delivery_destination.
//
// A connector is one file that describes it; connectors.go lists them. What becomes of a destination is decided in pure
// functions: what to plan (plan.go), what to do about credentials (credentials.go), what to send (intent.go), whether it was
// stored (outcome.go), and what is drift (config.go).
package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Resource is talonic_delivery_destination.
type Resource struct {
	// client is nil while the provider's configuration is not known, as it may be at plan time.
	client *talonic.Client

	// organization is that of the API key, and compatibility is told what becomes of destinations. They may be nil, too.
	organization  *identity.Organization
	compatibility *compatibility.Checker
}

var (
	_ resource.ResourceWithConfigure      = (*Resource)(nil)
	_ resource.ResourceWithIdentity       = (*Resource)(nil)
	_ resource.ResourceWithImportState    = (*Resource)(nil)
	_ resource.ResourceWithModifyPlan     = (*Resource)(nil)
	_ resource.ResourceWithValidateConfig = (*Resource)(nil)
)

// NewResource returns the resource, to be configured.
func NewResource() resource.Resource { return &Resource{} }

// Configure takes what the provider made.
func (r *Resource) Configure(_ context.Context, req resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	given := providerdata.To(req.ProviderData)
	r.client, r.organization, r.compatibility = given.Client, given.Organization, given.Compatibility
}

// Create creates the destination and checks that the API has what was sent.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	plan, diags := readModel(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.registerSecrets()
	desired, err := newDesiredState(config, plan, nil, connector.ConfigRecord{}, credentials.Record{})
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Creating, plan, err))
		return
	}

	created, err := r.client.CreateDestination(ctx, desired.createRequest())
	if again, ok := desired.withTopLevelSigningSecret(err); ok {
		desired = again
		created, err = r.client.CreateDestination(ctx, desired.createRequest())
	}
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
	resp.Diagnostics.Append(r.settle(ctx, desired, plan, nil, credentials.Record{}, &created.Object, &resp.State, resp.Identity, resp.Private)...)
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
	prior, _, diags := privatestate.Recall[connector.ConfigRecord](ctx, req.Private, plan.called(), configRecord)
	resp.Diagnostics.Append(diags...)
	sent, _, diags := privatestate.Recall[credentials.Record](ctx, req.Private, plan.called(), credentialRecord)
	resp.Diagnostics.Append(diags...)
	config.registerSecrets()
	prior = prior.WithoutSecrets()
	desired, err := newDesiredState(config, plan, state, prior, sent)
	if err == nil {
		err = r.fetchUnmanaged(ctx, &desired, state)
	}
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Updating, plan, err))
		return
	}

	change, needed := desired.updateRequest(plan, state)
	desired.sentActive = change.IsActive
	if !needed {
		if desired.credentials.Pinned && sent.Hash != nil {
			sent.Hash, sent.Lost = nil, false
			resp.Diagnostics.Append(privatestate.Remember(ctx, resp.Private, credentialRecord, sent)...)
		}
		plan.keepServerSide(state)
		resp.Diagnostics.Append(resp.State.Set(ctx, plan.object())...)
		resp.Diagnostics.Append(identity.Set(ctx, resp.Identity, plan.ID)...)
		return
	}
	updated, err := r.client.UpdateDestination(ctx, state.ID.ValueString(), change)
	if again, ok := desired.withTopLevelSigningSecret(err); ok {
		desired = again
		change.Credentials = desired.wireCredentials()
		updated, err = r.client.UpdateDestination(ctx, state.ID.ValueString(), change)
	}
	if again, ok := desired.withoutRefused(change, err); ok {
		desired = again
		change.Config = desired.config()
		updated, err = r.client.UpdateDestination(ctx, state.ID.ValueString(), change)
	}
	if talonic.IsNotFound(err) {
		owner, _ := identity.RecallOwner(ctx, req.Private, state.called())
		if problem := r.organization.Disowns(ctx, apidiag.Updating, state.subject(), owner); problem != nil {
			resp.Diagnostics.Append(problem)
			return
		}
	}
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Updating, plan, err))
		return
	}
	resp.Diagnostics.Append(r.settle(ctx, desired, plan, state, sent, updated, &resp.State, resp.Identity, resp.Private)...)
}

// fetchUnmanaged completes the keys that no argument owns with those that are not known, or whose values are not kept, so that an
// update of config does not drop them.
func (r *Resource) fetchUnmanaged(ctx context.Context, desired *desiredState, state *model) error {
	if !desired.writesConfig() || desired.prior.Unmanaged != nil && len(desired.prior.Redacted) == 0 {
		return nil
	}
	shown, err := r.client.GetDestination(ctx, state.ID.ValueString())
	if err != nil {
		return err
	}
	if shown.Config == nil {
		return apidiag.Unreadable{Problem: "The API does not show config, which may have unmanaged keys that an update would drop"}
	}
	if shown.Unscreened != nil {
		shown.Config = shown.Unscreened // it goes back to where it came from
	}
	desired.completeUnmanaged(shown.Config)
	return nil
}

// settle sees a write through: it sends a correction if one may help, judges the outcome, and stores it.
func (r *Resource) settle(
	ctx context.Context, desired desiredState, plan, before *model, sent credentials.Record, written *talonic.Destination,
	state *tfsdk.State, id *tfsdk.ResourceIdentity, kept privatestate.State,
) diag.Diagnostics {
	var diags diag.Diagnostics
	written = r.whole(ctx, desired, written)
	if change, needed := desired.followUpRequest(written); needed {
		corrected, err := r.client.UpdateDestination(ctx, written.ID, change)
		if err != nil {
			diags.Append(describe(apidiag.Updating, plan, err))
		} else {
			written = r.whole(ctx, desired, corrected)
		}
	}
	r.organization.Saw(written.CustomerID)
	result, err := desired.verify(plan, before, sent, written)
	if err != nil {
		// The destination exists, so at least its id has to be kept.
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
	diags.Append(desired.dropped(written)...)
	if desired.adopted && diags.HasError() {
		return plan.subject().WithID(written.ID).NotAdopted(diags)
	}
	diags.Append(identity.RememberOwner(ctx, kept, written.CustomerID)...)
	diags.Append(privatestate.Remember(ctx, kept, configRecord, result.configRecord)...)
	diags.Append(privatestate.Remember(ctx, kept, credentialRecord, result.sent)...)
	diags.Append(state.Set(ctx, result.state.object())...)
	diags.Append(identity.Set(ctx, id, result.state.ID)...)
	return diags
}
