package connector

import (
	"context"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/net/http/httpguts"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Webhook describes the connector that posts every delivery to a URL.
var Webhook = Connector{
	Name:        "webhook",
	description: "Webhook: a URL to which the API posts each delivery.",
	Arguments: []argument{
		required("url", "Absolute URL to which the API posts deliveries. Use `https`; for `http`, the provider warns. Plan and state store the URL. Exactly one of `url` and `url_wo` is required.",
			httpURL{}).
			withNormalizer(normalizeURL).
			orWriteOnly("URL that contains a secret, such as a webhook URL of Slack, Microsoft Teams, Zapier or Make. Required when `url` is omitted. "+
				"Neither plan nor state stores it, but the API and its dashboard show it.", httpURL{isSecret: true}),
		argument{Name: "headers", Attribute: schema.MapAttribute{
			ElementType: types.StringType,
			Optional:    true,
			MarkdownDescription: "Static headers that the API sends with every request. The state stores them, and the API returns them. Use a credential " +
				"block for secrets.",
			Validators: []validator.Map{headers{}},
		}}.withAPIDefault(map[string]any{}).withNormalizer(normalizeHeaders),
	},
	OtherKeys:     additionalConfig,
	signingSecret: true,
	Credentials: []credentialBlock{
		{
			Name:        "auth_bearer",
			kind:        "bearer",
			header:      authorizationHeader,
			description: "Bearer token authentication.",
			Arguments: []credentialArgument{
				requiredSecret("token_wo", "Bearer token, sent as `Authorization: Bearer ...`. Required whenever the credentials are sent.", inHeader),
			},
		},
		{
			Name:        "auth_basic",
			kind:        "basic",
			header:      authorizationHeader,
			description: "HTTP Basic authentication.",
			Arguments: []credentialArgument{
				nonSecret("username", schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "User name for HTTP Basic authentication.",
					Validators:          []validator.String{ofBasic},
				}),
				requiredSecretOrEmpty("password_wo", "Password for HTTP Basic authentication. Required whenever the credentials are sent. If there is no "+
					"password, for example because the receiver expects a key as the user name, set it to `\"\"`.", ofBasic),
			},
		},
		{
			Name:        "auth_api_key",
			kind:        "api_key",
			header:      apiKeyHeader,
			description: "API key authentication, with the key in a header.",
			Arguments: []credentialArgument{
				requiredSecret("api_key_wo", "API key, sent in the header `header_name`. Required whenever the credentials are sent.", inHeader),
				nonSecret("header_name", schema.StringAttribute{
					Optional:            true,
					MarkdownDescription: "Name of the header that contains the API key. Defaults to `X-API-Key` (API default).",
					Validators:          []validator.String{headerName{}},
				}),
			},
		},
	},
}

// normalizeURL returns a URL in the normalized form of [jsonvalue.NormalURL], without trailing slashes and with Unicode in composed form.
// Servers are known to normalize URLs in these ways.
func normalizeURL(v any) any {
	given, ok := v.(string)
	if !ok || jsonvalue.ShownURL(given) == "" || jsonvalue.IsMasked(given) {
		return v
	}
	normal := jsonvalue.NormalURL(given)
	end := strings.IndexAny(normal, "?#")
	if end < 0 {
		end = len(normal)
	}
	return strings.TrimRight(normal[:end], "/") + normal[end:]
}

// normalizeHeaders returns headers with names in the same letter case, because header names are case-insensitive.
func normalizeHeaders(v any) any {
	object, ok := v.(map[string]any)
	if !ok {
		return v
	}
	lower := map[string]any{}
	for name, value := range object {
		lower[strings.ToLower(name)] = value
	}
	return lower
}

// httpURL accepts absolute http and https URLs without a user name and a password.
type httpURL struct {
	isSecret bool // diagnostics do not quote the URL or point at its line
}

func (httpURL) Description(context.Context) string               { return "must be an absolute http or https URL" }
func (v httpURL) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (r httpURL) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	text, ok := blocks.Known(req.ConfigValue)
	if !ok || text == "" { // another validator reports an empty URL
		return
	}
	at := diagnosticPath(req.Path, text)
	if r.isSecret || jsonvalue.IsSecretURL(text) {
		at = blocks.BlockPath
	}
	if problem := validateURL(text, r.isSecret); problem != "" {
		resp.Diagnostics.AddAttributeError(at, "Invalid URL", problem)
		return
	}
	if strings.HasPrefix(strings.ToLower(text), "http:") {
		resp.Diagnostics.AddAttributeWarning(at, "URL is not encrypted",
			"With http, anyone on the network can read and change deliveries, and the credentials in them. Use https.")
	}
}

