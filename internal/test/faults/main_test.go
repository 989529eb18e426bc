// Package faults runs the provider against an API with every fault that the emulator knows. It checks that the provider creates no duplicates,
// loses and leaks nothing, and prints helpful diagnostics.
package faults

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
