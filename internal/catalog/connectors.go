package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewConnectors returns the data source talonic_delivery_connectors, to be configured.
func NewConnectors() datasource.DataSource { return connectors.newDataSource() }

var connectors = description[talonic.Connector, connectorModel]{
	name:      "connectors",
	entry:     "connector",
	key:       "type",
	about:     "The catalog of connector types: what destinations there can be, and what each of them takes.",
	aboutList: "The connector types, sorted by `type`.",
	attributes: map[string]schema.Attribute{
		"type":                        text("The connector type, as destinations name it."),
		"label":                       text("What people call it."),
		"auth_types":                  texts("The kinds of credentials that it takes."),
		"supported_serializers":       texts("The wire formats that it can deliver."),
		"supported_deliverable_kinds": texts("The shapes of content that it can deliver."),
		"max_payload_bytes":           integer("The largest payload that it can deliver, in bytes."),
		"delivery_semantics":          text("What one delivery is: `record`, `batch` or `file`."),
		"default_rate_limit": schema.SingleNestedAttribute{
			Computed:            true,
			MarkdownDescription: "How fast it delivers unless a binding says otherwise.",
			Attributes: map[string]schema.Attribute{
				"rate_per_sec": schema.Float64Attribute{Computed: true, MarkdownDescription: "Deliveries per second in the long run."},
				"capacity":     integer("Deliveries that may be made at once."),
			},
		},
		"config_schema":      text("The schema of a destination's `config`, as JSON."),
		"auth_config_schema": text("The schema of a destination's `auth_config`, as JSON."),
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
