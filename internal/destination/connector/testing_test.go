package connector

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

// blockOf returns a connector's block with these arguments, given as JSON.
func blockOf(t testing.TB, c Connector, text string) Values {
	t.Helper()
	v := blocktest.Arguments(t, c.Block(), text)
	delete(v, c.TypeArgument)
	return v
}
