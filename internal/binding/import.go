package binding

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// ImportState takes over a binding by its identity, its id, or its exact name.
func (r *Resource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var lookUp func(context.Context) ([]identity.Named, error)
	if r.client != nil {
		lookUp = r.names
	}
	identity.Import(ctx, noun, lookUp, req, resp)
}

// names are all bindings, as people see them.
func (r *Resource) names(ctx context.Context) ([]identity.Named, error) {
	all, err := r.client.LookUpBindings(ctx)
	return namesOf(all), err
}

func namesOf(all []talonic.Binding) []identity.Named {
	var names []identity.Named
	for _, b := range all {
		names = append(names, identity.Named{
			ID: b.ID, Name: b.Name, About: b.SignalFilter.EventType + " to " + b.DestinationID + ", created at " + b.CreatedAt,
		})
	}
	return names
}
