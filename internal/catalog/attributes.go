package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
)

// raw is the attribute with the complete entry.
var raw = datasources.ComputedString("Complete entry of the catalog, as JSON.")

// orNull returns text as a string; null if text is empty.
func orNull[T ~string | ~[]byte](text T) types.String {
	if len(text) == 0 {
		return types.StringNull()
	}
	return types.StringValue(string(text))
}
