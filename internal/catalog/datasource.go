// Package catalog is the data sources that read what the delivery API can do.
//
// A catalog is one file that describes it; everything else is the same for all of them.
package catalog

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/providerdata"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// description is what one catalog has of its own. An entry is an E as the client reads it, and an M in the state.
type description[E, M any] struct {
	name       string // of the data source without its prefix, and of the list in it
	entry      string // what people call an entry
	key        string // the attribute that names an entry
	about      string
	aboutList  string
	attributes map[string]schema.Attribute // of an entry
	list       func(*talonic.Client, context.Context) ([]E, error)
	newModel   func(E) M
}

// dataSource reads a catalog.
type dataSource[E, M any] struct {
	of     description[E, M]
	client *talonic.Client
}

// Metadata names the data source.
func (d *dataSource[E, M]) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_" + d.of.name
}

// Configure takes the client that the provider made.
func (d *dataSource[E, M]) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	var diags diag.Diagnostics
	d.client, diags = providerdata.Client(req.ProviderData)
	resp.Diagnostics.Append(diags...)
}

// Schema describes the data source.
func (d *dataSource[E, M]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: fmt.Sprintf("%s\n\nThe catalog's form is not published. Every attribute but `%s` and `raw` is null where the "+
			"catalog does not tell it.", d.of.about, d.of.key),
		Attributes: map[string]schema.Attribute{
			d.of.name: schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: d.of.aboutList,
				NestedObject:        schema.NestedAttributeObject{Attributes: d.of.attributes},
			},
		},
	}
}

// Read asks the API for the catalog.
func (d *dataSource[E, M]) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	title := fmt.Sprintf("Cannot read the %s catalog", d.of.entry)
	if d.client == nil {
		resp.Diagnostics.AddError(title+" yet", apidiag.Unconfigured)
		return
	}
	entries, err := d.of.list(d.client, ctx)
	if err != nil {
		resp.Diagnostics.AddError(title, apidiag.Detail(err, ""))
		return
	}
	models := make([]M, len(entries))
	for i, entry := range entries {
		models[i] = d.of.newModel(entry)
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(d.of.name), models)...)
}
