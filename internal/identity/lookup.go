package identity

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
)

// JudgeWanted demands that a data source is told exactly one of id and name.
func JudgeWanted(noun string, id, name types.String) diag.Diagnostics {
	var diags diag.Diagnostics
	_, byID := schemas.Known(id)
	_, byName := schemas.Known(name)
	switch {
	case byID && byName:
		diags.AddAttributeError(path.Root("name"), "Both id and name are set",
			"The id says already which delivery "+noun+" is meant. Remove one of them.")
	case id.IsNull() && name.IsNull():
		diags.AddError("Neither id nor name is set",
			"One of them has to say which delivery "+noun+" is meant: id, or name if it is the name of one "+noun+" only.")
	}
	return diags
}

// WithOneName finds the id of the one object with exactly that name.
func WithOneName(noun, name string, all []Named) (id string, problem diag.Diagnostic) {
	at := path.Root("name")
	switch found := WithName(name, all); len(found) {
	case 0:
		return "", diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("No delivery %s is named %q", noun, name), NobodyNamed(noun, name, all))
	case 1:
		return found[0].ID, nil
	default:
		return "", diag.NewAttributeErrorDiagnostic(at, fmt.Sprintf("%d delivery %ss are named %q", len(found), noun, name), WhichOf(found))
	}
}
