package destination

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/diagnose"
	"github.com/talonicdev/terraform-provider-talonic/internal/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// lookup is the data source talonic_delivery_destination: one destination, by its id or its name.
type lookup struct{ client *talonic.Client }

var (
	_ datasource.DataSourceWithConfigure      = (*lookup)(nil)
	_ datasource.DataSourceWithValidateConfig = (*lookup)(nil)
)

// NewDataSource returns the data source of one destination, to be configured.
func NewDataSource() datasource.DataSource { return &lookup{} }

// Metadata names the data source.
func (l *lookup) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_delivery_destination"
}

// Configure takes the client that the provider made.
func (l *lookup) Configure(_ context.Context, req datasource.ConfigureRequest, _ *datasource.ConfigureResponse) {
	l.client, _ = req.ProviderData.(*talonic.Client)
}

// Schema describes the data source.
func (l *lookup) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := viewAttributes()
	attributes["id"] = schema.StringAttribute{
		Optional:            true,
		Computed:            true,
		MarkdownDescription: "The destination's id, a UUID. Either this or `name` is set.",
		Validators:          []validator.String{stringvalidator.LengthAtLeast(1)},
	}
	attributes["name"] = schema.StringAttribute{
		Optional: true,
		Computed: true,
		MarkdownDescription: "What people call the destination. It has to be the exact name, and the name of one destination only: the API " +
			"does not demand that names are unique.",
		Validators: []validator.String{stringvalidator.LengthAtLeast(1)},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A destination that exists already, whoever made it, looked up by its id or its exact name.",
		Attributes:          attributes,
	}
}

// ValidateConfig demands exactly one of id and name.
func (l *lookup) ValidateConfig(ctx context.Context, req datasource.ValidateConfigRequest, resp *datasource.ValidateConfigResponse) {
	var wanted view
	resp.Diagnostics.Append(req.Config.Get(ctx, &wanted)...)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(identity.JudgeWanted(noun, wanted.ID, wanted.Name)...)
	}
}

// Read looks the destination up.
func (l *lookup) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var wanted view
	resp.Diagnostics.Append(req.Config.Get(ctx, &wanted)...)
	if resp.Diagnostics.HasError() {
		return
	}
	find := func() (*talonic.Destination, diag.Diagnostic) { return l.byName(ctx, wanted.Name.ValueString()) }
	if id, ok := schemas.Known(wanted.ID); ok {
		find = func() (*talonic.Destination, diag.Diagnostic) { return l.byID(ctx, id) }
	}
	found, problem := find()
	if problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, newView(*found))...)
}

func (l *lookup) byID(ctx context.Context, id string) (*talonic.Destination, diag.Diagnostic) {
	at, title := path.Root("id"), "Cannot read delivery destination "+id
	if l.client == nil {
		return nil, diag.NewAttributeErrorDiagnostic(at, title+" yet", diagnose.Unconfigured)
	}
	found, err := l.client.LookUpDestination(ctx, id)
	if err != nil {
		return nil, diag.NewAttributeErrorDiagnostic(at, title, diagnose.Detail(err, whereToLook(err)))
	}
	return found, nil
}

// whereToLook is what to do about an id that the API does not know.
func whereToLook(err error) string {
	if !talonic.IsNotFound(err) {
		return ""
	}
	return diagnose.WhereToLook(noun)
}

func (l *lookup) byName(ctx context.Context, name string) (*talonic.Destination, diag.Diagnostic) {
	at, title := path.Root("name"), fmt.Sprintf("Cannot read delivery destination %q", name)
	if l.client == nil {
		return nil, diag.NewAttributeErrorDiagnostic(at, title+" yet", diagnose.Unconfigured)
	}
	all, err := l.client.LookUpDestinations(ctx)
	if err != nil {
		return nil, diag.NewAttributeErrorDiagnostic(at, title, diagnose.Detail(err, ""))
	}
	id, problem := identity.WithOneName(noun, name, namesOf(all))
	if problem != nil {
		return nil, problem
	}
	found := slices.IndexFunc(all, func(d talonic.Destination) bool { return d.ID == id })
	return &all[found], nil
}
