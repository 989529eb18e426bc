package history

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// attemptView is an attempt as data sources show it.
type attemptView struct {
	ID             types.String `tfsdk:"id"`
	BindingID      types.String `tfsdk:"binding_id"`
	EventID        types.String `tfsdk:"event_id"`
	IdempotencyKey types.String `tfsdk:"idempotency_key"`
	Status         types.String `tfsdk:"status"`
	Attempt        types.Int64  `tfsdk:"attempt"`
	HTTPStatus     types.Int64  `tfsdk:"http_status"`
	ErrorCode      types.String `tfsdk:"error_code"`
	ErrorMessage   types.String `tfsdk:"error_message"`
	DurationMS     types.Int64  `tfsdk:"duration_ms"`
	CreatedAt      types.String `tfsdk:"created_at"`
	CompletedAt    types.String `tfsdk:"completed_at"`
}

func newAttemptView(a talonic.Attempt) attemptView {
	shown, _ := viewAttempt(a)
	return shown
}

// viewAttempt returns what is shown of an attempt, and what of it has another form than it should.
func viewAttempt(a talonic.Attempt) (attemptView, apidiag.Forms) {
	var forms apidiag.Forms
	return attemptView{
		ID:             types.StringValue(a.ID),
		BindingID:      textOrNull(a.BindingID),
		EventID:        textOrNull(string(a.EventID)),
		IdempotencyKey: textOrNull(a.IdempotencyKey),
		Status:         forms.Status("status", &a.Status),
		Attempt:        types.Int64PointerValue(a.Attempt),
		HTTPStatus:     types.Int64PointerValue(a.HTTPStatus),
		ErrorCode:      forms.Status("error_code", a.ErrorCode),
		ErrorMessage:   printable(a.ErrorMessage),
		DurationMS:     types.Int64PointerValue(a.DurationMS),
		CreatedAt:      forms.Time("created_at", string(a.CreatedAt)),
		CompletedAt:    forms.OptionalTime("completed_at", (*string)(a.CompletedAt)),
	}, forms
}

// warnMalformedAttempt says which attributes are null because the API's response has something else in their place.
func warnMalformedAttempt(a *talonic.Attempt) diag.Diagnostics {
	_, forms := viewAttempt(*a)
	return forms.Warning(apidiag.Subject{Noun: "attempt", ID: a.ID})
}

// attemptAttributes are the attributes of an attempt in the schema of a data source.
func attemptAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":              textAttribute("The attempt's id, a UUID."),
		"binding_id":      textAttribute("The id of the binding that routed the event."),
		"event_id":        textAttribute("The id of the event, a number."),
		"idempotency_key": textAttribute("What receivers recognize a repeated delivery by: the same in all attempts of the binding to deliver the event."),
		"status":          textAttribute("`in_flight`, `succeeded` or `failed`."),
		"attempt":         integerAttribute("The number of the attempt, from 1."),
		"http_status":     integerAttribute("Status of the receiver's response; null if there was no response over HTTP."),
		"error_code":      textAttribute("Why the attempt failed, in a word of the API's such as `auth_failed`, `ssrf_blocked` or `delivery_timeout`; null if it did not."),
		"error_message":   errorMessage("the failure"),
		"duration_ms":     integerAttribute("How long the attempt took, in milliseconds; null while it is in flight."),
		"created_at":      textAttribute("When the attempt began (ISO 8601)."),
		"completed_at":    textAttribute("When the attempt ended (ISO 8601); null while it is in flight."),
	}
}

// textOrNull is a text on one line, or null where there is none.
func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(redact.Printable(text))
}

// printable is a text from outside on one line.
func printable(text *string) types.String {
	if text == nil {
		return types.StringNull()
	}
	return types.StringValue(redact.Printable(jsonvalue.WithoutSecretURLs(*text)))
}
