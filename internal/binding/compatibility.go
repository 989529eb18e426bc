package binding

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
)

// checkCompatibility judges whether the parts of a planned binding go together, as far as they and the API's catalogs are known.
func (r *Resource) checkCompatibility(ctx context.Context, plan model) diag.Diagnostics {
	if r.compatibility == nil {
		return nil
	}
	conflicts, doubts := r.compatibility.Check(ctx, plan.route(), knownText(plan["destination_id"]))
	var diags diag.Diagnostics
	if len(doubts) > 0 {
		diags.AddWarning("Delivery bindings are not fully checked",
			"The API refuses bindings whose event type, deliverable, serializer and destination do not go together. Plans check that by its catalogs, "+
				"but:\n\n  "+strings.Join(doubts, "\n  ")+"\n\nWhat is wrong nevertheless, the API says at apply. To plan without the catalogs, set "+
				"validate_with_catalog = false in the provider block.")
	}
	for _, c := range conflicts {
		if c.At != compatibility.DestinationID {
			c.Detail += "\n\nIf the catalog is wrong, set validate_with_catalog = false in the provider block."
		}
		diags.AddAttributeError(pathOf(strings.Split(string(c.At), ".")), fmt.Sprintf("%s (delivery binding %s)", c.Title, plan.subject().Label()),
			c.Detail)
	}
	return diags
}

// route is what of a plan has to go together.
func (m model) route() compatibility.Route {
	return compatibility.Route{
		EventType:   knownText(m.argument("signal_filter", "event_type")),
		Deliverable: knownText(m["deliverable_type"]),
		Serializer:  knownText(m["serializer_format"]),
	}
}

// knownText is a text; empty if it is not known.
func knownText(value attr.Value) string {
	text, _ := value.(types.String)
	known, _ := schemas.Known(text)
	return known
}
