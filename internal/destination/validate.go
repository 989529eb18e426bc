package destination

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// ValidateConfig validates arguments together, such as which blocks can be combined. It skips unknown values.
func (r *Resource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.registerSecrets()
	resp.Diagnostics.Append(config.validateConnectors()...)
	for _, c := range connector.All {
		if v, ok := connector.BlockValues(config.blocks[c.Name]); ok {
			resp.Diagnostics.Append(c.Validate(v)...)
		}
	}
}

// validateConnectors returns an error unless exactly one connector block is set. It replaces resourcevalidator.ExactlyOneOf, whose errors name
// all connectors and not the two that conflict.
func (m *model) validateConnectors() diag.Diagnostics {
	var diags diag.Diagnostics
	var all []string
	var present []connector.Connector
	undecided := false
	for _, c := range connector.All {
		all = append(all, c.Name)
		if m.blocks[c.Name].IsUnknown() {
			undecided = true
		} else if blocks.MayBePresent(m.blocks[c.Name]) {
			present = append(present, c)
		}
	}
	switch {
	case len(present) > 1:
		diags.AddAttributeError(present[1].BlockPath(), "More than one connector block",
			fmt.Sprintf("A destination has exactly one connector block, but the resource has the blocks %s and %s.\n\nKeep one, and move each of the others to a resource of its own.",
				present[0].Name, present[1].Name))
	case len(present) == 0 && !undecided:
		diags.AddError("No connector block",
			fmt.Sprintf("A destination requires exactly one of the blocks %s. Add the block of its type.", strings.Join(all, ", ")))
	}
	return diags
}
