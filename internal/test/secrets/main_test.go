// Package secrets runs the real CLI with secrets that can be recognised, against an API that gives them away in every way that
// comes to mind, and looks for them in everything that is printed, logged and left behind.
package secrets

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/test/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
