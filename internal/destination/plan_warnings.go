package destination

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// inactive returns a warning if the destination does not deliver although is_active is not configured.
func (m *model) inactive(state *model) diag.Diagnostics {
	if !m.IsActive.IsNull() || state == nil || state.IsActive.IsNull() || state.IsActive.ValueBool() {
		return nil
	}
	last := "The state records no delivery."
	if at := state.LastDeliveryAt.ValueString(); at != "" {
		last = "The last delivery in the state was at " + at + "."
		if status := state.LastDeliveryStatus.ValueString(); status != "" {
			last = fmt.Sprintf("The last delivery in the state was at %s, with the status %q.", at, status)
		}
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("is_active"), "Destination does not deliver",
		fmt.Sprintf("The API says is_active = false of delivery destination %q. %s The API disables a destination by itself if it cannot "+
			"authenticate or must not be reached; a user may have paused it as well.\n\nCheck its credentials and its target, then set "+
			"is_active = true to enable it, or is_active = false if it is to stay paused.", state.Name.ValueString(), last))}
}

// staysAsTwin returns a warning if a replacement keeps the old destination beside the new one.
func (r *Resource) staysAsTwin(m *model) diag.Diagnostics {
	policy, state := r.policyOf(m), "is paused and stays"
	switch policy {
	case abandons:
		state = "stays and goes on delivering"
	case disables:
	default:
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(path.Root("deletion_policy"), "Replaced destination stays",
		fmt.Sprintf("Delivery destination %q is replaced, and its deletion policy is %q: the old one, %s, %s, with its bindings, beside "+
			"the new one of the same name. Terraform forgets it. Delete it in the dashboard once it is not needed any more.",
			m.Name.ValueString(), policy, m.ID.ValueString(), state))}
}
