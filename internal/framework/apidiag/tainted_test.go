package apidiag

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

func TestTainted(t *testing.T) {
	t.Parallel()
	var problems diag.Diagnostics
	problems.AddAttributeError(path.Root("name"), "title", "on an argument")
	problems.AddError("title", "on none")
	problems.AddWarning("title", "a warning")
	said := Tainted(problems)
	if len(said) != 3 {
		t.Fatalf("%d diagnostics", len(said))
	}
	for i, d := range said {
		tells := strings.Contains(d.Detail(), "terraform untaint")
		if tells != (d.Severity() == diag.SeverityError) || !strings.HasPrefix(d.Detail(), problems[i].Detail()) || d.Summary() != "title" {
			t.Errorf("%s: %s", d.Summary(), d.Detail())
		}
	}
	if placed, ok := said[0].(diag.DiagnosticWithPath); !ok || !placed.Path().Equal(path.Root("name")) {
		t.Errorf("%v is not on the argument", said[0])
	}
}
