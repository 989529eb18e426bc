package destination

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// asPlanned returns the configuration with the values that the plan used, because ignore_changes affects plans only. Stored arguments come
// from the plan. Write-only arguments come from the configuration if the plan has the block around them.
func (m *model) asPlanned(plan *model) *model {
	seen := *plan
	seen.IsActive = m.IsActive
	if !m.IsActive.IsNull() {
		seen.IsActive = plan.IsActive
	}
	seen.blocks = map[string]types.List{}
	for name, list := range plan.blocks {
		seen.blocks[name] = withWriteOnly(list, m.blocks[name])
	}
	return &seen
}

// withWriteOnly returns a copy of list with the write-only arguments of the block in from.
func withWriteOnly(list, from types.List) types.List {
	inner, ok := connector.BlockValues(list)
	if !ok {
		return list
	}
	given, _ := connector.BlockValues(from)
	complete := connector.Values{}
	for name, value := range inner {
		complete[name] = value
		nested, isBlock := value.(types.List)
		switch {
		case isBlock:
			other, _ := given[name].(types.List)
			complete[name] = withWriteOnly(nested, other)
		case strings.HasSuffix(name, connector.WriteOnlySuffix) && given[name] != nil:
			complete[name] = given[name]
		}
	}
	t, _ := list.ElementType(context.Background()).(types.ObjectType) // cannot fail: list is a block
	return types.ListValueMust(t, []attr.Value{blocks.Complete(t, complete)})
}
