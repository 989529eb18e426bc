package acctest_test

import (
	"testing"

	"github.com/talonicdev/terraform-provider-talonic/internal/acctest"
)

func TestMain(m *testing.M) { acctest.Main(m) }
