package destination

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Update sends the differences, if any, and verifies that the API stored them.
func (r *Resource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	if r.client == nil {
		resp.Diagnostics.Append(apidiag.NotYet(apidiag.Updating, noun))
		return
	}
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	plan, diags := readModel(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	prior, _, diags := privatestate.Recall[connector.ConfigRecord](ctx, req.Private, plan.called(), configKey)
	resp.Diagnostics.Append(diags...)
	sent, _, diags := privatestate.Recall[credentials.Record](ctx, req.Private, plan.called(), credentialKey)
	resp.Diagnostics.Append(diags...)
	planned, diags := takePlanned(ctx, resp.Private, plan.called())
	resp.Diagnostics.Append(diags...)
	config.registerSecrets()
	prior = prior.WithoutSecrets()
	desired, err := newDesiredState(config, plan, state, prior, sent, planned)
	if err == nil {
		err = r.catchUp(ctx, &desired, plan, state)
	}
	if errors.Is(err, errActivityChanged) {
		resp.Diagnostics.AddAttributeError(path.Root("is_active"), "Cannot update delivery destination", state.subject().About(
			"is_active has changed since the plan, and the update would revert the change. Nothing was changed.\n\nPlan and apply again. To let "+
				"Terraform manage whether the destination delivers, set is_active."))
		return
	}
	if err != nil {
		resp.Diagnostics.Append(r.describeUpdate(ctx, req, plan, state, err))
		return
	}

	change, needed := desired.updateRequest(plan, state)
	desired.sentActive = change.IsActive
	if !needed {
		if desired.credentials.Versioned && sent.Hash != nil {
			sent.Hash, sent.Lost = nil, false
			resp.Diagnostics.Append(privatestate.Remember(ctx, resp.Private, credentialKey, sent)...)
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
	if again, ok := desired.withoutRejected(change, err); ok {
		desired = again
		change.Config = desired.config()
		updated, err = r.client.UpdateDestination(ctx, state.ID.ValueString(), change)
	}
	if err != nil {
		resp.Diagnostics.Append(r.describeUpdate(ctx, req, plan, state, err))
		return
	}
	resp.Diagnostics.Append(r.settle(ctx, write{
		desired: desired, plan: plan, before: state, sent: sent, response: updated,
		state: &resp.State, identity: resp.Identity, private: resp.Private,
	})...)
}

// describeUpdate returns the diagnostic of a failed update. If the API does not find the destination, describeUpdate checks whether the
// destination belongs to a different organization.
func (r *Resource) describeUpdate(ctx context.Context, req resource.UpdateRequest, plan, state *model, err error) diag.Diagnostic {
	if talonic.IsNotFound(err) {
		owner, _ := identity.RecallOwner(ctx, req.Private, state.called())
		if problem := r.organization.Disowns(ctx, apidiag.Updating, state.subject(), owner); problem != nil {
			return problem
		}
	}
	return describe(apidiag.Updating, plan, err)
}

// maskedArgument returns an [apidiag.NotSent] if an argument holds a mask, because a write would store the mask. State can hold a mask, for
// example after an import, and ignore_changes can copy it into the plan.
func (desired desiredState) maskedArgument() error {
	for _, key := range slices.Sorted(maps.Keys(desired.arguments)) {
		if !jsonvalue.ContainsMask(desired.arguments[key]) {
			continue
		}
		name := desired.connector.OtherKeys.Name
		if a, ok := desired.connector.Argument(key); ok {
			name = a.Name
		}
		name = desired.connector.Name + "." + name
		return apidiag.NotSent{
			Problem: fmt.Sprintf("config.%s contains a mask instead of the real value. A write sends all of config, and would replace the value with the mask",
				redact.Inline(key)),
			Next: fmt.Sprintf("Set the real value in %[1]s, remove any entry for %[1]s from ignore_changes, and apply again.", name),
		}
	}
	return nil
}

// masked returns an [apidiag.NotSent] if the API masks the value of an unmanaged key, because an update would store the mask.
func (desired desiredState) masked() error {
	for _, key := range desired.returnedKeys() {
		if jsonvalue.ContainsMask(desired.unmanaged[key]) {
			return apidiag.NotSent{
				Problem: fmt.Sprintf("The API masks the value of the unmanaged key config.%s. An update sends all of config, and would replace the value with the "+
					"mask", redact.Inline(key)),
				Next: fmt.Sprintf("Set the key in %s, and apply again.", desired.connector.OtherKeys.Name),
			}
		}
	}
	return nil
}

// errActivityChanged means that is_active was changed outside Terraform after the plan was made.
var errActivityChanged = errors.New("is_active has changed since the plan was made")

// catchUp reads values that may have changed since the plan and that an update would revert: the unmanaged keys, and is_active if the
// configuration omits it and the update sends the value from state. It returns errActivityChanged if is_active has changed.
func (r *Resource) catchUp(ctx context.Context, desired *desiredState, plan, state *model) error {
	_, needed := desired.updateRequest(plan, state)
	repeatsActive := needed && desired.active == nil && !desired.writesConfig() && !desired.credentials.Writes()
	if !desired.writesConfig() && !repeatsActive {
		return nil
	}
	if err := desired.maskedArgument(); err != nil && desired.writesConfig() {
		return err
	}
	shown, err := r.client.RefreshDestination(ctx, state.ID.ValueString())
	switch isKnown := desired.prior.Unmanaged != nil && len(desired.prior.Redacted) == 0; {
	case err != nil:
		return apidiag.BeforeUpdate{Err: err}
	case repeatsActive && shown.IsActive != state.IsActive.ValueBool():
		return errActivityChanged
	case repeatsActive:
		return nil
	case shown.Config == nil && isKnown && !desired.lacksWriteOnly():
		return desired.masked()
	}
	if shown.Config == nil {
		return apidiag.NotSent{Problem: "The API's response lacks config, so the update might remove unmanaged keys of config", Next: "Try again later."}
	}
	desired.completeUnmanaged(shown.RawConfig()) // raw values may contain secrets, but the provider sends them only to the API that returned them
	if err := desired.masked(); err != nil {
		return err
	}
	return desired.completeWriteOnly(shown.RawConfig())
}
