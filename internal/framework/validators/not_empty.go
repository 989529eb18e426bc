// Package validators has the validators that several resources use.
package validators

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// NotEmpty accepts strings that have a character. What is left out or null is none of its business.
type NotEmpty struct{}

// Description says what is accepted.
func (NotEmpty) Description(context.Context) string { return "must not be empty" }

// MarkdownDescription is Description.
func (v NotEmpty) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString judges a value.
func (NotEmpty) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if text, ok := blocks.Known(req.ConfigValue); ok && text == "" {
		resp.Diagnostics.AddAttributeError(req.Path, "Empty argument",
			fmt.Sprintf("%s is empty. If its value comes from a variable, see that it is set; an argument that is not needed can be omitted or null.", req.Path))
	}
}
