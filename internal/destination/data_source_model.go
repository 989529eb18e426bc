package destination

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// view holds the attributes of a destination in data sources.
type view struct {
	ID                 types.String `tfsdk:"id"`
	Name               types.String `tfsdk:"name"`
	Type               types.String `tfsdk:"type"`
	IsActive           types.Bool   `tfsdk:"is_active"`
	PayloadCapBytes    types.Int64  `tfsdk:"payload_cap_bytes"`
	HasAuthConfig      types.Bool   `tfsdk:"has_auth_config"`
	HasSigningSecret   types.Bool   `tfsdk:"has_signing_secret"`
	Config             types.String `tfsdk:"config"`
	LastDeliveryAt     types.String `tfsdk:"last_delivery_at"`
	LastDeliveryStatus types.String `tfsdk:"last_delivery_status"`
	CreatedAt          types.String `tfsdk:"created_at"`
	UpdatedAt          types.String `tfsdk:"updated_at"`
}

func newView(d talonic.Destination) view {
	a := formed(&d)
	return view{
		ID:                 types.StringValue(d.ID),
		Name:               types.StringValue(redact.Printable(d.Name)),
		Type:               types.StringValue(redact.Printable(d.Type)),
		IsActive:           types.BoolValue(d.IsActive),
		PayloadCapBytes:    types.Int64PointerValue(d.PayloadCapBytes),
		HasAuthConfig:      types.BoolPointerValue(d.HasAuthConfig),
		HasSigningSecret:   types.BoolPointerValue(d.HasSigningSecret),
		Config:             configText(d.Config, d.RawConfig()),
		LastDeliveryAt:     a.lastDeliveryAt,
		LastDeliveryStatus: a.lastDeliveryStatus,
		CreatedAt:          a.createdAt,
		UpdatedAt:          a.updatedAt,
	}
}

// configText returns a config as JSON; null if the API does not return it. It masks credentials, because users of the data source may not be
// the users who configured them. raw is the config before secrets were redacted.
func configText(shown, raw connector.Config) types.String {
	if shown == nil {
		return types.StringNull()
	}
	masked := connector.Config{}
	for key, value := range shown {
		masked[key] = withoutCredentials(value, connector.IsCredentialName(key))
		if host := hostOfRedacted(value, raw[key]); host != "" && !connector.IsCredentialName(key) {
			masked[key] = host
		}
	}
	return types.StringValue(jsonvalue.Quote(redact.PrintableValue(masked)))
}

// hostOfRedacted returns the scheme and the host of a URL that was redacted, or "" if the value is not such a URL. A run that does not know
// the URL as a secret shows only its scheme and host, so a run that knows the URL must show the same text.
func hostOfRedacted(shown, raw any) string {
	text, isText := raw.(string)
	if !isText || shown != redact.Redacted {
		return ""
	}
	host := jsonvalue.ShownURL(text)
	if redact.Process.Repeats(host) {
		return ""
	}
	return host
}

// withoutCredentials returns the value of a key of config with masks in place of credentials, which it recognizes by their names. isOne
// reports whether the key itself has the name of a credential.
func withoutCredentials(value any, isOne bool) any {
	if isOne {
		return redact.Redacted
	}
	switch value := value.(type) {
	case map[string]any:
		masked := map[string]any{}
		for key, inner := range value {
			masked[key] = withoutCredentials(inner, connector.IsCredentialName(key))
		}
		return masked
	case []any:
		masked := make([]any, len(value))
		for i, inner := range value {
			masked[i] = withoutCredentials(inner, false)
		}
		return masked
	case string:
		return jsonvalue.WithoutSecretURLs(jsonvalue.WithoutSecretURL(value))
	}
	return value
}

// viewAttributes returns the schema attributes of a view.
func viewAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                 datasources.ComputedString("ID of the destination, a UUID."),
		"name":               datasources.ComputedString("Name of the destination. The API does not require unique names."),
		"type":               datasources.ComputedString("Type of the connector."),
		"is_active":          datasources.ComputedBool("Whether deliveries are enabled."),
		"payload_cap_bytes":  datasources.ComputedInt64("Maximum size of a delivered payload, in bytes; null for the API default of 5 MiB."),
		"has_auth_config":    datasources.ComputedBool("Whether the API has credentials for the destination; null if the API does not return it."),
		"has_signing_secret": datasources.ComputedBool("Whether the API has a signing secret for the destination; null if the API does not return it."),
		"config": schema.StringAttribute{
			Computed:  true,
			Sensitive: true,
			MarkdownDescription: "Settings of the connector as the API returns them, as a JSON object (use `jsondecode`). If the name of a key or a header " +
				"looks like that of a credential, its value is `" + redact.Redacted + "`. Other values, such as a URL, can also contain " +
				"credentials, so this attribute is sensitive: plans do not show it, but the state contains it.",
		},
		"last_delivery_at":     datasources.ComputedString("Time of the last delivery (ISO 8601); null if there was no delivery."),
		"last_delivery_status": datasources.ComputedString("Status of the last delivery; null if there was no delivery."),
		"created_at":           datasources.ComputedString("Time of the creation (ISO 8601)."),
		"updated_at":           datasources.ComputedString("Time of the last change (ISO 8601)."),
	}
}
