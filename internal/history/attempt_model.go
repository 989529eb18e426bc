package history

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// attemptView holds the attributes of an attempt in data sources.
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

// viewAttempt returns the attributes of an attempt, and the malformed fields of the API's response.
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

// warnMalformedAttempt returns a warning about attributes that are null because the API's response has a malformed value for them.
func warnMalformedAttempt(a *talonic.Attempt) diag.Diagnostics {
	_, forms := viewAttempt(*a)
	return forms.Warning(apidiag.Subject{Noun: attemptNoun, ID: a.ID})
}

// attemptAttributes returns the schema of an attempt in data sources.
func attemptAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":              datasources.ComputedString("ID of the attempt, a UUID."),
		"binding_id":      datasources.ComputedString("ID of the binding that routed the event."),
		"event_id":        datasources.ComputedString("ID of the event, a number in a string."),
		"idempotency_key": datasources.ComputedString("Key by which a receiver detects a repeated delivery. If a binding delivers the same event several times, all attempts have the same key."),
		"status":          datasources.ComputedString("Status of the attempt: `in_flight`, `succeeded` or `failed`."),
		"attempt":         datasources.ComputedInt64("Number of the attempt, starting at 1."),
		"http_status":     datasources.ComputedInt64("HTTP status of the receiver's response; null if there was no HTTP response."),
		"error_code":      datasources.ComputedString("Error code of the API, such as `auth_failed`, `ssrf_blocked` or `delivery_timeout`; null if the attempt did not fail."),
		"error_message":   errorMessage("the failure"),
		"duration_ms":     datasources.ComputedInt64("Duration of the attempt, in milliseconds; null while it is in flight."),
		"created_at":      datasources.ComputedString("Time at which the attempt began (ISO 8601)."),
		"completed_at":    datasources.ComputedString("Time at which the attempt ended (ISO 8601); null while it is in flight."),
	}
}

// textOrNull returns text as one line, or null if text is empty.
func textOrNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(redact.Printable(text))
}

// printable returns a text from the API as one line; null for nil.
func printable(text *string) types.String {
	if text == nil {
		return types.StringNull()
	}
	return types.StringValue(redact.Printable(*text))
}
