// Package provider configures the Talonic provider and lists its resources, data sources and actions.
package provider

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding"
	"github.com/talonicdev/terraform-provider-talonic/internal/binding/compatibility"
	"github.com/talonicdev/terraform-provider-talonic/internal/catalog"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/history"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// New returns a constructor of the provider with the given version.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return newProvider(version, &talonic.Accounts{}) }
}

func newProvider(version string, accounts *talonic.Accounts) provider.Provider {
	return &talonicProvider{version, accounts}
}

type talonicProvider struct {
	version  string
	accounts *talonic.Accounts // shared by all provider configurations of this process
}

var (
	_ provider.ProviderWithActions       = (*talonicProvider)(nil)
	_ provider.ProviderWithListResources = (*talonicProvider)(nil)
)

type configuration struct {
	APIKey         types.String  `tfsdk:"api_key"`
	APIKeyFile     types.String  `tfsdk:"api_key_file"`
	AllowShared    types.Bool    `tfsdk:"allow_shared_api_key_file"`
	BaseURL        types.String  `tfsdk:"base_url"`
	CAFile         types.String  `tfsdk:"ca_certificate_file"`
	RequestTimeout types.String  `tfsdk:"request_timeout"`
	MaxRetries     types.Int64   `tfsdk:"max_retries"`
	MaxRetryWait   types.String  `tfsdk:"max_retry_wait"`
	RequestsPerSec types.Float64 `tfsdk:"requests_per_second"`

	ValidateWithCatalog   types.Bool   `tfsdk:"validate_with_catalog"`
	DefaultDeletionPolicy types.String `tfsdk:"default_deletion_policy"`
}

// Metadata sets the type name and the version of the provider.
func (p *talonicProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "talonic"
	resp.Version = p.version
}

// Schema returns the schema of the provider's arguments.
func (p *talonicProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages [Talonic](https://talonic.com) delivery destinations and bindings.",
		Attributes: map[string]schema.Attribute{
			"api_key": schema.StringAttribute{
				Optional:            true,
				Sensitive:           true,
				MarkdownDescription: "API key. Defaults to the environment variable `" + apiKeyVariable + "`, which keeps the key out of your files.",
			},
			"api_key_file": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Path of a file that contains the API key on a single line, for CI systems that mount tokens. The provider reads the file " +
					"at the start of each command. Conflicts with `api_key`. Defaults to the environment variable `" + apiKeyFileVariable + "`. The provider block takes " +
					"precedence over the environment.",
			},
			"allow_shared_api_key_file": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: "Whether to accept an `api_key_file` that other users of the machine can read. Defaults to `false`.",
			},
			"ca_certificate_file": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Path of a PEM file with certificate authorities (CAs) to trust in addition to those of the system, such as a private CA, " +
					"or the CA of a proxy that inspects TLS.",
			},
			"base_url": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "URL of the API. Defaults to the environment variable `" + baseURLVariable + "`, or to `" + talonic.DefaultBaseURL +
					"` if that is not set.",
			},
			"request_timeout": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Timeout of one attempt of a request, as a duration such as `30s`. Defaults to `" +
					talonic.DefaultTimeout.String() + "`.",
				Validators: []validator.String{duration{}},
			},
			"max_retries": schema.Int64Attribute{
				Optional: true,
				MarkdownDescription: fmt.Sprintf("Maximum number of retries per request. The provider retries after a 429 response, a failed connection, a "+
					"lost response, or a 500, 502, 503 or 504 response. Before it retries a create whose outcome is unknown, it looks up the "+
					"result. `0` disables retries. Defaults to `%d`.", talonic.DefaultMaxRetries),
				Validators: []validator.Int64{int64validator.Between(0, 100)},
			},
			"max_retry_wait": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Maximum wait before a retry. If the API asks for a longer wait, the daily quota is probably exhausted: the request fails, " +
					"and the error shows when the quota resets. Defaults to `" + talonic.DefaultMaxRetryWait.String() + "`.",
				Validators: []validator.String{duration{}},
			},
			"requests_per_second": schema.Float64Attribute{
				Optional:            true,
				MarkdownDescription: "Maximum average number of requests per second. Defaults to no limit: only the API limits the rate.",
				Validators:          []validator.Float64{float64validator.AtLeast(0.01)},
			},
			"validate_with_catalog": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Whether plans check new and changed bindings, and the `type` of new `custom` destinations, against the API's catalogs. " +
					"The event type, deliverable, serializer and destination of a binding must be compatible. The check sends up to five requests " +
					"per run for bindings, and one for types. Defaults to `true`.",
			},
			"default_deletion_policy": schema.StringAttribute{
				Optional: true,
				MarkdownDescription: "Deletion policy of all destinations without their own `deletion_policy`: `delete`, `disable`, `prevent` or `abandon`. " +
					"The state does not store it, so a change takes effect with the next plan. Defaults to `delete`.",
				Validators: []validator.String{stringvalidator.OneOf(destination.DeletionPolicies()...)},
			},
		},
	}
}

