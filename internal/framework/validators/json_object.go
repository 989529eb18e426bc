package validators

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// JSONObject accepts JSON objects. Its errors never quote the text, because the text may be a secret.
type JSONObject struct{ Secret bool }

// Description returns the requirement.
func (JSONObject) Description(context.Context) string { return "must be a JSON object" }

// MarkdownDescription returns [JSONObject.Description].
func (v JSONObject) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString validates a value.
func (v JSONObject) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	text, ok := blocks.Known(req.ConfigValue)
	if !ok {
		return
	}
	if _, err := jsonvalue.ParseObject(text); err != nil {
		at := req.Path
		if v.Secret {
			at = blocks.BlockPath
		}
		name, _ := req.Path.Steps().LastStep()
		resp.Diagnostics.AddAttributeError(at, "Not a JSON object",
			fmt.Sprintf("%s must be a JSON object, such as jsonencode({ key = \"value\" }), but %s.", name, err))
	}
}
