package destination

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// warnCascade returns a warning that names the bindings which the API also deletes (cascading delete) with a destination that is to be
// destroyed or replaced. All destinations of a run share one list request.
func (r *Resource) warnCascade(ctx context.Context, state *model) diag.Diagnostics {
	if r.client == nil || state == nil || r.keeps(state) {
		return nil
	}
	all, err := r.client.CachedBindings(ctx)
	if err != nil {
		return diag.Diagnostics{diag.NewWarningDiagnostic("Cannot list bindings of delivery destinations",
			apidiag.Detail(err, "When the API deletes a destination, it also deletes the destination's bindings. Check the bindings in the dashboard before you apply."))}
	}
	lost := boundTo(state.ID.ValueString(), all)
	if len(lost) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic(
		"Bindings are deleted with a delivery destination",
		state.subject().About(fmt.Sprintf("The API also deletes the destination's bindings, with their history and dead letters: %s. Bindings that this "+
			"configuration destroys are deleted in any case.\n\nTo keep the others, set deletion_policy = %q, and apply this change first. A destroy "+
			"then only disables the destination.", someOf(lost), disables)))}
}

// boundTo returns the quoted names of the bindings of a destination, sorted.
func boundTo(id string, all []talonic.Binding) []string {
	var names []string
	for _, b := range all {
		if b.DestinationID == id {
			names = append(names, redact.Quote(b.Name))
		}
	}
	slices.Sort(names)
	return names
}

// someOf returns at most ten of the names, and the number of the others.
func someOf(names []string) string {
	const most = 10
	if len(names) > most {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("and %d more", len(names)-most))
	}
	return strings.Join(names, ", ")
}
