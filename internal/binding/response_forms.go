package binding

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

// formedAttributes are those of a binding that have a form of their own, and nothing else gets into.
type formedAttributes struct {
	lastStatus, createdAt, updatedAt types.String
	forms                            apidiag.Forms
}

func formed(b *talonic.Binding) formedAttributes {
	var a formedAttributes
	a.lastStatus = a.forms.Status("last_status", b.LastStatus)
	a.createdAt = a.forms.Time("created_at", b.CreatedAt)
	a.updatedAt = a.forms.Time("updated_at", b.UpdatedAt)
	return a
}

// warnMalformed says which attributes are null because the API's response has something else in their place.
func warnMalformed(b *talonic.Binding) diag.Diagnostics {
	a := formed(b)
	return a.forms.Warning(apidiag.Subject{Noun: noun, Name: b.Name, ID: b.ID})
}

// keepCreatedAt keeps the time of creation through an update, which does not change it: the plan said so. A response without one
// is fine; one with another is about another binding.
func (m model) keepCreatedAt(before model) (problem string) {
	now, then := m.text("created_at"), before.text("created_at")
	m["created_at"] = then
	if now.IsNull() || then.IsNull() || talonic.SameTime(now.ValueString(), then.ValueString()) {
		return ""
	}
	return fmt.Sprintf("The API's response to the update is about a binding that was created at %s, but this one was created at %s. There may be "+
		"another one under the same id. Run terraform plan to see what is there now.", now.ValueString(), then.ValueString())
}

// contradictions says what of a plan that was known did not come out so, although no problem tells why. Without it, the CLI would
// blame the provider.
func (m model) contradictions(plan model) diag.Diagnostics {
	var names []string
	for _, name := range slices.Concat(texts, serverSide) {
		if planned := plan.text(name); !planned.IsUnknown() && !planned.Equal(m.text(name)) {
			names = append(names, name)
		}
	}
	if planned := plan.active(); !planned.IsUnknown() && !planned.Equal(m.active()) {
		names = append(names, "is_active")
	}
	if len(names) == 0 {
		return nil
	}
	slices.Sort(names)
	return diag.Diagnostics{diag.NewAttributeErrorDiagnostic(path.Root(names[0]),
		"The API did not store a delivery binding as planned",
		plan.subject().About(fmt.Sprintf("The API's response has another value than the plan for %s. It was changed in the meantime, or by the update itself.\n\n"+
			"Run terraform plan to see what is there now, then apply again.", strings.Join(names, ", "))))}
}
