package binding

import (
	"slices"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// moving are the attributes that change without a change of the binding: deliveries move last_status, and may move updated_at.
var moving = []string{"last_status", "updated_at"}

// hasDrifted reports whether a refresh changed more than what deliveries move.
func (m model) hasDrifted(before model) bool {
	for name, value := range m {
		if !slices.Contains(moving, name) && !blocks.Same(value, before[name]) {
			return true
		}
	}
	return false
}
