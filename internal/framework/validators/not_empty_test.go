package validators

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func TestNotEmpty(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		value   types.String
		refused bool
	}{
		"empty":     {types.StringValue(""), true},
		"a space":   {types.StringValue(" "), false},
		"a text":    {types.StringValue("a"), false},
		"null":      {types.StringNull(), false},
		"not known": {types.StringUnknown(), false},
	} {
		var response validator.StringResponse
		NotEmpty{}.ValidateString(t.Context(), validator.StringRequest{Path: path.Root("name"), ConfigValue: c.value}, &response)
		if got := response.Diagnostics.HasError(); got != c.refused {
			t.Errorf("%s: %v", name, response.Diagnostics)
		}
	}
}
