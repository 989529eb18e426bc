package destination

import (
	"cmp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// filter says which destinations are wanted. What is null does not matter.
type filter struct {
	Type       types.String `tfsdk:"type"`
	NamePrefix types.String `tfsdk:"name_prefix"`
	IsActive   types.Bool   `tfsdk:"is_active"`
}

// choose returns the destinations that are wanted, in the order of their names, and of their ids where names are equal.
func (f filter) choose(all []talonic.Destination) []talonic.Destination {
	chosen := slices.DeleteFunc(slices.Clone(all), func(d talonic.Destination) bool { return !f.wants(d) })
	slices.SortFunc(chosen, byName)
	return chosen
}

func (f filter) wants(d talonic.Destination) bool {
	return (f.Type.IsNull() || text.Equal(f.Type.ValueString(), d.Type)) &&
		text.HasPrefix(d.Name, f.NamePrefix.ValueString()) &&
		(f.IsActive.IsNull() || f.IsActive.ValueBool() == d.IsActive)
}

func byName(a, b talonic.Destination) int {
	return cmp.Or(text.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}

// What the filters do, for their documentation.
const (
	aboutType       = "Only destinations of this connector type."
	aboutNamePrefix = "Only destinations whose name begins with this."
	aboutIsActive   = "Only destinations that deliver, or only those that do not."
)
