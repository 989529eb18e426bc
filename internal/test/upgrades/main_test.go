// Package upgrades runs plans with states that earlier provider versions wrote.
package upgrades

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
