package history

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/objects"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// letterNoun is what texts call a dead letter.
const letterNoun = "dead letter"

// ofDestination says what becomes of dead letters whose binding is gone. An API page says that they go along with their destination only.
const ofDestination = "A dead letter shows its binding only, so those of deleted bindings are not among them."

// NewDeadLetters returns the data source talonic_delivery_dead_letters, to be configured.
func NewDeadLetters() datasource.DataSource {
	return objects.List[talonic.DeadLetter, letterView]{
		Name:  "dead_letters",
		Title: "Cannot list the delivery dead letters",
		Description: "The events that could not be delivered and that the API does not try to deliver any more: all, or those that every argument " +
			"chooses.\n\nThe API documents no filter for dead letters, so each of these data sources reads all of them: one request, and one more for " +
			"each page if the API pages. With `destination_id`, it also reads the bindings, from the list request that everything shares which asks " +
			"for bindings.",
		ListDescription: "The dead letters, the oldest first.",
		Attributes:      letterAttributes(),
		Filters: objects.Filters[talonic.DeadLetter]{
			objects.ByReading[talonic.DeadLetter]("binding_id", "Only dead letters of this binding.", validators.ID{}),
			objects.ByReading[talonic.DeadLetter]("destination_id", "Only dead letters of the bindings to this destination. "+ofDestination, validators.ID{}),
			objects.ByReading[talonic.DeadLetter]("error_code", "Only dead letters with this error code, such as `connector_5xx`, `auth_failed`, "+
				"`ssrf_blocked`, `payload_too_large` or `delivery_timeout`."),
		},
		Select:   oldestDeadLetters,
		View:     newLetterView,
		Warnings: warnMalformedLetter,
	}.NewDataSource()
}

func oldestDeadLetters(c *talonic.Client, ctx context.Context, given objects.Given, limit int) (*talonic.Selection[talonic.DeadLetter], error) {
	matches, err := chosen(ctx, c, given.ID("binding_id"), given.ID("destination_id"), given.Text("error_code"))
	if err != nil {
		return nil, err
	}
	return c.ListDeadLetters(ctx, matches, limit)
}

// chosen returns whether a dead letter has what is given. An empty text chooses all. The bindings are read if there is a destination.
func chosen(ctx context.Context, c *talonic.Client, bindingID, destinationID, errorCode string) (func(talonic.DeadLetter) bool, error) {
	var routes map[string]bool // the bindings to the destination; nil: to any
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

// letterView is a dead letter as the data source shows it.
type letterView struct {
	ID            types.String `tfsdk:"id"`
	BindingID     types.String `tfsdk:"binding_id"`
	EventID       types.String `tfsdk:"event_id"`
	LastAttemptID types.String `tfsdk:"last_attempt_id"`
	ErrorCode     types.String `tfsdk:"error_code"`
	ErrorMessage  types.String `tfsdk:"error_message"`
	Attempts      types.Int64  `tfsdk:"attempts"`
	CreatedAt     types.String `tfsdk:"created_at"`
}

func newLetterView(d talonic.DeadLetter) letterView {
	shown, _ := viewLetter(d)
	return shown
}

// viewLetter returns what is shown of a dead letter, and what of it has another form than it should.
func viewLetter(d talonic.DeadLetter) (letterView, apidiag.Forms) {
	var forms apidiag.Forms
	return letterView{
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

// warnMalformedLetter says which attributes are null because the API's response has something else in their place.
func warnMalformedLetter(d *talonic.DeadLetter) diag.Diagnostics {
	_, forms := viewLetter(*d)
	return forms.Warning(apidiag.Subject{Noun: letterNoun, ID: d.ID})
}

// letterAttributes are the attributes of a dead letter in the schema.
func letterAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":              textAttribute("The dead letter's id, a UUID."),
		"binding_id":      textAttribute("The id of the binding that could not deliver the event."),
		"event_id":        textAttribute("The id of the event, a number."),
		"last_attempt_id": textAttribute("The id of the last attempt; null if there is none. `talonic_delivery_attempt` has it."),
		"error_code": textAttribute("Why the event could not be delivered, in a word of the API's such as `connector_5xx`, `auth_failed`, `ssrf_blocked`, " +
			"`payload_too_large` or `delivery_timeout`."),
		"error_message": errorMessage("the last failure"),
		"attempts":      integerAttribute("How many attempts were made."),
		"created_at":    textAttribute("When the API gave up (ISO 8601)."),
	}
}
