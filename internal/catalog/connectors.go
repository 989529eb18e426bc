package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewConnectors returns the data source talonic_delivery_connectors, not yet configured.
func NewConnectors() datasource.DataSource { return connectors.newDataSource() }

var connectors = description[talonic.Connector, connectorModel]{
	name:      "connectors",
	entry:     "connector",
	key:       "type",
	about:     "Catalog of connector types. Each entry lists the settings, credentials and formats that destinations of the type support.",
	aboutList: "List of connector types, sorted by `type`.",
	attributes: map[string]schema.Attribute{
		"type":                        datasources.ComputedString("Connector type, as in `type` of a destination."),
		"label":                       datasources.ComputedString("Display name of the connector type."),
		"auth_types":                  datasources.ComputedStrings("Types of credentials that the connector accepts."),
		"supported_serializers":       datasources.ComputedStrings("Wire formats that the connector can deliver."),
		"supported_deliverable_kinds": datasources.ComputedStrings("Kinds of shapes that the connector can deliver."),
		"max_payload_bytes":           datasources.ComputedInt64("Maximum size of a payload, in bytes."),
		"delivery_semantics":          datasources.ComputedString("Unit of delivery: `record`, `batch` or `file`."),
		"default_rate_limit": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "Rate limit of deliveries, unless a binding sets its own.",
			Attributes: map[string]schema.Attribute{
				"rate_per_sec": schema.Float64Attribute{Computed: true, MarkdownDescription: "Maximum average number of deliveries per second."},
				"capacity":     datasources.ComputedInt64("Maximum number of deliveries in a burst."),
			},
		},
		"config_schema":      datasources.ComputedString("Schema of a destination's `config`, as JSON."),
		"auth_config_schema": datasources.ComputedString("Schema of a destination's `auth_config`, as JSON."),
		"raw":                raw,
	},
	list:     (*talonic.Client).ListConnectors,
	newModel: newConnectorModel,
}

type connectorModel struct {
	Type                      types.String `tfsdk:"type"`
	Label                     types.String `tfsdk:"label"`
	AuthTypes                 []string     `tfsdk:"auth_types"`
	SupportedSerializers      []string     `tfsdk:"supported_serializers"`
	SupportedDeliverableKinds []string     `tfsdk:"supported_deliverable_kinds"`
	MaxPayloadBytes           types.Int64  `tfsdk:"max_payload_bytes"`
	DeliverySemantics         types.String `tfsdk:"delivery_semantics"`
	DefaultRateLimit          *rateLimit   `tfsdk:"default_rate_limit"`
	ConfigSchema              types.String `tfsdk:"config_schema"`
	AuthConfigSchema          types.String `tfsdk:"auth_config_schema"`
	Raw                       types.String `tfsdk:"raw"`
}

type rateLimit struct {
	RatePerSec types.Float64 `tfsdk:"rate_per_sec"`
	Capacity   types.Int64   `tfsdk:"capacity"`
}

func newConnectorModel(c talonic.Connector) connectorModel {
	m := connectorModel{
		Type:                      types.StringValue(c.Type),
		Label:                     orNull(c.Label),
		AuthTypes:                 c.AuthTypes,
		SupportedSerializers:      c.SupportedSerializers,
		SupportedDeliverableKinds: c.SupportedDeliverableKinds,
		MaxPayloadBytes:           types.Int64PointerValue(c.MaxPayloadBytes),
		DeliverySemantics:         orNull(c.DeliverySemantics),
		ConfigSchema:              orNull(c.ConfigSchema),
		AuthConfigSchema:          orNull(c.AuthConfigSchema),
		Raw:                       orNull(c.Raw),
	}
	if limit := c.DefaultRateLimit; limit != nil {
		m.DefaultRateLimit = &rateLimit{types.Float64Value(limit.RatePerSec), types.Int64Value(limit.Capacity)}
	}
	return m
}
