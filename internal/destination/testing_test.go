package destination

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

// blockOf is a connector's block with these arguments, given as JSON.
func blockOf(t testing.TB, c connector, text string) values {
	t.Helper()
	v := blocktest.Arguments(t, c.block(), text)
	delete(v, c.typeArgument)
	return v
}

// withCredentials adds a credential block with these arguments.
func withCredentials(v values, c connector, name string, arguments values) values {
	return blocktest.WithBlock(v, c.block(), name, arguments)
}
