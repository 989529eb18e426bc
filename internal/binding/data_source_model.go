package binding

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// view is a binding as data sources show it.
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

// jsonText is an object as JSON; null if the API shows none.
func jsonText(value any) types.String {
	wire := asJSON(value)
	if wire == nil {
		return types.StringNull()
	}
	return types.StringValue(jsonvalue.Quote(redact.PrintableValue(wire)))
}

// viewAttributes are the attributes of a view in the schema of a data source.
func viewAttributes() map[string]schema.Attribute {
	text := func(about string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: about}
	}
	object := func(about string) schema.Attribute {
		return text(about + ", as a JSON object (use `jsondecode`); null if the API shows none.")
	}
	return map[string]schema.Attribute{
		"id":                text("The binding's id, a UUID."),
		"name":              text("What people call the binding. The API does not demand that names are unique."),
		"event_type":        text("The type of the events that are routed."),
		"match":             object("What the payload of an event must have under which keys"),
		"deliverable_type":  text("What is made of an event."),
		"destination_id":    text("The id of the destination."),
		"serializer_format": text("The wire format."),
		"serializer_config": object("Settings of the serializer"),
		"resolver_config":   object("Settings of what makes the deliverable"),
		"field_map":         object("How the fields of the payload are changed: `rules`, `static` and `drop`"),
		"delivery_policy":   object("How often and how fast is delivered: `max_attempts`, `backoff_schedule`, `timeout_ms` and `rate_limit`"),
		"is_active":         schema.BoolAttribute{Computed: true, MarkdownDescription: "Whether the binding routes."},
		"last_status":       text("How the last delivery went; null if there was none."),
		"created_at":        text("When the binding was created (ISO 8601)."),
		"updated_at":        text("When the binding was last changed (ISO 8601)."),
	}
}
