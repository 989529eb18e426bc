package destination

import (
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// sensitiveValues returns the values of all arguments of the connector, because providers cannot see which values are marked as sensitive.
func (m *model) sensitiveValues() *apidiag.Values {
	found := &apidiag.Values{}
	_, v, ok := m.connector()
	if !ok {
		return found
	}
	for name, value := range v {
		if !jsonvalue.IsShownKey(name) {
			found.Add(value)
		}
	}
	return found
}
