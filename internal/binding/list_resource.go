package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/validators"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// listResource is what `terraform query` finds bindings with.
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
	text := func(about string, rules ...validator.String) schema.Attribute {
		return schema.StringAttribute{Optional: true, MarkdownDescription: about, Validators: rules}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "The bindings that exist, made by Terraform or not: all, or those that every filter lets pass.",
		Attributes: map[string]schema.Attribute{
			"destination_id": text(aboutDestinationID, validators.NotEmpty{}),
			"event_type":     text(aboutEventType, validators.NotEmpty{}),
			"name_prefix":    text(aboutNamePrefix),
			"is_active":      schema.BoolAttribute{Optional: true, MarkdownDescription: aboutIsActive},
		},
	}
}

// List finds the bindings, in the order of their names.
func (l *listResource) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	fail := func(diags ...diag.Diagnostic) { stream.Results = list.ListResultsStreamDiagnostics(diags) }
	var wanted filter
	if diags := req.Config.Get(ctx, &wanted); diags.HasError() {
		fail(diags...)
		return
	}
	if l.client == nil {
		fail(diag.NewErrorDiagnostic(cannotList+" yet", apidiag.Unconfigured))
		return
	}
	all, err := l.client.CachedBindings(ctx)
	if err != nil {
		fail(diag.NewErrorDiagnostic(cannotList, apidiag.Detail(err, "")))
		return
	}
	found := wanted.choose(all)
	if req.Limit > 0 && int64(len(found)) > req.Limit {
		found = found[:req.Limit]
	}
	stream.Results = func(push func(list.ListResult) bool) {
		for _, b := range found {
			if !push(listed(ctx, req, b)) {
				return
			}
		}
	}
}

// listed is one binding as a result.
func listed(ctx context.Context, req list.ListRequest, b talonic.Binding) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = redact.Line(b.Name)
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("id"), b.ID)...)
	if !req.IncludeResource {
		return result
	}
	result.Diagnostics.Append(warnMalformed(&b)...)
	m := model{"id": types.StringValue(b.ID)}
	shown, _, err := m.fromAPI(bodyRecord{}, &b)
	if err != nil {
		result.Diagnostics.Append(describe(apidiag.Reading, m, err))
		return result
	}
	result.Diagnostics.Append(result.Resource.Set(ctx, shown.object())...)
	return result
}
