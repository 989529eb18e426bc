package binding

import (
	"slices"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// changedByDeliveries lists the attributes that change without an update of the binding. Deliveries change last_status and may change updated_at.
var changedByDeliveries = []string{"last_status", "updated_at"}

// hasDrifted reports whether a refresh changed more than the attributes that deliveries change.
func (m model) hasDrifted(before model) bool {
	for name, value := range m {
		if !slices.Contains(changedByDeliveries, name) && !blocks.Same(value, before[name]) {
			return true
		}
	}
	return false
}
