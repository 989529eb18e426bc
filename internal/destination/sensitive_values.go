package destination

import (
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// sensitiveValues are the values of the connector's arguments. Which of them are marked as sensitive, a provider does not see.
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
