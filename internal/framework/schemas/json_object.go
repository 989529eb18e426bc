package schemas

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// BlockPath is where to report what should not be shown with its line: CLIs point at the first line of a resource for something that
// its configuration does not have.
var BlockPath = path.Root("id")

// JSONObject accepts JSON objects. It never repeats the text, which may be a secret.
type JSONObject struct{ Secret bool }

// Description says what is accepted.
func (JSONObject) Description(context.Context) string { return "must be a JSON object" }

// MarkdownDescription is Description.
func (v JSONObject) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString judges a value.
func (v JSONObject) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	text, ok := Known(req.ConfigValue)
	if !ok {
		return
	}
	if _, err := jsonvalue.ParseObject(text); err != nil {
		at := req.Path
		if v.Secret {
			at = BlockPath
		}
		name, _ := req.Path.Steps().LastStep()
		resp.Diagnostics.AddAttributeError(at, "Not a JSON object",
			fmt.Sprintf("%s must be a JSON object such as jsonencode({ key = \"value\" }), but %s.", name, err))
	}
}
