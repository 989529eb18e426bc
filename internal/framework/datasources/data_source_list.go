package datasources

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// List describes a data source that lists objects, which may have no names. T is the client's type of an object, and V is its model in state.
type List[T, V any] struct {
	// Name is the name of the attribute that holds the objects, and the suffix of the data source's type name.
	Name string

	// Title is the title of the error if the list cannot be read.
	Title string

	Description     string                      // of the data source
	ListDescription string                      // of the attribute with the objects
	Attributes      map[string]schema.Attribute // of an object
	Filters         Filters[T]                  // nil: none

	All      func(*talonic.Client, context.Context) ([]T, error) // not called without a client
	View     func(T) V
	Warnings func(*T) diag.Diagnostics // nil: no warnings

	// Select replaces All for lists that may be very long. It reads at most limit objects that match the filters' values. The data source then
	// has the argument limit and the attribute total. Select is not called without a client.
	Select func(c *talonic.Client, ctx context.Context, given Given, limit int) (*talonic.Selection[T], error)
}

// defaultLimit is the default number of objects that a data source with a limit returns, and highestLimit is the largest allowed limit.
const defaultLimit, highestLimit = 100, 1000

// listDataSource is the data source that a [List] describes.
type listDataSource[T, V any] struct {
	list   List[T, V]
	client *talonic.Client
}

var _ datasource.DataSourceWithConfigure = (*listDataSource[any, any])(nil)

// NewDataSource returns the data source, not yet configured.
func (l List[T, V]) NewDataSource() datasource.DataSource { return &listDataSource[T, V]{list: l} }

// NewListDataSource returns the data source that lists the objects that match its filters, not yet configured.
func (k Kind[T, V]) NewListDataSource() datasource.DataSource {
	return List[T, V]{
		Name:  k.Noun + "s",
		Title: k.cannotList(),
		Description: k.aboutAll() + fmt.Sprintf("\n\nAll data sources and resources that read %ss in one run share one list request.",
			k.Noun),
		ListDescription: fmt.Sprintf("List of %ss, sorted by `name`, and by `id` if names are equal.", k.Noun),
		Attributes:      k.Attributes,
		Filters:         k.Filters,
		All:             k.sorted,
		View:            k.View,
		Warnings:        k.Warnings,
	}.NewDataSource()
}

// aboutAll returns the description that all lists of the kind share.
func (k Kind[T, V]) aboutAll() string {
	return fmt.Sprintf("Existing %[1]ss, whether or not Terraform created them. If filters are set, the list contains only %[1]ss that match all of them.", k.Noun)
}

// Metadata sets the type name.
func (d *listDataSource[T, V]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_" + d.list.Name
}

// Configure stores the provider's API client.
func (d *listDataSource[T, V]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	var diags diag.Diagnostics
	d.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// Schema returns the schema of the data source.
func (d *listDataSource[T, V]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := d.list.Filters.dataSourceAttributes()
	if d.list.Select != nil {
		attributes["limit"] = schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: fmt.Sprintf("Maximum number of objects in `%s`, from 1 to %d. Terraform stores each object in state. Defaults to `%d`.",
				d.list.Name, highestLimit, defaultLimit),
			Validators: []validator.Int64{int64validator.Between(1, highestLimit)},
		}
		attributes["total"] = schema.Int64Attribute{
			Computed: true,
			MarkdownDescription: fmt.Sprintf("Number of all objects that match every filter, regardless of `limit`; null if the API does not return this number. "+
				"`%s` contains at most `limit` of them.", d.list.Name),
		}
	}
	attributes[d.list.Name] = schema.ListNestedAttribute{
		Computed:            true,
		MarkdownDescription: d.list.ListDescription,
		NestedObject:        schema.NestedAttributeObject{Attributes: d.list.Attributes},
	}
	resp.Schema = schema.Schema{MarkdownDescription: d.list.Description, Attributes: attributes}
}

// Read lists the objects.
func (d *listDataSource[T, V]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	given, diags := d.list.Filters.read(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	if d.client == nil {
		resp.Diagnostics.AddError(d.list.Title+" yet", apidiag.Unconfigured)
		return
	}
	selection, err := d.selection(ctx, req.Config, given)
	if err != nil {
		resp.Diagnostics.AddError(d.list.Title, apidiag.Detail(err, ""))
		return
	}
	views := []V{}
	for _, object := range selection.Objects {
		if d.list.Warnings != nil {
			resp.Diagnostics.Append(d.list.Warnings(&object)...)
		}
		views = append(views, d.list.View(object))
	}
	resp.State.Raw = req.Config.Raw // including the filters
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(d.list.Name), views)...)
	if d.list.Select != nil {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("total"), selection.Total)...)
	}
}

// selection reads the objects that the configuration selects.
func (d *listDataSource[T, V]) selection(ctx context.Context, config tfsdk.Config, given Given) (*talonic.Selection[T], error) {
	if d.list.Select == nil {
		all, err := d.list.All(d.client, ctx)
		return &talonic.Selection[T]{Objects: d.list.Filters.Choose(all, given)}, err
	}
	limit := types.Int64Null()
	config.GetAttribute(ctx, path.Root("limit"), &limit) // the schema has it
	if limit.IsNull() {
		limit = types.Int64Value(defaultLimit)
	}
	return d.list.Select(d.client, ctx, given, int(limit.ValueInt64()))
}
