package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/moved"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/replaced"
)

// ModifyPlan plans the values that are not in the configuration: the type, whether credentials are sent, and the attributes that the API sets.
// The CLI plans again at apply, when all values are known. The second plan must repeat every value that was known in the first plan.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		r.planDestroy(ctx, req, resp)
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
	if state != nil && !state.wasRead() {
		resp.Diagnostics.Append(moved.Unread(state.subject()))
		return
	}
	sent, _, diags := privatestate.Recall[credentials.Record](ctx, req.Private, plan.called(), credentialKey)
	resp.Diagnostics.Append(diags...)

	config.registerSecrets()
	plan.Type = config.plannedType()
	if refused := r.preventedReplacement(ctx, req.Private, plan, state); refused != nil {
		resp.Diagnostics.Append(refused)
		return
	}
	if state != nil && !plan.Type.Equal(state.Type) {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("type"))
		_, _, diags := r.warnCascade(ctx, state)
		resp.Diagnostics.Append(diags...)
		r.compatibility.Replaces(state.ID.ValueString(), plan.Type.ValueString())
		resp.Diagnostics.Append(r.warnKept(state)...)
		state, sent = nil, credentials.Record{}
	}
	if state == nil {
		r.compatibility.Creates(plan.Type.ValueString())
	}
	prior, _, _ := privatestate.Recall[connector.ConfigRecord](ctx, req.Private, plan.called(), configKey) // the refresh reports an unreadable record
	decision, arguments := decideCredentials(ctx, config, state, sent), decideArguments(ctx, config, state, prior)
	resp.Diagnostics.Append(credentialProblems(decision, config, state)...)
	resp.Diagnostics.Append(argumentProblems(arguments, config, state)...)
	resp.Diagnostics.Append(warnRemovals(decision, config)...)
	resp.Diagnostics.Append(config.warnInactive(state)...)
	if state == nil {
		if c, _, ok := config.connector(); ok {
			catalog := func() []string { return r.compatibility.ConnectorTypes(ctx) }
			resp.Diagnostics.Append(c.ValidateType(plan.Type.ValueString(), catalog)...)
		}
		planCreate(plan, config, decision, arguments)
	} else {
		planUpdate(plan, config, state, decision, arguments)
		resp.Diagnostics.Append(rememberPlanned(ctx, resp.Private, decision, arguments)...)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan.object())...)
}

// planDestroy rejects the destroy of a destination if its deletion policy prevents it. Otherwise, it names the bindings that the API also
// deletes, and records them for the apply.
func (r *Resource) planDestroy(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if !state.wasRead() {
		resp.Diagnostics.Append(moved.Unread(state.subject()))
		return
	}
	switch r.policyOf(state) {
	case prevents:
		resp.Diagnostics.Append(r.prevented(ctx, state, state))
		return
	case abandons:
		resp.Diagnostics.Append(state.warnAbandoned())
	}
	lost, isKnown, diags := r.warnCascade(ctx, state)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(privatestate.Remember(ctx, resp.Private, cascadeKey, newCascadeRecord(lost, isKnown))...)
}

// preventedReplacement returns the error that rejects a replacement; nil if nothing is replaced, or if the replacement is allowed. For
// -replace and replace_triggered_by, CLIs plan a create, with the private state of the old destination but without the prior state. The package
// [replaced] finds the prior state unless several destinations match.
func (r *Resource) preventedReplacement(ctx context.Context, kept privatestate.State, plan, state *model) diag.Diagnostic {
	if state != nil {
		by := r.preventing(state, plan)
		if plan.Type.Equal(state.Type) || by == nil {
			return nil
		}
		return r.prevented(ctx, state, by)
	}
	if old := replacedModel(ctx); old != nil {
		if by := r.preventing(old, plan); by != nil {
			return r.prevented(ctx, old, by)
		}
	}
	if old, diags := kept.GetKey(ctx, configKey.Name); r.policyOf(plan) != prevents || diags.HasError() || len(old) == 0 {
		return nil
	}
	return r.prevented(ctx, plan, plan)
}

// replacedModel returns the old destination if -replace or replace_triggered_by causes this create; nil if nothing is replaced, or if the old
// destination was not found.
func replacedModel(ctx context.Context) *model {
	value, ok := valueOf(replaced.In(ctx))
	if !ok {
		return nil
	}
	return modelIn(ctx, value)
}

