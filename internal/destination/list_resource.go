package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// listResource is what `terraform query` finds destinations with.
type listResource struct{ client *talonic.Client }

var _ list.ListResourceWithConfigure = (*listResource)(nil)

// NewListResource returns the list resource, to be configured.
func NewListResource() list.ListResource { return &listResource{} }

// Metadata names the list resource like the resource that it finds.
func (l *listResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	(&Resource{}).Metadata(ctx, req, resp)
}

// Configure takes the client that the provider made.
func (l *listResource) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	var diags diag.Diagnostics
	l.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// ListResourceConfigSchema describes the filters.
func (l *listResource) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The destinations that exist, made by Terraform or not: all, or those that every filter lets pass.",
		Attributes: map[string]schema.Attribute{
			"type": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: aboutType,
				Validators:          []validator.String{validators.NotEmpty{}},
			},
			"name_prefix": schema.StringAttribute{
				Optional:            true,
				MarkdownDescription: aboutNamePrefix,
			},
			"is_active": schema.BoolAttribute{
				Optional:            true,
				MarkdownDescription: aboutIsActive,
			},
		},
	}
}

// List finds the destinations, in the order of their names.
func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	const title = "Cannot list the delivery destinations"
	fail := func(diags ...diag.Diagnostic) { stream.Results = list.ListResultsStreamDiagnostics(diags) }
	var wanted filter
	if diags := req.Config.Get(ctx, &wanted); diags.HasError() {
		fail(diags...)
		return
	}
	if l.client == nil {
		fail(diag.NewErrorDiagnostic(title+" yet", apidiag.Unconfigured))
		return
	}
	all, err := l.client.CachedDestinations(ctx)
	if err != nil {
		fail(diag.NewErrorDiagnostic(title, apidiag.Detail(err, "")))
		return
	}
	found := wanted.choose(all)
	if req.Limit > 0 && int64(len(found)) > req.Limit {
		found = found[:req.Limit]
	}
	stream.Results = func(push func(list.ListResult) bool) {
		for _, d := range found {
			if !push(listed(ctx, req, d)) {
				return
			}
		}
	}
}

// listed is one destination as a result.
func listed(ctx context.Context, req list.ListRequest, d talonic.Destination) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = redact.Line(d.Name)
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("id"), d.ID)...)
	if !req.IncludeResource {
		return result
	}
	result.Diagnostics.Append(warnMalformed(&d)...)
	m := &model{ID: types.StringValue(d.ID)}
	if _, err := m.refresh(&d, connector.ConfigRecord{}); err != nil {
		result.Diagnostics.Append(describe(apidiag.Reading, m, err))
		return result
	}
	result.Diagnostics.Append(result.Resource.Set(ctx, m.object())...)
	return result
}
