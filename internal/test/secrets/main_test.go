// Package secrets runs the real CLI with recognizable secrets against an API that leaks them in many ways. It searches all output, logs and
// files for the secrets.
package secrets

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
