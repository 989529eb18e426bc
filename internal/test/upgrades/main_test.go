// Package upgrades plans states that earlier versions of the provider wrote.
package upgrades

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
