package catalog

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewSignals returns the data source talonic_delivery_signals, to be configured.
func NewSignals() datasource.DataSource { return signals.newDataSource() }

var signals = description[talonic.Signal, signalModel]{
	name:      "signals",
	entry:     "signal",
	key:       "event_type",
	about:     "The catalog of signals: the types of events that can be delivered.",
	aboutList: "The signals, sorted by `event_type`.",
	attributes: map[string]schema.Attribute{
		"event_type":  text("The type of the events, as bindings name it."),
		"label":       text("What people call it."),
		"description": text("What the events tell."),
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
