package binding

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// checkCompatibility returns diagnostics if the parts of a planned binding are not compatible. It skips checks that need unknown parts or
// unreadable catalogs. state is nil on create.
func (r *Resource) checkCompatibility(ctx context.Context, plan, state model) diag.Diagnostics {
	if r.compatibility == nil {
		return nil
	}
	var (
		conflicts []compatibility.Conflict
		warnings  []string
		diags     diag.Diagnostics
	)
	replaced, certain := state != nil && plan["destination_id"].IsUnknown(), true
	if replaced {
		conflicts, certain, warnings = r.compatibility.CheckReplaced(ctx, plan.route(), knownText(state["destination_id"]))
	} else {
		conflicts, warnings = r.compatibility.Check(ctx, plan.route(), text.ID(knownText(plan["destination_id"])))
	}
	if len(warnings) > 0 {
		diags.AddWarning("Delivery bindings are not fully checked",
			"The plan cannot check completely whether the parts of each binding are compatible, because the API's catalogs are incomplete or unreadable:\n\n  "+
				strings.Join(warnings, "\n  ")+"\n\nThe API may reject an incompatible binding at apply. To plan without this check, set "+
				"validate_with_catalog = false in the provider block.")
	}
	for _, c := range conflicts {
		if replaced {
			c.Detail += "\n\nThe plan replaces the binding's destination, and therefore the binding."
		}
		if c.At != compatibility.DestinationID {
			c.Detail += "\n\nIf the catalog is wrong, set validate_with_catalog = false in the provider block."
		}
		at, detail := pathOf(strings.Split(string(c.At), ".")), plan.subject().About(c.Detail)
		if c.Uncertain && !replaced {
			diags.AddAttributeWarning(at, c.Title, detail)
			continue
		}
		if certain {
			diags.AddAttributeError(at, c.Title, detail)
			continue
		}
		diags.AddAttributeWarning(at, c.Title, detail+" If the new binding is for the replacement, the API rejects it at apply, after the old "+
			"binding was deleted. The binding may instead be for another destination that the plan creates, and with which it is compatible.")
	}
	return diags
}

// route returns the parts of a plan that must be compatible.
func (m model) route() compatibility.Route {
	return compatibility.Route{
		EventType:   knownText(m.argument("signal_filter", "event_type")),
		Deliverable: knownText(m["deliverable_type"]),
		Serializer:  knownText(m["serializer_format"]),
	}
}

// knownText returns a string; empty if it is null or unknown.
func knownText(value attr.Value) string {
	text, _ := value.(types.String)
	known, _ := blocks.Known(text)
	return known
}
