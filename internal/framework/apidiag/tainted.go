package apidiag

import "github.com/hashicorp/terraform-plugin-framework/diag"

// Tainted adds a next step to errors about a new object that differs from its configuration: Terraform marks such an object as tainted.
func Tainted(problems diag.Diagnostics) diag.Diagnostics {
	const next = "\n\nThe object was created, and Terraform marks it as tainted, so the next apply replaces it. To update it instead, first run " +
		"'terraform untaint <address>'."
	return completed(problems, next)
}

// AcceptedUnread adds to errors about an unreadable response that the API accepted the write. created reports whether the write was a create.
func (s Subject) AcceptedUnread(created bool, problems diag.Diagnostics) diag.Diagnostics {
	if !created {
		return completed(problems, "\n\nThe API accepted the update. The state keeps the values from before the update.")
	}
	return completed(problems, "\n\nThe "+s.Noun+" was created, and Terraform marks it as tainted. As long as the provider cannot read it, plans fail unless you "+
		"set -refresh=false. To delete it, run 'terraform destroy -refresh=false -target=<address>'.")
}

// FollowUpFailed adds to the error of a follow-up update that an earlier request took effect.
func FollowUpFailed(problem diag.Diagnostic) diag.Diagnostics {
	return completed(diag.Diagnostics{problem}, "\n\nThis error is about the second of two requests. The first one took effect.")
}

// completed returns problems with next appended to the detail of each error.
func completed(problems diag.Diagnostics, next string) diag.Diagnostics {
	var diags diag.Diagnostics
	for _, d := range problems {
		if d.Severity() != diag.SeverityError {
			diags.Append(d)
			continue
		}
		var with diag.Diagnostic = diag.NewErrorDiagnostic(d.Summary(), d.Detail()+next)
		if placed, ok := d.(diag.DiagnosticWithPath); ok {
			with = diag.NewAttributeErrorDiagnostic(placed.Path(), d.Summary(), d.Detail()+next)
		}
		diags.Append(with)
	}
	return diags
}
