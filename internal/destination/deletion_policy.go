package destination

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// Values of deletion_policy. If it is not set, a destroy deletes the destination.
const (
	deletes  = "delete"
	disables = "disable"
	prevents = "prevent"
	abandons = "abandon"
)

// DeletionPolicies returns the valid values of deletion_policy, and of the provider's default_deletion_policy.
func DeletionPolicies() []string { return []string{deletes, disables, prevents, abandons} }

// policyOf returns the deletion policy of a destination: its own if set, otherwise the default of the provider block.
func (r *Resource) policyOf(m *model) string {
	switch {
	case m.DeletionPolicy.ValueString() != "":
		return m.DeletionPolicy.ValueString()
	case r.defaultDeletionPolicy != "":
		return r.defaultDeletionPolicy
	}
	return deletes
}

// keeps reports whether a destroy keeps the destination and its bindings in the API.
func (r *Resource) keeps(m *model) bool { return r.policyOf(m) != deletes }

// preventing returns the first model whose policy prevents a destroy; nil if no policy does.
func (r *Resource) preventing(models ...*model) *model {
	for _, m := range models {
		if r.policyOf(m) == prevents {
			return m
		}
	}
	return nil
}

// prevented returns the error that rejects the destroy or the replacement of a destination. The error names the bindings that the API would
// also delete. by is the model whose policy prevents the operation: m, or the plan of a replacement, which may add the policy.
func (r *Resource) prevented(ctx context.Context, m, by *model) diag.Diagnostic {
	setting := "Its deletion_policy"
	if by.DeletionPolicy.ValueString() == "" {
		setting = "It has no deletion_policy, and default_deletion_policy of the provider"
	}
	lost := ""
	if r.client != nil && !m.ID.IsNull() && !m.ID.IsUnknown() {
		if all, err := r.client.CachedBindings(ctx); err == nil {
			if bound := boundTo(m.ID.ValueString(), all); len(bound) > 0 {
				lost = fmt.Sprintf(" The API would also delete its bindings, with their history and dead letters: %s.", namesOf(bound))
			}
		}
	}
	return diag.NewAttributeErrorDiagnostic(path.Root("deletion_policy"), "Cannot destroy delivery destination",
		m.subject().About(fmt.Sprintf("%s is %q, so Terraform neither destroys nor replaces it.%s Nothing was changed.\n\n"+
			"To allow this, first set deletion_policy = %q in the resource, and run terraform apply without any other change. Then destroy or replace the "+
			"destination. If the resource is tainted, run terraform untaint before that. To keep the destination at the API, set deletion_policy = %q instead.",
			setting, prevents, lost, deletes, abandons)))
}

// warnAbandoned returns a warning that a destroy only removes the destination from state, although the CLI announces that it destroys the
// destination.
func (m *model) warnAbandoned() diag.Diagnostic {
	return diag.NewAttributeWarningDiagnostic(path.Root("deletion_policy"), "Delivery destination is abandoned",
		m.subject().About(fmt.Sprintf("The deletion policy is %q, so Terraform only removes the destination from state. The API keeps the destination "+
			"unchanged.\n\nTo manage it again, import it.", abandons)))
}