// plannedType returns the type of the configuration's connector. Blocks may be unknown because of a dynamic block. The type is nevertheless
// known if only one block can be present, because exactly one connector is required.
func (m *model) plannedType() types.String {
	var candidates []connector.Connector
	for _, c := range connector.All {
		if blocks.MayBePresent(m.blocks[c.Name]) {
			candidates = append(candidates, c)
		}
	}
	if len(candidates) != 1 {
		return types.StringUnknown()
	}
	c := candidates[0]
	v, ok := connector.BlockValues(m.blocks[c.Name])
	if !ok && c.TypeArgument != "" {
		return types.StringUnknown()
	}
	return c.APIType(v)
}

// planCreate sets the planned values of a new destination.
func planCreate(plan, config *model, d credentials.Decision, arguments map[string]credentials.ArgumentDecision) {
	plan.ID = types.StringUnknown()
	plan.CreatedAt, plan.UpdatedAt = types.StringUnknown(), types.StringUnknown()
	plan.LastDeliveryAt, plan.LastDeliveryStatus = types.StringUnknown(), types.StringUnknown()
	plan.IsActive = config.IsActive
	if config.IsActive.IsNull() {
		plan.IsActive = types.BoolUnknown()
	}
	plan.HasAuthConfig = d.PlannedAuth(types.BoolUnknown())
	plan.HasSigningSecret = d.PlannedSigning(types.BoolUnknown())
	plan.CredentialsUpdatedAt = types.StringNull()
	if d.MayWrite() || mayBeSent(arguments) != nil {
		plan.CredentialsUpdatedAt = types.StringUnknown()
	}
}

// planUpdate sets the planned values of an existing destination, whether or not it needs an update.
func planUpdate(plan, config, state *model, d credentials.Decision, arguments map[string]credentials.ArgumentDecision) {
	mayWrite := d.MayWrite() || mayBeSent(arguments) != nil
	plan.keepFormatting(state)
	plan.ID = state.ID
	plan.CreatedAt = state.CreatedAt
	plan.HasAuthConfig = d.PlannedAuth(state.HasAuthConfig)
	plan.HasSigningSecret = d.PlannedSigning(state.HasSigningSecret)
	plan.CredentialsUpdatedAt = state.CredentialsUpdatedAt
	if mayWrite {
		plan.CredentialsUpdatedAt = types.StringUnknown()
	}
	plan.IsActive = config.IsActive
	if config.IsActive.IsNull() {
		plan.IsActive = plannedActivity(state.IsActive, mayWrite || !plan.sameBlocks(state))
	}
	plan.UpdatedAt = state.UpdatedAt
	plan.keepTraffic(state)
	if mayWrite || plan.differs(state) {
		plan.UpdatedAt = types.StringUnknown()
	}
}

// plannedActivity returns the planned value of an is_active that the configuration omits. If the API has disabled a destination, an update of
// the target or the credentials may make the API enable it again. Other updates keep the value.
func plannedActivity(before types.Bool, mayReenable bool) types.Bool {
	if mayReenable && !before.ValueBool() {
		return types.BoolUnknown()
	}
	return before
}

// differs reports whether m and other have different values of the arguments that the API stores.
func (m *model) differs(other *model) bool {
	return !m.Name.Equal(other.Name) || !m.IsActive.Equal(other.IsActive) || !m.PayloadCapBytes.Equal(other.PayloadCapBytes) ||
		!m.sameBlocks(other)
}

// sameServerSide reports whether m and other have the same values of all computed attributes except is_active.
func (m *model) sameServerSide(other *model) bool {
	return m.ID.Equal(other.ID) && m.Type.Equal(other.Type) && m.HasAuthConfig.Equal(other.HasAuthConfig) &&
		m.HasSigningSecret.Equal(other.HasSigningSecret) && m.CredentialsUpdatedAt.Equal(other.CredentialsUpdatedAt) &&
		m.LastDeliveryAt.Equal(other.LastDeliveryAt) && m.LastDeliveryStatus.Equal(other.LastDeliveryStatus) &&
		m.CreatedAt.Equal(other.CreatedAt) && m.UpdatedAt.Equal(other.UpdatedAt)
}

func (m *model) sameBlocks(other *model) bool {
	for name, list := range m.blocks {
		if !blocks.Same(list, other.blocks[name]) {
			return false
		}
	}
	return true
}
