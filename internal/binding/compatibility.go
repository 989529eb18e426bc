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

// checkCompatibility returns diagnostics if the parts of a planned binding are not compatible, as far as they and the API's catalogs are
// known. state is nil on create.
func (r *Resource) checkCompatibility(ctx context.Context, plan, state model) diag.Diagnostics {
	if r.compatibility == nil {
		return nil
	}
	var (
		conflicts []compatibility.Conflict
		doubts    []string
		diags     diag.Diagnostics
	)
	replaced, certain := state != nil && plan["destination_id"].IsUnknown(), true
	if replaced {
		conflicts, certain, doubts = r.compatibility.CheckReplaced(ctx, plan.route(), knownText(state["destination_id"]))
	} else {
		conflicts, doubts = r.compatibility.Check(ctx, plan.route(), text.ID(knownText(plan["destination_id"])))
	}
	if len(doubts) > 0 {
		diags.AddWarning("Delivery bindings are not fully checked",
			"The API rejects bindings whose event type, deliverable, serializer and destination are not compatible. Plans check that against its catalogs, "+
				"but:\n\n  "+strings.Join(doubts, "\n  ")+"\n\nIf a binding is not compatible, the API rejects it at apply. To plan without the catalogs, set "+
				"validate_with_catalog = false in the provider block.")
	}
	for _, c := range conflicts {
		if replaced {
			c.Detail += "\n\nThe plan replaces the binding's destination, and the binding with it."
		}
		if c.At != compatibility.DestinationID {
			c.Detail += "\n\nIf the catalog is wrong, set validate_with_catalog = false in the provider block."
		}
		at, detail := pathOf(strings.Split(string(c.At), ".")), plan.subject().About(c.Detail)
		if c.Doubtful && !replaced {
			diags.AddAttributeWarning(at, c.Title, detail)
			continue
		}
		if certain {
			diags.AddAttributeError(at, c.Title, detail)
			continue
		}
		diags.AddAttributeWarning(at, c.Title, detail+" If it stays bound to that one, the API refuses the binding at apply, when the old one is already "+
			"deleted. The plan creates other destinations with which it would be compatible, so it may move to one of them.")
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
