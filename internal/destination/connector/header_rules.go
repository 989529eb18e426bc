package connector

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// reserved lists the headers that the API or HTTP sets for every delivery.
var reserved = []string{"connection", "content-length", "content-type", "host", "transfer-encoding", "user-agent"}

// isReserved reports whether the API or HTTP sets a header.
func isReserved(name string) bool {
	name = strings.ToLower(name)
	return slices.Contains(reserved, name) || strings.HasPrefix(name, "x-talonic-")
}

// validateHeaders returns an error for each header that is set both in headers and by a credential block.
func (c Connector) validateHeaders(v Values) diag.Diagnostics {
	given, ok := v["headers"].(types.Map)
	if !ok {
		return nil
	}
	var diags diag.Diagnostics
	for _, name := range slices.Sorted(maps.Keys(given.Elements())) {
		for _, block := range c.Credentials {
			inner, ok := BlockValues(v.List(block.Name))
			if ok && block.header != nil && strings.EqualFold(name, block.header(inner)) {
				diags.AddAttributeError(c.BlockPath(), "Header conflicts with credentials",
					fmt.Sprintf("The headers argument sets %q, and the API sends the credentials of the %s block in the same header.\n\nRemove the header or the block.", name, block.Name))
			}
		}
	}
	return diags
}

// authorizationHeader returns the header of bearer tokens and HTTP Basic authentication.
func authorizationHeader(Values) string { return "Authorization" }

// apiKeyHeader returns the header of an API key.
func apiKeyHeader(block Values) string {
	text := block.Text("header_name")
	if name, ok := blocks.Known(text); ok || text.IsUnknown() {
		return name
	}
	return "X-API-Key" // API default
}
