package connector

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/suggest"
)

// Custom describes the connector for types that do not have their own block.
var Custom = Connector{
	Name:         "custom",
	description:  "Connector of a type without its own block, such as `google_sheets`.",
	TypeArgument: "type",
	OtherKeys: jsonArgument{
		Name:        "config",
		description: "Complete `config` of the destination, as a JSON object (use `jsonencode`).",
		adoptsAll:   true,
	},
	AnyCredentials: "auth_config_wo",
}

// validateOwnBlock rejects a custom block for a type that has its own block.
func (c Connector) validateOwnBlock(v Values) diag.Diagnostics {
	var diags diag.Diagnostics
	if apiType, ok := blocks.Known(c.APIType(v)); ok && c.TypeArgument != "" && For(apiType).TypeArgument == "" {
		diags.AddAttributeError(c.Path().AtName(c.TypeArgument), "Connector type has its own block",
			fmt.Sprintf("Use the %[1]s block instead of %[2]s { %[3]s = %[1]q }. If a key of config has no argument in that block, "+
				"set the key in additional_config of the block.", apiType, c.Name, c.TypeArgument))
	}
	return diags
}

// ValidateType returns a warning if the API's catalog does not contain the type of a custom block. catalog returns the types in the catalog,
// or nil if the catalog cannot be read. For other blocks, ValidateType does not call it.
func (c Connector) ValidateType(apiType string, catalog func() []string) diag.Diagnostics {
	if c.TypeArgument == "" || apiType == "" {
		return nil
	}
	known := catalog()
	if len(known) == 0 || slices.Contains(known, apiType) {
		return nil
	}
	meant := ""
	if near := suggest.Nearest(apiType, known); near != "" {
		meant = fmt.Sprintf(" Did you mean %q?", near)
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(c.Path().AtName(c.TypeArgument), "Unknown connector type",
		fmt.Sprintf("%q is not in the API's catalog.%s Known types: %s.", apiType, meant, strings.Join(known, ", ")))}
}
