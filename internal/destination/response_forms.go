package destination

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// formedAttributes are those of a destination that have a form of their own, and nothing else gets into.
type formedAttributes struct {
	lastDeliveryAt, lastDeliveryStatus, createdAt, updatedAt types.String
	forms                                                    apidiag.Forms
}

func formed(d *talonic.Destination) formedAttributes {
	var a formedAttributes
	a.lastDeliveryAt = a.forms.OptionalTime("last_delivery_at", d.LastDeliveryAt)
	a.lastDeliveryStatus = a.forms.Status("last_delivery_status", d.LastDeliveryStatus)
	a.createdAt = a.forms.Time("created_at", d.CreatedAt)
	a.updatedAt = a.forms.Time("updated_at", d.UpdatedAt)
	return a
}

// warnMalformed says which attributes are null because the API's response has something else in their place.
func warnMalformed(d *talonic.Destination) diag.Diagnostics {
	a := formed(d)
	return a.forms.Warning(apidiag.Subject{Noun: noun, Name: d.Name, ID: d.ID})
}

// keepCreatedAt keeps the time of creation through an update, which does not change it: the plan said so. A response without one
// is fine; one with another is about another destination.
func (m *model) keepCreatedAt(before *model) (problem string) {
	now := m.CreatedAt
	m.CreatedAt = before.CreatedAt
	if now.IsNull() || before.CreatedAt.IsNull() || talonic.SameTime(now.ValueString(), before.CreatedAt.ValueString()) {
		return ""
	}
	return fmt.Sprintf("The API's response to the update is about a destination that was created at %s, but this one was created at %s. There "+
		"may be another one under the same id. Run terraform plan to see what is there now.", now.ValueString(), before.CreatedAt.ValueString())
}

// contradictions says what of a plan that was known did not come out so, although no problem tells why. Without it, the CLI would
// blame the provider.
func (m *model) contradictions(plan *model) diag.Diagnostics {
	planned, stored := plan.object().Attributes(), m.object().Attributes()
	var names []string
	for name := range newSchema().Attributes {
		if value := planned[name]; !value.IsUnknown() && !value.Equal(stored[name]) {
			names = append(names, name)
		}
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root(names[0]),
		"The API did not store a delivery destination as planned",
		plan.subject().About(fmt.Sprintf("The API's response has another value than the plan for %s. It was changed in the meantime, or by the update itself.\n\n"+
			"Run terraform plan to see what is there now, then apply again.", strings.Join(names, ", "))))}
}
