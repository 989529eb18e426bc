// Package destination is the resource talonic_delivery_destination.
//
// A connector is one file that describes it; connectors.go lists them. What becomes of a destination is decided in pure
// functions: what to plan (plan.go), what to do about credentials (credentials.go), what to send (intent.go), whether it was
// stored (outcome.go), and what is drift (config.go).
package destination

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"

	"github.com/talonicdev/terraform-provider-talonic/internal/diagnose"
	"github.com/talonicdev/terraform-provider-talonic/internal/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/private"
	"github.com/talonicdev/terraform-provider-talonic/internal/provided"
)

// Resource is talonic_delivery_destination.
type Resource struct {
	// client is nil while the provider's configuration is not known, as it may be at plan time.
	client *talonic.Client
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
	r.client = provided.To(req.ProviderData).Client
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
	want, err := newIntent(config, plan, nil, remembered{}, sentRecord{})
	if err != nil {
		resp.Diagnostics.Append(describe(diagnose.Creating, plan, err))
		return
	}

	created, err := r.client.CreateDestination(ctx, want.creation())
	if again, ok := want.withSecretBeside(err); ok {
		want = again
		created, err = r.client.CreateDestination(ctx, want.creation())
	}
	if err != nil {
		resp.Diagnostics.Append(describe(diagnose.Creating, plan, err))
		return
	}
	want.adopted = created.Adopted
	resp.Diagnostics.Append(plan.subject().WithID(created.Object.ID).Recovered(created.Recovery)...)
	resp.Diagnostics.Append(private.RememberResend(ctx, resp.Private, created.Recovery)...)
	ctx, end := r.client.Graceful(ctx) // what was created is completed
	defer end()
	resp.Diagnostics.Append(r.settle(ctx, want, plan, nil, sentRecord{}, &created.Object, &resp.State, resp.Identity, resp.Private)...)
}

// Read refreshes the state from the API.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	was, diags := private.Recall[remembered](ctx, req.Private, noun, configKey)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(identity.Set(ctx, resp.Identity, state.ID)...)
	if r.client == nil {
		resp.Diagnostics.Append(notRead(state))
		return
	}

	shown, err := r.client.ReadDestination(ctx, state.ID.ValueString())
	switch {
	case talonic.IsNotFound(err) && state.Name.IsNull():
		resp.Diagnostics.Append(describe(diagnose.Importing, state, err))
		return
	case talonic.IsNotFound(err):
		resp.Diagnostics.Append(state.subject().Gone(err))
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		resp.Diagnostics.Append(describe(diagnose.Reading, state, err))
		return
	}
	is, err := state.refresh(shown, was)
	if err != nil {
		resp.Diagnostics.Append(describe(diagnose.Reading, state, err))
		return
	}
	resp.Diagnostics.Append(private.Remember(ctx, resp.Private, configKey, is)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state.object())...)
	resent, diags := private.RecallResend(ctx, req.Private, noun)
	resp.Diagnostics.Append(diags...)
	if resent.Resent() {
		resp.Diagnostics.Append(state.subject().Twins(r.client.DestinationTwins(shown, resent.First, resent.Last))...)
	}
}

// refresh takes over what the API shows.
func (m *model) refresh(shown *talonic.Destination, was remembered) (remembered, error) {
	c, held, ok := m.connector()
	if !ok || c.apiType(held).ValueString() != shown.Type {
		c, held, was = connectorFor(shown.Type), nil, remembered{} // imported, or turned into something else
	}
	now, is, err := c.observe(held, was, shown.Config)
	if err != nil {
		return remembered{}, err
	}
	if held == nil {
		held = c.ofType(shown.Type)
	}
	m.setConnector(c, held.with(now))
	m.setServerSide(shown)
	return is, nil
}

// Update sends what differs, if anything does, and checks that the API has it.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	plan, diags := readModel(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	was, diags := private.Recall[remembered](ctx, req.Private, noun, configKey)
	resp.Diagnostics.Append(diags...)
	sent, diags := private.Recall[sentRecord](ctx, req.Private, noun, credentialsKey)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	want, err := newIntent(config, plan, state, was, sent)
	if err == nil && len(was.Withheld) > 0 {
		err = r.fetchWithheld(ctx, &want, state, was.Withheld)
	}
	if err != nil {
		resp.Diagnostics.Append(describe(diagnose.Updating, plan, err))
		return
	}

	change, needed := want.change(plan, state)
	want.sentActive = change.IsActive
	if !needed {
		if want.credentials.pinned {
			sent.Hash = nil
			resp.Diagnostics.Append(private.Remember(ctx, resp.Private, credentialsKey, sent)...)
		}
		plan.keepServerSide(state)
		resp.Diagnostics.Append(resp.State.Set(ctx, plan.object())...)
		resp.Diagnostics.Append(identity.Set(ctx, resp.Identity, plan.ID)...)
		return
	}
	updated, err := r.client.UpdateDestination(ctx, state.ID.ValueString(), change)
	if again, ok := want.withSecretBeside(err); ok {
		want = again
		change.Credentials = want.wireCredentials()
		updated, err = r.client.UpdateDestination(ctx, state.ID.ValueString(), change)
	}
	if err != nil {
		resp.Diagnostics.Append(describe(diagnose.Updating, plan, err))
		return
	}
	resp.Diagnostics.Append(r.settle(ctx, want, plan, state, sent, updated, &resp.State, resp.Identity, resp.Private)...)
}

// fetchWithheld completes the keys that no argument owns with those whose values are not kept, so that an update of config does
// not drop them.
func (r *Resource) fetchWithheld(ctx context.Context, want *intent, state *model, keys []string) error {
	shown, err := r.client.GetDestination(ctx, state.ID.ValueString())
	if err != nil {
		return err
	}
	complete := config{}
	maps.Copy(complete, want.unowned)
	for _, key := range keys {
		if value, there := shown.Config[key]; there {
			complete[key] = value
		}
	}
	want.unowned = complete
	return nil
}

// settle sees a write through: it sends a correction if one may help, judges the outcome, and stores it.
func (r *Resource) settle(
	ctx context.Context, want intent, plan, before *model, sent sentRecord, written *talonic.Destination,
	state *tfsdk.State, id *tfsdk.ResourceIdentity, kept private.State,
) diag.Diagnostics {
	var diags diag.Diagnostics
	if change, needed := want.correction(written); needed {
		corrected, err := r.client.UpdateDestination(ctx, written.ID, change)
		if err != nil {
			diags.Append(describe(diagnose.Updating, plan, err))
		} else {
			written = corrected
		}
	}
	result, err := want.outcome(plan, before, sent, written)
	if err != nil {
		// The destination exists, so at least its id has to be kept.
		diags.Append(describe(diagnose.Reading, plan, err))
		if want.adopted {
			return plan.subject().WithID(written.ID).NotAdopted(diags)
		}
		diags.Append(state.SetAttribute(ctx, path.Root("id"), written.ID)...)
		diags.Append(identity.Set(ctx, id, types.StringValue(written.ID))...)
		return diags
	}
	diags.Append(result.problems...)
	if want.adopted && diags.HasError() {
		return plan.subject().WithID(written.ID).NotAdopted(diags)
	}
	diags.Append(private.Remember(ctx, kept, configKey, result.remembered)...)
	diags.Append(private.Remember(ctx, kept, credentialsKey, result.sent)...)
	diags.Append(state.Set(ctx, result.state.object())...)
	diags.Append(identity.Set(ctx, id, result.state.ID)...)
	return diags
}
