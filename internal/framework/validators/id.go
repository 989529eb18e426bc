package validators

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// ID accepts the IDs of API objects, which are UUIDs in any notation. It replaces stringvalidator.RegexMatches, whose error does not suggest a
// reference to a resource.
type ID struct{}

// Description returns the requirement.
func (ID) Description(context.Context) string { return "must be a UUID" }

// MarkdownDescription returns [ID.Description].
func (v ID) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString validates a value.
func (ID) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if id, ok := blocks.Known(req.ConfigValue); ok && id != "" && !text.IsID(id) { // NotEmpty reports an empty value
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid ID",
			fmt.Sprintf("%s is not a valid ID, because the API's IDs are UUIDs.\n\nRefer to the ID of a resource or data source, such as talonic_delivery_destination.example.id.", req.Path))
	}
}
