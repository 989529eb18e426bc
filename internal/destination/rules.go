package destination

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

// known is the value of a string that has one: rules have nothing to say of the others.
func known(s types.String) (string, bool) { return s.ValueString(), !s.IsNull() && !s.IsUnknown() }

// rule is a validator made of a function that says what is wrong with a string, or nothing.
func rule(title string, judge func(string) string) validator.String { return stringRule{title, judge} }

type stringRule struct {
	title string
	judge func(string) string
}

func (r stringRule) Description(context.Context) string         { return r.title }
func (r stringRule) MarkdownDescription(context.Context) string { return r.title }

func (r stringRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if text, ok := known(req.ConfigValue); ok && text != "" { // that it is empty is said already
		if problem := r.judge(text); problem != "" {
			resp.Diagnostics.AddAttributeError(besideSecrets(req.Path, text), r.title, problem)
		}
	}
}

// besideSecrets is where to report a value: on its line, unless that may hold a password, as in user:password@host. CLIs print
// the line that a diagnostic points at.
func besideSecrets(at path.Path, value string) path.Path {
	if strings.Contains(value, "@") {
		return resourceHeader
	}
	return at
}

// resourceHeader is where to report what should not be shown with its line: CLIs point at the first line of a resource for
// something that its configuration does not have.
var resourceHeader = path.Root("id")

// jsonObject accepts JSON objects. It never repeats the text, which may be a secret.
type jsonObject struct{ secret bool }

func (jsonObject) Description(context.Context) string               { return "must be a JSON object" }
func (v jsonObject) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (v jsonObject) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	text, ok := known(req.ConfigValue)
	if !ok {
		return
	}
	if _, err := jsonvalue.ParseObject(text); err != nil {
		at := req.Path
		if v.secret {
			at = resourceHeader
		}
		name, _ := req.Path.Steps().LastStep()
		resp.Diagnostics.AddAttributeError(at, "Not a JSON object",
			fmt.Sprintf("%s must be a JSON object such as jsonencode({ key = \"value\" }), but %s.", name, err))
	}
}
