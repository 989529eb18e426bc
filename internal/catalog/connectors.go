// Package catalog is the data sources that read what the delivery API can do.
package catalog

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/diagnose"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// connectors is the data source talonic_delivery_connectors.
type connectors struct{ client *talonic.Client }

var _ datasource.DataSourceWithConfigure = (*connectors)(nil)

// NewConnectors returns the data source, to be configured.
func NewConnectors() datasource.DataSource { return &connectors{} }

// connectorModel is one entry of the catalog. What the catalog does not tell is null.
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

// Metadata names the data source.
func (d *connectors) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_connectors"
}

// Configure takes the client that the provider made.
func (d *connectors) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	d.client, _ = req.ProviderData.(*talonic.Client)
}

// Schema describes the data source.
func (d *connectors) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	texts := func(description string) schema.Attribute {
		return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description}
	}
	number := func(description string) schema.Attribute {
		return schema.Int64Attribute{Computed: true, MarkdownDescription: description}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The catalog of connector types: what destinations there can be, and what each of them takes.\n\n" +
			"The catalog's form is not published. Every attribute but `type` and `raw` is null where the catalog does not tell it.",
		Attributes: map[string]schema.Attribute{
			"connectors": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The connector types, sorted by `type`.",
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"type":                        text("The connector type, as destinations name it."),
					"label":                       text("What people call it."),
					"auth_types":                  texts("The kinds of credentials that it takes."),
					"supported_serializers":       texts("The wire formats that it can deliver."),
					"supported_deliverable_kinds": texts("The shapes of content that it can deliver."),
					"max_payload_bytes":           number("The largest payload that it can deliver, in bytes."),
					"delivery_semantics":          text("What one delivery is: `record`, `batch` or `file`."),
					"default_rate_limit": schema.SingleNestedAttribute{
						Computed:            true,
						MarkdownDescription: "How fast it delivers unless a binding says otherwise.",
						Attributes: map[string]schema.Attribute{
							"rate_per_sec": schema.Float64Attribute{Computed: true, MarkdownDescription: "Deliveries per second in the long run."},
							"capacity":     number("Deliveries that may be made at once."),
						},
					},
					"config_schema":      text("The schema of a destination's `config`, as JSON."),
					"auth_config_schema": text("The schema of a destination's `auth_config`, as JSON."),
					"raw":                text("The whole entry, as JSON."),
				}},
			},
		},
	}
}

// Read asks the API for the catalog.
func (d *connectors) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	if d.client == nil {
		resp.Diagnostics.AddError("Cannot read the connector catalog yet",
			"The provider's api_key or base_url is known only after apply, so the API cannot be asked. Set them from values that are known at plan time.")
		return
	}
	catalog, err := d.client.ListConnectors(ctx)
	if err != nil {
		resp.Diagnostics.AddError("Cannot read the connector catalog", diagnose.Detail(err, ""))
		return
	}
	models := make([]connectorModel, len(catalog))
	for i, c := range catalog {
		models[i] = newConnectorModel(c)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &struct {
		Connectors []connectorModel `tfsdk:"connectors"`
	}{models})...)
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
		ConfigSchema:              orNull(string(c.ConfigSchema)),
		AuthConfigSchema:          orNull(string(c.AuthConfigSchema)),
		Raw:                       types.StringValue(string(c.Raw)),
	}
	if limit := c.DefaultRateLimit; limit != nil {
		m.DefaultRateLimit = &rateLimit{types.Float64Value(limit.RatePerSec), types.Int64Value(limit.Capacity)}
	}
	return m
}

// orNull is text, or null where there is none.
func orNull(text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	return types.StringValue(text)
}
