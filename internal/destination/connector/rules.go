package connector

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
)

// rule returns a validator. It reports an error with the given title if validate returns a problem; validate returns an empty string for a valid
// value.
func rule(title string, validate func(string) string) validator.String {
	return stringRule{title: title, validate: validate}
}

// warning is like rule but reports a warning.
func warning(title string, validate func(string) string) validator.String {
	return stringRule{title: title, validate: validate, warns: true}
}

type stringRule struct {
	title    string
	validate func(string) string
	warns    bool
}

func (r stringRule) Description(context.Context) string         { return r.title }
func (r stringRule) MarkdownDescription(context.Context) string { return r.title }

func (r stringRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if text, ok := blocks.Known(req.ConfigValue); ok && text != "" { // another validator reports an empty one
		switch problem := r.validate(text); {
		case problem == "":
		case r.warns:
			resp.Diagnostics.AddAttributeWarning(diagnosticPath(req.Path, text), r.title, problem)
		default:
			resp.Diagnostics.AddAttributeError(diagnosticPath(req.Path, text), r.title, problem)
		}
	}
}

// diagnosticPath returns the path for a diagnostic about a value. If the value may contain a password, as in user:password@host, it is not the
// value's own path, because CLIs print the line that a diagnostic points at.
func diagnosticPath(at path.Path, value string) path.Path {
	if strings.Contains(value, "@") {
		return blocks.BlockPath
	}
	return at
}
