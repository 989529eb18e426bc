// Package validators holds validators that several resources use.
package validators

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// NotEmpty accepts strings that are not empty. It ignores null and unknown values. It replaces stringvalidator.LengthAtLeast, whose error does
// not state that a variable may be unset.
type NotEmpty struct{}

// Description returns the requirement.
func (NotEmpty) Description(context.Context) string { return "must not be empty" }

// MarkdownDescription returns [NotEmpty.Description].
func (v NotEmpty) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString validates a value.
func (NotEmpty) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if text, ok := blocks.Known(req.ConfigValue); ok && text == "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Empty argument",
			fmt.Sprintf("%s is empty.\n\nIf the value comes from a variable, set the variable. If you do not need the argument, omit it.", req.Path))
	}
}
