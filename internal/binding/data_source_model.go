package binding

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// view holds the attributes of a binding in data sources.
type view struct {
	ID               types.String `tfsdk:"id"`
	Name             types.String `tfsdk:"name"`
	EventType        types.String `tfsdk:"event_type"`
	Match            types.String `tfsdk:"match"`
	DeliverableType  types.String `tfsdk:"deliverable_type"`
	DestinationID    types.String `tfsdk:"destination_id"`
	SerializerFormat types.String `tfsdk:"serializer_format"`
	SerializerConfig types.String `tfsdk:"serializer_config"`
	ResolverConfig   types.String `tfsdk:"resolver_config"`
	FieldMap         types.String `tfsdk:"field_map"`
	DeliveryPolicy   types.String `tfsdk:"delivery_policy"`
	IsActive         types.Bool   `tfsdk:"is_active"`
	LastStatus       types.String `tfsdk:"last_status"`
	CreatedAt        types.String `tfsdk:"created_at"`
	UpdatedAt        types.String `tfsdk:"updated_at"`
}

func newView(b talonic.Binding) view {
	a := formed(&b)
	return view{
		ID:               types.StringValue(b.ID),
		Name:             types.StringValue(redact.Printable(b.Name)),
		EventType:        types.StringValue(redact.Printable(b.SignalFilter.EventType)),
		Match:            jsonText(b.SignalFilter.Match),
		DeliverableType:  types.StringValue(redact.Printable(b.DeliverableType)),
		DestinationID:    types.StringValue(redact.Printable(b.DestinationID)),
		SerializerFormat: types.StringValue(redact.Printable(b.SerializerFormat)),
		SerializerConfig: jsonText(b.SerializerConfig),
		ResolverConfig:   jsonText(b.ResolverConfig),
		FieldMap:         jsonText(b.FieldMap),
		DeliveryPolicy:   jsonText(b.DeliveryPolicy),
		IsActive:         types.BoolValue(b.IsActive),
		LastStatus:       a.lastStatus,
		CreatedAt:        a.createdAt,
		UpdatedAt:        a.updatedAt,
	}
}

// jsonText returns an object as JSON; null if the API does not return it.
func jsonText(value any) types.String {
	wire := jsonvalue.Of(value)
	if wire == nil {
		return types.StringNull()
	}
	return types.StringValue(jsonvalue.Quote(redact.PrintableValue(wire)))
}

// viewAttributes returns the schema attributes of a view.
func viewAttributes() map[string]schema.Attribute {
	object := func(about string) schema.Attribute {
		return datasources.ComputedString(about + ", as a JSON object (use `jsondecode`); null if the API returns none.")
	}
	return map[string]schema.Attribute{
		"id":                datasources.ComputedString("ID of the binding, a UUID."),
		"name":              datasources.ComputedString("Name of the binding. The API does not require unique names."),
		"event_type":        datasources.ComputedString("Type of the events that the binding routes."),
		"match":             object("Payload keys and the values that they must have for an event to be routed"),
		"deliverable_type":  datasources.ComputedString("Type of the deliverable that the API builds from an event."),
		"destination_id":    datasources.ComputedString("ID of the destination."),
		"serializer_format": datasources.ComputedString("Wire format of the deliveries."),
		"serializer_config": object("Settings of the serializer"),
		"resolver_config":   object("Settings of the resolver, which builds the deliverable"),
		"field_map":         object("Changes to the fields of the payload (`rules`, `static` and `drop`)"),
		"delivery_policy":   object("Attempts, timeout and rate limit of deliveries (`max_attempts`, `backoff_schedule`, `timeout_ms` and `rate_limit`)"),
		"is_active":         datasources.ComputedBool("Whether the binding routes events."),
		"last_status":       datasources.ComputedString("Status of the last delivery; null if there was no delivery."),
		"created_at":        datasources.ComputedString("Time of the creation (ISO 8601)."),
		"updated_at":        datasources.ComputedString("Time of the last change (ISO 8601)."),
	}
}
