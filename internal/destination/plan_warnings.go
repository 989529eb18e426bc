package destination

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// warnInactive returns a warning if the destination is disabled and the configuration omits is_active.
func (m *model) warnInactive(state *model) diag.Diagnostics {
	if !m.IsActive.IsNull() || state == nil || state.IsActive.IsNull() || state.IsActive.ValueBool() {
		return nil
	}
	last := "State contains no delivery."
	if at := state.LastDeliveryAt.ValueString(); at != "" {
		last = "According to the state, the last delivery was at " + at + "."
		if status := state.LastDeliveryStatus.ValueString(); status != "" {
			last = fmt.Sprintf("According to the state, the last delivery was at %s, with the status %q.", at, status)
		}
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("is_active"), "Destination does not deliver",
		fmt.Sprintf("Delivery destination %q is disabled: the API returns is_active = false. %s The API disables a destination if authentication "+
			"fails, or if the target is in a private network. A user may also have disabled the destination.\n\nCheck its credentials and its target. Then set "+
			"is_active = true to enable it, or is_active = false to keep it disabled.", state.Name.ValueString(), last))}
}

// warnKept returns a warning if a replacement keeps the old destination in addition to the new one.
func (r *Resource) warnKept(m *model) diag.Diagnostics {
	policy, state := r.policyOf(m), "disables it"
	switch policy {
	case abandons:
		state = "does not disable it"
	case disables:
	default:
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("deletion_policy"), "Replaced delivery destination is kept",
		fmt.Sprintf("Delivery destination %q is replaced, and its deletion policy is %q. The API therefore keeps the old destination (%s) and its bindings "+
			"beside the new destination of the same name. Terraform %s, and removes it from state.\n\nWhen you no longer need the old destination, "+
			"delete it in the dashboard.", m.Name.ValueString(), policy, m.ID.ValueString(), state))}
}
