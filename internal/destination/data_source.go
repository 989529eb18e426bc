package destination

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/datasources"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Kind describes destinations. Their data sources, list resource and import follow from it.
var Kind = datasources.Kind[talonic.Destination, view]{
	Noun: noun,
	Get:  (*talonic.Client).CachedDestination,
	All:  (*talonic.Client).CachedDestinations,
	Named: func(d talonic.Destination) identity.Named {
		return identity.Named{ID: d.ID, Name: d.Name, About: d.Type + ", created at " + d.CreatedAt}
	},
	View:       newView,
	Attributes: viewAttributes(),
	Filters: datasources.Filters[talonic.Destination]{
		datasources.ByText("type", "Connector type to filter by.", func(d talonic.Destination) string { return d.Type }),
		datasources.ByPrefix("name_prefix", "Prefix of the names to filter by.", func(d talonic.Destination) string { return d.Name }),
		datasources.ByFlag("is_active", "Filter for destinations whose deliveries are enabled (`true`) or disabled (`false`).",
			func(d talonic.Destination) bool { return d.IsActive }),
	},
	Resource: listed,
	Warnings: warnMalformed,
}

// listed converts a destination to the state that an import gives it.
func listed(d talonic.Destination) (types.Object, diag.Diagnostic) {
	m := &model{ID: types.StringValue(d.ID)}
	if _, err := m.refresh(&d, connector.ConfigRecord{}); err != nil {
		return types.Object{}, describe(apidiag.Reading, m, err)
	}
	return m.object(), nil
}
