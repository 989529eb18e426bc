package history

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// deadLetterNoun names a dead letter in messages.
const deadLetterNoun = "dead letter"

// ofDestination describes a limit of filtering by destination_id. According to the API docs, deleting a destination also deletes its dead
// letters. The docs do not state that for bindings, so dead letters of a deleted binding may remain.
//
// API docs: Get / Update / Delete / Test.
const ofDestination = "Dead letters of deleted bindings do not match: a dead letter names only its binding, and the provider finds the destination through that binding."

// NewDeadLetters returns the data source talonic_delivery_dead_letters. The framework configures it.
func NewDeadLetters() datasource.DataSource {
	return datasources.List[talonic.DeadLetter, deadLetterView]{
		Name:  "dead_letters",
		Title: "Cannot list the delivery dead letters",
		Description: "Dead letters. If filters are set, the list contains only dead letters that match all of them. A dead letter is an event that the API could not " +
			"deliver and no longer retries.\n\nThe API documents no filter for dead letters, so the data source reads all of them, with one request per page. " +
			"With `destination_id`, it also reads the bindings. All data sources and resources that read bindings in one run share one list request.",
		ListDescription: "List of dead letters, oldest first.",
		Attributes:      deadLetterAttributes(),
		Filters: datasources.Filters[talonic.DeadLetter]{
			datasources.ByReading[talonic.DeadLetter]("binding_id", "ID of the binding to filter by.", validators.ID{}),
			datasources.ByReading[talonic.DeadLetter]("destination_id", "ID of the destination to filter by. "+ofDestination, validators.ID{}),
			datasources.ByReading[talonic.DeadLetter]("error_code", "Error code to filter by, such as `connector_5xx`, `auth_failed`, "+
				"`ssrf_blocked`, `payload_too_large` or `delivery_timeout`."),
		},
		Select:   oldestDeadLetters,
		View:     newDeadLetterView,
		Warnings: warnMalformedDeadLetter,
	}.NewDataSource()
}

func oldestDeadLetters(c *talonic.Client, ctx context.Context, given datasources.Given, limit int) (*talonic.Selection[talonic.DeadLetter], error) {
	matches, err := deadLetterFilter(ctx, c, given.ID("binding_id"), given.ID("destination_id"), given.Text("error_code"))
	if err != nil {
		return nil, err
	}
	return c.ListDeadLetters(ctx, matches, limit)
}

// deadLetterFilter returns a function that reports whether a dead letter matches all arguments. An empty argument matches every dead letter. If
// destinationID is not empty, deadLetterFilter reads the bindings.
func deadLetterFilter(ctx context.Context, c *talonic.Client, bindingID, destinationID, errorCode string) (func(talonic.DeadLetter) bool, error) {
	var routes map[string]bool // IDs of the destination's bindings; nil: all bindings match
	if destinationID != "" {
		all, err := c.CachedBindings(ctx)
		if err != nil {
			return nil, err
		}
		routes = map[string]bool{}
		for _, b := range all {
			if text.SameID(b.DestinationID, destinationID) {
				routes[text.ID(b.ID)] = true
			}
		}
	}
	return func(d talonic.DeadLetter) bool {
		return (bindingID == "" || text.SameID(d.BindingID, bindingID)) &&
			(routes == nil || routes[text.ID(d.BindingID)]) &&
			(errorCode == "" || d.ErrorCode != nil && text.Equal(*d.ErrorCode, errorCode))
	}, nil
}

// deadLetterView holds the attributes of a dead letter in the data source.
type deadLetterView struct {
	ID            types.String `tfsdk:"id"`
	BindingID     types.String `tfsdk:"binding_id"`
	EventID       types.String `tfsdk:"event_id"`
	LastAttemptID types.String `tfsdk:"last_attempt_id"`
	ErrorCode     types.String `tfsdk:"error_code"`
	ErrorMessage  types.String `tfsdk:"error_message"`
	Attempts      types.Int64  `tfsdk:"attempts"`
	CreatedAt     types.String `tfsdk:"created_at"`
}

func newDeadLetterView(d talonic.DeadLetter) deadLetterView {
	shown, _ := viewDeadLetter(d)
	return shown
}

// viewDeadLetter returns the attributes of a dead letter, and the malformed fields of the API's response.
func viewDeadLetter(d talonic.DeadLetter) (deadLetterView, apidiag.Forms) {
	var forms apidiag.Forms
	return deadLetterView{
		ID:            types.StringValue(d.ID),
		BindingID:     textOrNull(d.BindingID),
		EventID:       textOrNull(string(d.EventID)),
		LastAttemptID: textOrNull(d.LastItemID),
		ErrorCode:     forms.Status("error_code", d.ErrorCode),
		ErrorMessage:  printable(d.ErrorMessage),
		Attempts:      types.Int64PointerValue(d.Attempts),
		CreatedAt:     forms.Time("created_at", string(d.CreatedAt)),
	}, forms
}

// warnMalformedDeadLetter returns a warning about attributes that are null because the API's response has a malformed value for them.
func warnMalformedDeadLetter(d *talonic.DeadLetter) diag.Diagnostics {
	_, forms := viewDeadLetter(*d)
	return forms.Warning(apidiag.Subject{Noun: deadLetterNoun, ID: d.ID})
}

// deadLetterAttributes returns the schema of a dead letter in the data source.
func deadLetterAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":              datasources.ComputedString("ID of the dead letter, a UUID."),
		"binding_id":      datasources.ComputedString("ID of the binding that routed the event."),
		"event_id":        datasources.ComputedString("ID of the event, a number in a string."),
		"last_attempt_id": datasources.ComputedString("ID of the last attempt, for use in `talonic_delivery_attempt`; null if there is none."),
		"error_code": datasources.ComputedString("Error code of the API for the last failure, such as `connector_5xx`, `auth_failed`, `ssrf_blocked`, " +
			"`payload_too_large` or `delivery_timeout`."),
		"error_message": errorMessage("the last failure"),
		"attempts":      datasources.ComputedInt64("Number of attempts."),
		"created_at":    datasources.ComputedString("Time at which the API stored the dead letter (ISO 8601)."),
	}
}
