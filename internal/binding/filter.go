package binding

import (
	"cmp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// filter says which bindings are wanted. What is null does not matter.
type filter struct {
	DestinationID types.String `tfsdk:"destination_id"`
	EventType     types.String `tfsdk:"event_type"`
	NamePrefix    types.String `tfsdk:"name_prefix"`
	IsActive      types.Bool   `tfsdk:"is_active"`
}

// What the filters do, wherever they are offered.
const (
	aboutDestinationID = "Only bindings to this destination."
	aboutEventType     = "Only bindings of this type of events."
	aboutNamePrefix    = "Only bindings whose name begins with this."
	aboutIsActive      = "Only bindings that route, or only those that do not."
)

// choose returns the bindings that are wanted, in the order of their names, and of their ids where names are equal.
func (f filter) choose(all []talonic.Binding) []talonic.Binding {
	chosen := slices.DeleteFunc(slices.Clone(all), func(b talonic.Binding) bool { return !f.wants(b) })
	slices.SortFunc(chosen, func(a, b talonic.Binding) int { return cmp.Or(text.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID)) })
	return chosen
}

func (f filter) wants(b talonic.Binding) bool {
	return (f.DestinationID.IsNull() || text.SameID(f.DestinationID.ValueString(), b.DestinationID)) &&
		(f.EventType.IsNull() || text.Equal(f.EventType.ValueString(), b.SignalFilter.EventType)) &&
		text.HasPrefix(b.Name, f.NamePrefix.ValueString()) &&
		(f.IsActive.IsNull() || f.IsActive.ValueBool() == b.IsActive)
}
