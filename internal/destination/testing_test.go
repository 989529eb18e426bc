package destination

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

// blockOf returns a connector's block with these arguments, given as JSON.
func blockOf(t testing.TB, c connector.Connector, text string) connector.Values {
	t.Helper()
	v := blocktest.Arguments(t, c.Block(), text)
	delete(v, c.TypeArgument)
	return v
}

// withCredentials adds a credential block with these arguments.
func withCredentials(v connector.Values, c connector.Connector, name string, arguments connector.Values) connector.Values {
	return blocktest.WithBlock(v, c.Block(), name, arguments)
}
