package apidiag

import "github.com/hashicorp/terraform-plugin-framework/diag"

// Tainted adds a next step to errors about a new object that differs from its configuration: Terraform marks such an object as tainted.
func Tainted(problems diag.Diagnostics) diag.Diagnostics {
	const next = "\n\nThe object was created, and Terraform marks it as tainted, so the next apply replaces it. To update it instead, first run " +
		"'terraform untaint <address>'."
	return completed(problems, next)
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
