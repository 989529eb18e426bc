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
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// cascade returns the bindings that the API also deletes when it deletes a destination (cascading delete). All destinations of a run share one
// list request. isKnown is false if there is no client. err reports that the list cannot be read.
func (r *Resource) cascade(ctx context.Context, state *model) (lost []talonic.Binding, isKnown bool, err error) {
	if r.client == nil || state == nil || r.keeps(state) {
		return nil, r.client != nil, nil
	}
	all, err := r.client.CachedBindings(ctx)
	if err != nil {
		return nil, false, err
	}
	return boundTo(state.ID.ValueString(), all), true, nil
}

// warnCascade returns a warning of a plan that names the bindings which the API also deletes with a destination. If the plan cannot name them,
// isKnown is false.
func (r *Resource) warnCascade(ctx context.Context, state *model) (lost []talonic.Binding, isKnown bool, diags diag.Diagnostics) {
	lost, isKnown, err := r.cascade(ctx, state)
	if err != nil {
		diags.AddWarning("Cannot list bindings of delivery destinations", apidiag.Subject{}.WarningDetail(err,
			"When the API deletes a destination, it also deletes the destination's bindings. Check the bindings in the dashboard before you apply."))
		return nil, false, diags
	}
	return lost, isKnown, state.cascades(lost)
}

// warnCascadeAtApply returns a warning of an apply that names the bindings which the plan did not name.
func (r *Resource) warnCascadeAtApply(ctx context.Context, state *model, planned cascadeRecord) (diags diag.Diagnostics) {
	lost, _, err := r.cascade(ctx, state)
	switch {
	case err != nil:
		unnamed := "The provider cannot name these bindings."
		if planned.Listed {
			unnamed = "The plan named those that existed at that time, but bindings that were added after the plan are unknown."
		}
		diags.AddWarning("Cannot list bindings of delivery destinations", state.subject().About(state.subject().WarningDetail(err, fmt.Sprintf(
			"The apply continues. If the API deletes the destination, it also deletes the bindings. %s\n\nIf you need a deleted binding, create it again for another "+
				"destination. To make a destroy only disable the destination, set deletion_policy = %q.", unnamed, disables))))
		return diags
	case planned.Listed:
		return state.cascadesUnplanned(planned.unplanned(lost))
	}
	return state.cascades(lost)
}

// cascades returns a warning that the API deletes these bindings with the destination; nil if there are none.
func (m *model) cascades(lost []talonic.Binding) diag.Diagnostics {
	if len(lost) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic(
		"Bindings are deleted with a delivery destination",
		m.subject().About(fmt.Sprintf("The API also deletes the destination's bindings, with their history and dead letters: %s. Bindings that this "+
			"configuration destroys are deleted in any case.\n\nTo keep the others, set deletion_policy = %q, and apply this change first. A destroy "+
			"then only disables the destination.", namesOf(lost), disables)))}
}

// cascadesUnplanned is like cascades, for bindings that the plan of the destroy did not name.
func (m *model) cascadesUnplanned(lost []talonic.Binding) diag.Diagnostics {
	if len(lost) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic(
		"Bindings that the plan did not name are deleted",
		m.subject().About(fmt.Sprintf("The API also deletes bindings that were added after the plan, with their history and dead letters: %s.\n\nIf you need "+
			"these bindings, create them again for another destination. To make a destroy only disable the destination, set deletion_policy = %q.", namesOf(lost), disables)))}
}

// boundTo returns the bindings of a destination.
func boundTo(id string, all []talonic.Binding) []talonic.Binding {
	var bound []talonic.Binding
	for _, b := range all {
		if text.SameID(b.DestinationID, id) {
			bound = append(bound, b)
		}
	}
	return bound
}

// namesOf returns the quoted names of at most ten bindings, sorted, followed by the number of remaining bindings.
func namesOf(bindings []talonic.Binding) string {
	const most = 10
	var names []string
	for _, b := range bindings {
		names = append(names, redact.Quote(b.Name))
	}
	slices.Sort(names)
	if len(names) > most {
		names = append(slices.Clone(names[:most]), fmt.Sprintf("and %d more", len(names)-most))
	}
	return strings.Join(names, ", ")
}
