package destination

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/diagnose"
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
	if resp.Diagnostics.HasError() {
		return
	}
	_, byID := known(wanted.ID)
	_, byName := known(wanted.Name)
	switch {
	case byID && byName:
		resp.Diagnostics.AddAttributeError(path.Root("name"), "Both id and name are set",
			"The id says already which delivery destination is meant. Remove one of them.")
	case wanted.ID.IsNull() && wanted.Name.IsNull():
		resp.Diagnostics.AddError("Neither id nor name is set",
			"One of them has to say which delivery destination is meant: id, or name if it is the name of one destination only.")
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
	if id, ok := known(wanted.ID); ok {
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
	return "Check the id, and that the API key belongs to the same organisation: the API answers 404 for the destinations of others."
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
	switch found := named(name, all); len(found) {
	case 0:
		return nil, diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("No delivery destination is named %q", name), nobodyNamed(name, all))
	case 1:
		return &found[0], nil
	default:
		return nil, diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("%d delivery destinations are named %q", len(found), name), whichOf(found))
	}
}

// nobodyNamed is what to do when no destination has a name.
func nobodyNamed(name string, all []talonic.Destination) string {
	var names []string
	for _, d := range (filter{}).choose(all) {
		names = append(names, d.Name)
	}
	if near := nearest(name, names); near != "" {
		return fmt.Sprintf("Did you mean %q? Names are compared exactly, upper and lower case included.", near)
	}
	return fmt.Sprintf("The API lists %s for this API key, none of them of that name. Check the name, and that the API key belongs to the "+
		"right organisation. If this configuration creates it, refer to the resource instead.", count(len(all), "destination"))
}

// whichOf tells destinations of the same name apart.
func whichOf(found []talonic.Destination) string {
	var lines strings.Builder
	for _, d := range found {
		fmt.Fprintf(&lines, "\n  id = %q # %s, created at %s", d.ID, d.Type, d.CreatedAt)
	}
	return "A name does not say which one is meant. Replace it by the id of one of them:\n" + lines.String()
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
