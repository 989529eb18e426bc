package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewDeliverables returns the data source talonic_delivery_deliverables, to be configured.
func NewDeliverables() datasource.DataSource { return deliverables.newDataSource() }

var deliverables = description[talonic.Deliverable, deliverableModel]{
	name:      "deliverables",
	entry:     "deliverable",
	key:       "type",
	about:     "The catalog of deliverables: the types of content that can be delivered, and of which signals each is made.",
	aboutList: "The deliverables, sorted by `type`.",
	attributes: map[string]schema.Attribute{
		"type":               text("The type of the content, as bindings name it."),
		"label":              text("What people call it."),
		"description":        text("What is in it."),
		"compatible_signals": texts("The signals of which it can be made. Empty for a deliverable that is never delivered."),
		"shape_kind":         text("What shape the content has: `record`, `blob`, `graph` or `envelope`."),
		"shape": text("The whole shape, as JSON: for a `record` its `columns` and whether it `is_collection`, for a `blob` its `mime`, " +
			"for a `graph` its `node_types` and `edge_types`."),
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
