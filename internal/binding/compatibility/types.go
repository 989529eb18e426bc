package compatibility

import (
	"context"
	"sync"
)

// connectorTypes are the types of the API's catalog of connectors, read when they are first asked for.
type connectorTypes struct {
	once  sync.Once
	types []string
}

// ConnectorTypes returns the types of destinations that the API's catalog has, or nothing if it cannot be read: it is read once.
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
