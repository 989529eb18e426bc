package destination

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ModifyPlan decides what the plan says of everything that the configuration does not: the type, the credentials, and the
// attributes that the API sets. Terraform calls it again at apply, when all values are known; what it planned as known before
// must then come out the same.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return // destroy
	}
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	plan, diags := readModel(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	sent, diags := recall[sentRecord](ctx, req.Private, credentialsKey)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	plan.Type = config.plannedType()
	if state != nil && !plan.Type.Equal(state.Type) {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("type"))
		state, sent = nil, sentRecord{}
	}
	decision := decideCredentials(config, state, sent)
	resp.Diagnostics.Append(decision.problems(config, state)...)
	if state == nil {
		planCreate(plan, config, decision)
	} else {
		planUpdate(plan, config, state, decision)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan.object())...)
}

// plannedType is the type that the configuration's connector has. A dynamic block may not be known yet; since exactly one
// connector has to be there, it is still clear when no other can be.
func (m *model) plannedType() types.String {
	var candidates []connector
	for _, c := range connectors {
		if mayHaveElements(m.blocks[c.name]) {
			candidates = append(candidates, c)
		}
	}
	if len(candidates) != 1 {
		return types.StringUnknown()
	}
	c := candidates[0]
	v, ok := only(m.blocks[c.name])
	if !ok && c.typeArgument != "" {
		return types.StringUnknown()
	}
	return c.apiType(v)
}

// credentialDecision is what becomes of the credentials in a create or an update.
type credentialDecision struct {
	auth, signing step
	configured    credentials

	authStored, signingStored bool // what the API said before
}

// decideCredentials compares the configuration with what was sent before and with what the API says. state is nil when a
// destination is to be created.
func decideCredentials(config, state *model, sent sentRecord) credentialDecision {
	c, v, ok := config.connector()
	if !ok {
		return credentialDecision{auth: undecided, signing: undecided}
	}
	d := credentialDecision{configured: c.credentialsIn(v)}
	changed := no
	if state != nil {
		d.authStored, d.signingStored = state.HasAuthConfig.ValueBool(), state.HasSigningSecret.ValueBool()
		changed = c.plainCredentialsChanged(v, state)
	}
	d.auth = group{configured: d.configured.hasAuth, sent: sent.Auth, changed: changed, stored: d.authStored}.step()
	d.signing = group{configured: d.configured.hasSigning, sent: sent.SigningSecret, changed: no, stored: d.signingStored}.step()
	return d
}

// writes reports whether anything is sent or removed for certain.
func (d credentialDecision) writes() bool {
	return d.auth == send || d.auth == remove || d.signing == send || d.signing == remove
}

// mayWrite reports whether anything is sent or removed, or may turn out to be.
func (d credentialDecision) mayWrite() bool { return d.auth != keep || d.signing != keep }

// authIsElsewhere reports whether there is authentication that Terraform neither set nor is to set.
func (d credentialDecision) authIsElsewhere() bool {
	return d.auth == keep && d.authStored && d.configured.hasAuth == no
}

// problems judges whether the decision can be carried out.
func (d credentialDecision) problems(config, state *model) diag.Diagnostics {
	var diags diag.Diagnostics
	c, _, ok := config.connector()
	if !ok {
		return nil
	}
	name := config.Name.ValueString()
	for _, missing := range d.configured.missing {
		diags.AddAttributeError(missing.path, "Credentials are incomplete",
			fmt.Sprintf("The credentials of delivery destination %q cannot be sent: %s. Set it, for example from an ephemeral variable, "+
				"or remove the block.", name, missing.problem))
	}
	if c.needsCredentials && (state == nil && d.configured.hasAuth == no || d.auth == remove) {
		verb := "created without"
		if state != nil {
			verb = "left without"
		}
		diags.AddAttributeError(c.path().AtName(c.credentials[0].name), "Credentials are missing",
			fmt.Sprintf("Delivery destination %q is of type %s, which cannot be %s credentials. Add %s.", name, c.name, verb, c.credentialChoice()))
	}
	return diags
}

// planCreate fills in what a new destination will have.
func planCreate(plan, config *model, d credentialDecision) {
	plan.ID = types.StringUnknown()
	plan.CreatedAt = types.StringUnknown()
	plan.planVolatile()
	plan.IsActive = config.IsActive
	if config.IsActive.IsNull() {
		plan.IsActive = types.BoolUnknown()
	}
	plan.HasAuthConfig = plannedFlag(d.auth, types.BoolUnknown())
	plan.HasSigningSecret = plannedFlag(d.signing, types.BoolUnknown())
	plan.CredentialsUpdatedAt = types.StringNull()
	if d.mayWrite() {
		plan.CredentialsUpdatedAt = types.StringUnknown()
	}
}

// planUpdate fills in what a destination will have after an update, or still has if there is none.
func planUpdate(plan, config, state *model, d credentialDecision) {
	plan.ID = state.ID
	plan.CreatedAt = state.CreatedAt
	plan.HasAuthConfig = plannedFlag(d.auth, state.HasAuthConfig)
	plan.HasSigningSecret = plannedFlag(d.signing, state.HasSigningSecret)
	plan.CredentialsUpdatedAt = state.CredentialsUpdatedAt
	if d.mayWrite() {
		plan.CredentialsUpdatedAt = types.StringUnknown()
	}
	plan.IsActive = config.IsActive
	if config.IsActive.IsNull() {
		plan.IsActive = plannedActivity(state.IsActive, d.mayWrite() || !plan.sameBlocks(state))
	}
	plan.UpdatedAt, plan.LastDeliveryAt, plan.LastDeliveryStatus = state.UpdatedAt, state.LastDeliveryAt, state.LastDeliveryStatus
	if d.mayWrite() || plan.differs(state) {
		plan.planVolatile()
	}
}

// planVolatile marks what every write changes, and what deliveries change at any time.
func (m *model) planVolatile() {
	m.UpdatedAt, m.LastDeliveryAt, m.LastDeliveryStatus = types.StringUnknown(), types.StringUnknown(), types.StringUnknown()
}

// plannedFlag is what the API is going to say of a group.
func plannedFlag(s step, before types.Bool) types.Bool {
	switch s {
	case send:
		return types.BoolValue(true)
	case remove:
		return types.BoolValue(false)
	case undecided:
		if !before.ValueBool() {
			return types.BoolUnknown()
		}
	}
	return before
}

// plannedActivity is what becomes of is_active when the configuration leaves it to the API. An update of the target or the
// credentials may enable a destination that the API had disabled; any other update leaves it as it is.
func plannedActivity(before types.Bool, deliversAnew bool) types.Bool {
	if deliversAnew && !before.ValueBool() {
		return types.BoolUnknown()
	}
	return before
}

// differs reports whether the two have different arguments.
func (m *model) differs(other *model) bool {
	return !m.Name.Equal(other.Name) || !m.IsActive.Equal(other.IsActive) || !m.PayloadCapBytes.Equal(other.PayloadCapBytes) ||
		!m.sameBlocks(other)
}

func (m *model) sameBlocks(other *model) bool {
	for name, list := range m.blocks {
		if !list.Equal(other.blocks[name]) {
			return false
		}
	}
	return true
}
