// Package history is what became of deliveries: the attempts, the dead letters, and the actions that replay and dismiss them.
//
// It is no desired state, so there are data sources and actions, and no resources. Nothing is replayed or dismissed but by an action.
package history

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/objects"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewAttempts returns the data source talonic_delivery_attempts, to be configured.
func NewAttempts() datasource.DataSource {
	return objects.List[talonic.Attempt, attemptView]{
		Name:  "attempts",
		Title: "Cannot list the delivery attempts",
		Description: "The latest attempts to deliver: all, or those that every argument chooses. The bodies of requests and responses are not in it; " +
			"see `talonic_delivery_attempt`.\n\nIt costs one request if the API lists the newest attempts first, as the provider assumes, and otherwise one " +
			"for each page of the list.",
		ListDescription: "The attempts, the newest first.",
		Attributes:      attemptAttributes(),
		Filters: objects.Filters[talonic.Attempt]{
			objects.ByReading[talonic.Attempt]("binding_id", "Only attempts of this binding.", validators.ID{}),
			objects.ByReading[talonic.Attempt]("destination_id", "Only attempts to deliver to this destination.", validators.ID{}),
			objects.ByReading[talonic.Attempt]("status", "Only attempts with this status: `in_flight`, `succeeded` or `failed`.",
				stringvalidator.OneOf("in_flight", "succeeded", "failed")),
		},
		Select:   newestAttempts,
		View:     newAttemptView,
		Warnings: warnMalformedAttempt,
	}.NewDataSource()
}

func newestAttempts(c *talonic.Client, ctx context.Context, given objects.Given, limit int) (*talonic.Selection[talonic.Attempt], error) {
	return c.ListAttempts(ctx, talonic.AttemptQuery{
		BindingID: given.ID("binding_id"), DestinationID: given.ID("destination_id"), Status: given.Text("status"), Limit: limit,
	})
}

func textAttribute(about string) schema.Attribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: about}
}

func integerAttribute(about string) schema.Attribute {
	return schema.Int64Attribute{Computed: true, MarkdownDescription: about}
}

// errorMessage is what the API says of a failure. It is sensitive: it may repeat what the receiver answered, or a URL with a token.
func errorMessage(of string) schema.Attribute {
	return schema.StringAttribute{
		Computed: true, Sensitive: true,
		MarkdownDescription: "What the API says of " + of + "; null if it says nothing. It may repeat words of the receiver or a URL, so it is sensitive: " +
			"not shown in plans, but kept in state.",
	}
}
