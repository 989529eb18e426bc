// Package faults runs the provider against an API that fails in every way that the emulator knows, and checks that nothing
// is created twice, lost, forgotten or given away, and that what the user is told helps.
package faults

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
