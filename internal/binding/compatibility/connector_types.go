package compatibility

import (
	"context"
	"sync"
)

// connectorTypes holds the types in the API's catalog of connectors. It reads the catalog on first use.
type connectorTypes struct {
	once  sync.Once
	types []string
}

// ConnectorTypes returns the destination types in the API's catalog, or nil if the catalog cannot be read. It reads the catalog at most
// once.
func (c *Checker) ConnectorTypes(ctx context.Context) []string {
	c.connectorTypes.once.Do(func() {
		ctx, cancel := context.WithTimeout(ctx, catalogTimeout)
		defer cancel()
		connectors, err := c.client.ListConnectors(ctx)
		if err != nil {
			return
		}
		for _, connector := range connectors {
			c.connectorTypes.types = append(c.connectorTypes.types, connector.Type)
		}
	})
	return c.connectorTypes.types
}