// validateURL returns the detail of the error about an invalid URL; empty if the URL is valid. It quotes at most the scheme, and nothing if isSecret is true.
func validateURL(given string, isSecret bool) string {
	const example = "such as https://api.example.com/ingest."
	if found := text.Control(given); found != "" {
		return "The URL " + found + "." + advice(found)
	}
	u, err := url.Parse(given)
	switch {
	case jsonvalue.IsMasked(given):
		return "A part of the URL is masked, for example as ***. Use the whole URL."
	case err == nil && u.User != nil && isSecret:
		return "The URL contains a user name or a password, which the API would return. Remove them, and use an auth_basic block."
	case err == nil && u.User != nil:
		return "The URL contains a user name or a password, which state would store and the API would return. " +
			"Remove them, and use an auth_basic block."
	case err != nil:
		return "The URL cannot be parsed. It must be an absolute http or https URL, " + example
	case u.Scheme == "" || !strings.Contains(given, "://"):
		return "The URL has no scheme. It must be an absolute http or https URL, " + example
	case !isHTTP(u.Scheme) && isSecret:
		return "The scheme of the URL is neither http nor https. It must be an absolute http or https URL, " + example
	case !isHTTP(u.Scheme):
		return fmt.Sprintf("The URL has the scheme %q. It must be an absolute http or https URL, ", u.Scheme) + example
	case u.Hostname() == "":
		return "The URL has no host. It must be an absolute http or https URL, " + example
	case strings.Contains(given, " "):
		return "The URL contains a space. Remove it, or encode it as %20."
	}
	if port, err := strconv.Atoi(u.Port()); u.Port() != "" && (err != nil || port < 1 || port > 65535) {
		return "The URL has a port that is not between 1 and 65535."
	}
	return ""
}

func isHTTP(scheme string) bool {
	return strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https")
}

// headers accepts header names and values that HTTP allows, and warns of credentials.
type headers struct{}

func (headers) Description(context.Context) string               { return "must be HTTP header names and values" }
func (v headers) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (headers) ValidateMap(_ context.Context, req validator.MapRequest, resp *validator.MapResponse) {
	elements := req.ConfigValue.Elements()
	seen := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(elements)) {
		at := req.Path.AtMapKey(name)
		if !httpguts.ValidHeaderFieldName(name) {
			resp.Diagnostics.AddAttributeError(at, "Invalid header name", fmt.Sprintf("HTTP does not allow %q as a header name. Use letters, digits and hyphens.", name))
			continue
		}
		if other, twice := seen[strings.ToLower(name)]; twice {
			resp.Diagnostics.AddAttributeError(at, "Header named twice",
				fmt.Sprintf("%q and %q are the same header, because header names are case-insensitive. Remove one of them.", other, name))
		}
		seen[strings.ToLower(name)] = name
		if isReserved(name) {
			resp.Diagnostics.AddAttributeWarning(blocks.BlockPath, "Header is set by the API",
				fmt.Sprintf("The API sets the header %q itself. It may ignore the value in the headers argument, or deliveries may fail. Remove the header.", name))
		}
		value, _ := elements[name].(types.String)
		if value.IsNull() {
			resp.Diagnostics.AddAttributeError(at, "Header without a value", fmt.Sprintf("The header %q is null. Set a value, or remove the header.", name))
		}
		if !httpguts.ValidHeaderFieldValue(value.ValueString()) {
			resp.Diagnostics.AddAttributeError(at, "Invalid header value",
				fmt.Sprintf("HTTP does not allow the value of %q, because it contains a line break or another control character.", name))
		}
		if jsonvalue.ContainsMask(value.ValueString()) {
			resp.Diagnostics.AddAttributeError(at, "Header value is masked",
				fmt.Sprintf("The value of %q is a mask. The API or the provider shows it instead of the real value.\n\nReplace the mask with the real value. "+
					"To remove the header at the API, remove it from the configuration.", name))
		}
		if IsCredentialName(name) {
			// The diagnostic does not point at the header, because CLIs print the line that a diagnostic points at.
			resp.Diagnostics.AddAttributeWarning(blocks.BlockPath, "Header looks like a credential",
				fmt.Sprintf("State stores the value of %q, and the API returns it.\n\nUse an auth_bearer, auth_basic or auth_api_key block "+
					"instead. State does not store the secrets in these blocks, and the API does not return them.", name))
		}
	}
}

// headerName accepts one valid header name.
type headerName struct{}

func (headerName) Description(context.Context) string               { return "must be the name of an HTTP header" }
func (v headerName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (headerName) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	name, ok := blocks.Known(req.ConfigValue)
	switch {
	case !ok || name == "":
	case !httpguts.ValidHeaderFieldName(name):
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid header name",
			"The value is not a valid HTTP header name. Use letters, digits and hyphens.")
	case isReserved(name):
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid header name",
			fmt.Sprintf("The API sets the header %q itself, so you cannot use it for a key. Use a different header, such as X-API-Key.", name))
	}
}
