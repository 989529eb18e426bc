package destination

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// The values of deletion_policy. Without one, a destroy deletes.
const (
	deletes  = "delete"
	disables = "disable"
	prevents = "prevent"
	abandons = "abandon"
)

// DeletionPolicies returns what deletion_policy can be, and default_deletion_policy of the provider.
func DeletionPolicies() []string { return []string{deletes, disables, prevents, abandons} }

// policyOf returns the deletion policy of a destination: its own, or else that of the provider block.
func (r *Resource) policyOf(m *model) string {
	switch {
	case m.DeletionPolicy.ValueString() != "":
		return m.DeletionPolicy.ValueString()
	case r.defaultDeletionPolicy != "":
		return r.defaultDeletionPolicy
	}
	return deletes
}

// keeps reports whether a destroy leaves the destination at the API, and so its bindings.
func (r *Resource) keeps(m *model) bool { return r.policyOf(m) != deletes }

// prevented is the error that refuses to destroy or to replace a destination. It names what the API would delete along with it.
func (r *Resource) prevented(ctx context.Context, m *model) diag.Diagnostic {
	setting := "Its deletion_policy"
	if m.DeletionPolicy.ValueString() == "" {
		setting = "It has no deletion_policy of its own, and default_deletion_policy of the provider"
	}
	lost := ""
	if r.client != nil && !m.ID.IsNull() && !m.ID.IsUnknown() {
		if all, err := r.client.CachedBindings(ctx); err == nil {
			if names := boundTo(m.ID.ValueString(), all); len(names) > 0 {
				lost = fmt.Sprintf(" The API would delete its bindings with it, and their history and dead letters: %s.", someOf(names))
			}
		}
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("deletion_policy"), "Cannot destroy delivery destination",
		m.subject().About(fmt.Sprintf("%s is %q, so Terraform neither destroys nor replaces it.%s Nothing was changed.\n\n"+
			"To allow it, set deletion_policy = %q in the resource and run terraform apply first, without any other change. Then destroy or replace it. "+
			"If the resource is tainted, run terraform untaint before. To keep the destination at the API, set deletion_policy = %q instead.",
			setting, prevents, lost, deletes, abandons)))
}

// abandoned warns of a destroy that the CLI announces and the API does not see.
func (m *model) abandoned() diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("deletion_policy"), "Delivery destination is abandoned",
		m.subject().About(fmt.Sprintf("The deletion policy is %q, so Terraform only removes the destination from its state. The API keeps it as it is, and it "+
			"goes on delivering.\n\nTo manage it again, import it.", abandons)))
}
