package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// ImportState takes over a destination by its identity, its id, or its exact name.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var lookUp func(context.Context) ([]identity.Named, error)
	if r.client != nil {
		lookUp = r.names
	}
	identity.Import(ctx, noun, lookUp, req, resp)
}

// names are all destinations, as people see them.
func (r *Resource) names(ctx context.Context) ([]identity.Named, error) {
	all, err := r.client.LookUpDestinations(ctx)
	return namesOf(all), err
}

func namesOf(all []talonic.Destination) []identity.Named {
	var names []identity.Named
	for _, d := range all {
		names = append(names, identity.Named{ID: d.ID, Name: d.Name, About: d.Type + ", created at " + d.CreatedAt})
	}
	return names
}