// Configure creates the API client and passes it to resources, data sources, actions and list resources. If an argument is unknown, which can
// happen at plan time, Configure creates no client. In that case, only plans that need no request succeed.
func (p *talonicProvider) Configure(ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse) {
	var c configuration
	resp.Diagnostics.Append(req.Config.Get(ctx, &c)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if c.hasUnknown() {
		if req.ClientCapabilities.DeferralAllowed {
			resp.Deferred = &provider.Deferred{Reason: provider.DeferredReasonProviderConfigUnknown}
		}
		return
	}

	apiKey, diags := c.apiKey()
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	baseURL := orEnvironment(c.BaseURL, baseURLVariable)
	if baseURL == "" {
		baseURL = talonic.DefaultBaseURL
	}
	address, err := talonic.ParseBaseURL(baseURL)
	if err != nil {
		// The diagnostic does not point at the argument, because CLIs print the line, which may contain a password.
		resp.Diagnostics.AddError("Invalid base URL",
			"The base URL, from base_url in the provider block or the environment variable "+baseURLVariable+", is invalid: "+err.Error()+".")
		return
	}
	if sendsKeyInClear(address) {
		resp.Diagnostics.AddAttributeWarning(path.Root("base_url"), "API key is sent unencrypted",
			"The base URL uses http, so anyone on the network to "+address.Host+" can read the API key and all credentials.\n\nUse https.")
	}

	options := c.options()
	if file := c.CAFile.ValueString(); file != "" {
		authorities, err := readAuthorities(file)
		if err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("ca_certificate_file"), "Invalid ca_certificate_file",
				"The file "+redact.Quote(file)+" "+err.Error()+".")
			return
		}
		options = append(options, talonic.WithRootCAs(authorities, "the system and "+redact.Quote(file)))
	}
	client, err := talonic.New(baseURL, apiKey, append(options,
		talonic.WithUserAgent(userAgent(p.version)),
		talonic.WithObserver(logExchange),
		talonic.WithAccounts(p.accounts),
	)...)
	if err != nil {
		resp.Diagnostics.AddError("Invalid API key", // the line of the argument may contain the key
			"The API key, from api_key or api_key_file in the provider block or the environment variable "+apiKeyVariable+" or "+
				apiKeyFileVariable+", is invalid: "+err.Error()+".")
		return
	}
	given := &providerdata.Data{
		Client: client, Organization: identity.NewOrganization(client), DefaultDeletionPolicy: c.DefaultDeletionPolicy.ValueString(),
	}
	if c.ValidateWithCatalog.IsNull() || c.ValidateWithCatalog.ValueBool() {
		given.Compatibility = compatibility.NewChecker(client)
	}
	resp.ResourceData = given
	resp.DataSourceData = client
	resp.ActionData = client
	resp.ListResourceData = client
}

func (c configuration) hasUnknown() bool {
	return c.APIKey.IsUnknown() || c.APIKeyFile.IsUnknown() || c.AllowShared.IsUnknown() || c.CAFile.IsUnknown() || c.BaseURL.IsUnknown() || c.RequestTimeout.IsUnknown() || c.MaxRetries.IsUnknown() || c.MaxRetryWait.IsUnknown() ||
		c.RequestsPerSec.IsUnknown() || c.ValidateWithCatalog.IsUnknown() || c.DefaultDeletionPolicy.IsUnknown()
}

// options returns the client options that are configured. The values must be valid.
func (c configuration) options() []talonic.Option {
	var options []talonic.Option
	if d, err := time.ParseDuration(c.RequestTimeout.ValueString()); err == nil {
		options = append(options, talonic.WithTimeout(d))
	}
	if !c.MaxRetries.IsNull() {
		options = append(options, talonic.WithMaxRetries(int(c.MaxRetries.ValueInt64())))
	}
	if d, err := time.ParseDuration(c.MaxRetryWait.ValueString()); err == nil {
		options = append(options, talonic.WithMaxRetryWait(d))
	}
	if !c.RequestsPerSec.IsNull() {
		options = append(options, talonic.WithRequestsPerSecond(c.RequestsPerSec.ValueFloat64()))
	}
	return options
}

// sendsKeyInClear reports whether the API key would cross the network unencrypted.
func sendsKeyInClear(u *url.URL) bool {
	if u.Scheme == "https" || u.Hostname() == "localhost" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return ip == nil || !ip.IsLoopback()
}

// logExchange logs one line for each request. It redacts nothing, because an exchange contains no secrets.
func logExchange(ctx context.Context, e talonic.Exchange) {
	tflog.Debug(ctx, "Talonic API", map[string]any{
		"method":      e.Method,
		"path":        e.Path,
		"status":      e.Status,
		"request_id":  e.RequestID,
		"duration_ms": e.Duration.Milliseconds(),
	})
}

// Resources returns the constructors of the resources.
func (p *talonicProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{binding.NewResource, destination.NewResource}
}

// DataSources returns the constructors of the data sources.
func (p *talonicProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		binding.Kind.NewDataSource,
		binding.Kind.NewListDataSource,
		catalog.NewConnectors,
		catalog.NewDeliverables,
		catalog.NewSerializers,
		catalog.NewSignals,
		destination.Kind.NewDataSource,
		destination.Kind.NewListDataSource,
		destination.NewConnectivityTestDataSource,
		history.NewAttempt,
		history.NewAttempts,
		history.NewDeadLetters,
	}
}

// ListResources returns the constructors of the list resources, which `terraform query` uses. They require Terraform 1.14 or later.
func (p *talonicProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{binding.Kind.NewListResource, destination.Kind.NewListResource}
}

// Actions returns the constructors of the actions. They require Terraform 1.14 or later.
func (p *talonicProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		destination.NewConnectivityTestAction,
		history.NewAttemptReplayAction,
		history.NewDeadLetterDismissAction,
		history.NewDeadLetterReplayAction,
	}
}

// duration accepts positive durations. It replaces timetypes.GoDuration, which accepts zero and negative durations and whose error has no
// example.
type duration struct{}

func (duration) Description(context.Context) string               { return "must be a duration such as 30s" }
func (v duration) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (duration) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if d, err := time.ParseDuration(req.ConfigValue.ValueString()); err != nil || d <= 0 {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid duration",
			fmt.Sprintf("%q is not a positive duration. Use a number with a unit, such as \"30s\", \"500ms\" or \"2m\".", req.ConfigValue.ValueString()))
	}
}
