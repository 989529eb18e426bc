package binding

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Kind describes bindings. Their data sources, list resource and import follow from it.
var Kind = datasources.Kind[talonic.Binding, view]{
	Noun: noun,
	Get:  (*talonic.Client).CachedBinding,
	All:  (*talonic.Client).CachedBindings,
	Named: func(b talonic.Binding) identity.Named {
		return identity.Named{ID: b.ID, Name: b.Name, About: b.SignalFilter.EventType + " to " + b.DestinationID + ", created at " + b.CreatedAt}
	},
	View:       newView,
	Attributes: viewAttributes(),
	Filters: datasources.Filters[talonic.Binding]{
		datasources.ByID("destination_id", "ID of the destination to filter by.", func(b talonic.Binding) string { return b.DestinationID }),
		datasources.ByText("event_type", "Type of events to filter by.", func(b talonic.Binding) string { return b.SignalFilter.EventType }),
		datasources.ByPrefix("name_prefix", "Prefix of the names to filter by.", func(b talonic.Binding) string { return b.Name }),
		datasources.ByFlag("is_active", "Filter for bindings that are active (`true`) or inactive (`false`).", func(b talonic.Binding) bool { return b.IsActive }),
	},
	Resource: listed,
	Warnings: warnMalformed,
}

// listed converts a binding to the state that an import gives it.
func listed(b talonic.Binding) (types.Object, diag.Diagnostic) {
	m := model{"id": types.StringValue(b.ID)}
	shown, _, err := m.fromAPI(bodyRecord{}, &b)
	if err != nil {
		return types.Object{}, describe(apidiag.Reading, m, err)
	}
	return shown.object(), nil
}
