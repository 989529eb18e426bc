package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewDeliverables returns the data source talonic_delivery_deliverables, not yet configured.
func NewDeliverables() datasource.DataSource { return deliverables.newDataSource() }

var deliverables = description[talonic.Deliverable, deliverableModel]{
	name:      "deliverables",
	entry:     "deliverable",
	key:       "type",
	about:     "Catalog of deliverables. A deliverable is a type of content that the API builds from a signal and delivers.",
	aboutList: "List of deliverables, sorted by `type`.",
	attributes: map[string]schema.Attribute{
		"type":               datasources.ComputedString("Type of the deliverable, for `deliverable_type` of a binding."),
		"label":              datasources.ComputedString("Display name of the deliverable."),
		"description":        datasources.ComputedString("Description of the content."),
		"compatible_signals": datasources.ComputedStrings("Signals from which the API can build the deliverable. If the list is empty, the API never delivers it."),
		"shape_kind":         datasources.ComputedString("Kind of the content's shape: `record`, `blob`, `graph` or `envelope`."),
		"shape": datasources.ComputedString("Complete shape of the content, as JSON: `columns` and `is_collection` of a `record`, `mime` of a `blob`, " +
			"`node_types` and `edge_types` of a `graph`."),
		"raw": raw,
	},
	list:     (*talonic.Client).ListDeliverables,
	newModel: newDeliverableModel,
}

type deliverableModel struct {
	Type              types.String `tfsdk:"type"`
	Label             types.String `tfsdk:"label"`
	Description       types.String `tfsdk:"description"`
	CompatibleSignals []string     `tfsdk:"compatible_signals"`
	ShapeKind         types.String `tfsdk:"shape_kind"`
	Shape             types.String `tfsdk:"shape"`
	Raw               types.String `tfsdk:"raw"`
}

func newDeliverableModel(d talonic.Deliverable) deliverableModel {
	return deliverableModel{
		Type:              types.StringValue(d.Type),
		Label:             orNull(d.Label),
		Description:       orNull(d.Description),
		CompatibleSignals: d.CompatibleSignals,
		ShapeKind:         orNull(d.ShapeKind),
		Shape:             orNull(d.Shape),
		Raw:               orNull(d.Raw),
	}
}
