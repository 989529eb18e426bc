package binding

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/moved"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// ModifyPlan plans the attributes that the API sets, and keeps prior values if a change affects only their form. Before a create or an update,
// it also checks whether the parts of the binding are compatible.
func (r *Resource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if state != nil && !state.wasRead() {
		resp.Diagnostics.Append(moved.Unread(state.subject()))
	}
	if req.Plan.Raw.IsNull() || resp.Diagnostics.HasError() {
		return
	}
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	proposed, diags := readModel(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	plan, d := decide(config, proposed, state)
	if d.replaces {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("destination_id"))
		resp.Diagnostics.Append(warnReplacement(state))
	}
	if d.writes {
		resp.Diagnostics.Append(r.checkCompatibility(ctx, plan, state)...)
	}
	resp.Diagnostics.Append(resp.Plan.Set(ctx, plan.object())...)
}

// decision holds whether a plan writes the binding, and whether it replaces the binding.
type decision struct {
	writes   bool // a create or an update
	replaces bool
}

// decide completes the plan that the CLI proposes. state is nil on create.
func decide(config, proposed, state model) (plan model, d decision) {
	d.replaces = state != nil && !sameDestination(proposed, state)
	if state == nil || d.replaces {
		d.writes = true
		return planCreate(config, proposed), d
	}
	plan = proposed.keepForm(state).keepServerSide(state)
	if !config.active().IsNull() {
		plan["is_active"] = config.active()
	}
	if d.writes = plan.differs(state); d.writes {
		plan["updated_at"] = types.StringUnknown()
	}
	return plan, d
}

// sameDestination reports whether two bindings have the same known destination, regardless of the notation of its ID.
func sameDestination(a, b model) bool {
	before, after := a.text("destination_id"), b.text("destination_id")
	return !before.IsUnknown() && !after.IsUnknown() && text.SameID(before.ValueString(), after.ValueString())
}

// planCreate returns the plan of a new binding.
func planCreate(config, proposed model) model {
	plan := maps.Clone(proposed)
	for _, name := range serverSide {
		plan[name] = types.StringUnknown()
	}
	plan["is_active"] = config.active()
	if config.active().IsNull() {
		plan["is_active"] = types.BoolUnknown()
	}
	return plan
}

// keepForm returns a copy of m that keeps the prior text of JSON objects and of destination_id if only their form has changed: formatting,
// the order of keys, or the notation of the ID. Such a change shows no diff.
func (m model) keepForm(state model) model {
	if sameDestination(m, state) {
		m = m.with(state["destination_id"], "destination_id")
	}
	for _, a := range arguments {
		before, _ := state.argument(a.at...).(types.String)
		after, _ := m.argument(a.at...).(types.String)
		if a.isJSON && blocks.SameJSON(before, after) {
			m = m.with(before, a.at...)
		}
	}
	return m
}

// warnReplacement returns a warning that explains why a change of destination_id replaces the binding.
func warnReplacement(state model) diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("destination_id"),
		"Delivery binding is replaced",
		state.subject().About("destination_id changes, which forces replacement. By default, Terraform deletes the old binding first, and events in between "+
			"are not delivered.\n\nTo create the new binding first, set create_before_destroy in the lifecycle of the binding. If its destination is "+
			"replaced, set it in the lifecycle of the destination, too."))
}
