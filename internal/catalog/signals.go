package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewSignals returns the data source talonic_delivery_signals, not yet configured.
func NewSignals() datasource.DataSource { return signals.newDataSource() }

var signals = description[talonic.Signal, signalModel]{
	name:      "signals",
	entry:     "signal",
	key:       "event_type",
	about:     "Catalog of signals: the types of events that bindings can route.",
	aboutList: "List of signals, sorted by `event_type`.",
	attributes: map[string]schema.Attribute{
		"event_type":  datasources.ComputedString("Type of the events, for `event_type` of a binding."),
		"label":       datasources.ComputedString("Display name of the signal."),
		"description": datasources.ComputedString("Description of the events."),
		"raw":         raw,
	},
	list:     (*talonic.Client).ListSignals,
	newModel: newSignalModel,
}

type signalModel struct {
	EventType   types.String `tfsdk:"event_type"`
	Label       types.String `tfsdk:"label"`
	Description types.String `tfsdk:"description"`
	Raw         types.String `tfsdk:"raw"`
}

func newSignalModel(s talonic.Signal) signalModel {
	return signalModel{
		EventType:   types.StringValue(s.EventType),
		Label:       orNull(s.Label),
		Description: orNull(s.Description),
		Raw:         orNull(s.Raw),
	}
}
