package datasources

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// listResource is the list resource that `terraform query` uses to find the objects of a kind.
type listResource[T, V any] struct {
	kind   Kind[T, V]
	client *talonic.Client
}

var _ list.ListResourceWithConfigure = (*listResource[any, any])(nil)

// NewListResource returns the list resource, not yet configured.
func (k Kind[T, V]) NewListResource() list.ListResource { return &listResource[T, V]{kind: k} }

// Metadata sets the type name, which equals the type name of the listed resource.
func (l *listResource[T, V]) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = l.kind.typeName(req.ProviderTypeName)
}

// Configure stores the provider's API client.
func (l *listResource[T, V]) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	var diags diag.Diagnostics
	l.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// ListResourceConfigSchema returns the schema of the filters.
func (l *listResource[T, V]) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{MarkdownDescription: l.kind.aboutAll(), Attributes: l.kind.Filters.listAttributes()}
}

// List streams the objects that match the filters, sorted by name.
func (l *listResource[T, V]) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	fail := func(diags ...diag.Diagnostic) { stream.Results = list.ListResultsStreamDiagnostics(diags) }
	given, diags := l.kind.Filters.read(ctx, req.Config)
	if diags.HasError() {
		fail(diags...)
		return
	}
	if l.client == nil {
		fail(diag.NewErrorDiagnostic(l.kind.cannotList()+" yet", apidiag.Unconfigured))
		return
	}
	all, err := l.kind.sorted(l.client, ctx)
	if err != nil {
		fail(diag.NewErrorDiagnostic(l.kind.cannotList(), apidiag.Detail(err, "")))
		return
	}
	found := l.kind.Filters.Choose(all, given)
	if req.Limit > 0 && int64(len(found)) > req.Limit {
		found = found[:req.Limit]
	}
	stream.Results = func(push func(list.ListResult) bool) {
		for _, object := range found {
			if !push(l.result(ctx, req, object)) {
				return
			}
		}
	}
}

// result returns one object as a list result.
func (l *listResource[T, V]) result(ctx context.Context, req list.ListRequest, object T) list.ListResult {
	named := l.kind.Named(object)
	result := req.NewListResult(ctx)
	result.DisplayName = redact.Line(named.Name)
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("id"), text.ID(named.ID))...)
	if !req.IncludeResource {
		return result
	}
	result.Diagnostics.Append(l.kind.Warnings(&object)...)
	state, problem := l.kind.Resource(object)
	if problem != nil {
		result.Diagnostics.Append(problem)
		return result
	}
	result.Diagnostics.Append(result.Resource.Set(ctx, state)...)
	return result
}
