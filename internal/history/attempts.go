// Package history implements the data sources of delivery attempts and dead letters, and the actions that replay and dismiss them.
//
// Attempts and dead letters are not desired state, so no resource manages them. Only an action replays or dismisses anything.
package history

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewAttempts returns the data source talonic_delivery_attempts. The framework configures it.
func NewAttempts() datasource.DataSource {
	return datasources.List[talonic.Attempt, attemptView]{
		Name:  "attempts",
		Title: "Cannot list the delivery attempts",
		Description: "Newest delivery attempts, up to `limit`. If filters are set, the list contains only attempts that match all of them. To read the bodies of a " +
			"request and a response, use `talonic_delivery_attempt`.\n\nA read costs one request if the API lists the newest attempts first. Otherwise it " +
			"costs one request per page of the list. **Assumption:** the API lists the newest attempts first. The order is undocumented.",
		ListDescription: "List of attempts, newest first.",
		Attributes:      attemptAttributes(),
		Filters: datasources.Filters[talonic.Attempt]{
			datasources.ByReading[talonic.Attempt]("binding_id", "ID of the binding to filter by.", validators.ID{}),
			datasources.ByReading[talonic.Attempt]("destination_id", "ID of the destination to filter by.", validators.ID{}),
			datasources.ByReading[talonic.Attempt]("status", "Status to filter by: `in_flight`, `succeeded` or `failed`.",
				stringvalidator.OneOf("in_flight", "succeeded", "failed")),
		},
		Select:   newestAttempts,
		View:     newAttemptView,
		Warnings: warnMalformedAttempt,
	}.NewDataSource()
}

func newestAttempts(c *talonic.Client, ctx context.Context, given datasources.Given, limit int) (*talonic.Selection[talonic.Attempt], error) {
	return c.ListAttempts(ctx, talonic.AttemptQuery{
		BindingID: given.ID("binding_id"), DestinationID: given.ID("destination_id"), Status: given.Text("status"), Limit: limit,
	})
}

// errorMessage returns the schema of an API message about a failure. The attribute is sensitive, because the message may quote the receiver's
// response or a URL with a token.
func errorMessage(of string) schema.Attribute {
	return schema.StringAttribute{
		Computed: true, Sensitive: true,
		MarkdownDescription: "Message of the API about " + of + "; null if there is none. It may quote the receiver or contain a URL, so it is sensitive: plans do " +
			"not show it, but Terraform stores it in state.",
	}
}
