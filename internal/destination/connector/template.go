package connector

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/suggest"
)

// Tokens lists the template tokens that the API replaces in the names of files and objects.
var Tokens = []string{"attempt", "binding_id", "customer_id", "date", "deliverable_type", "event_id", "idempotency_key", "timestamp_iso"}

// templateTokens lists the template tokens for descriptions.
var templateTokens = "with the tokens `{" + strings.Join(Tokens, "}`, `{") + "}`. If it has no extension, the API adds one that fits the content."

// template warns of tokens that are not documented. The API does not replace a misspelled token, so all files would get the same name.
type template struct{}

func (template) Description(context.Context) string {
	return "must contain only documented tokens"
}
func (v template) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (template) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	text, ok := blocks.Known(req.ConfigValue)
	if !ok {
		return
	}
	for _, problem := range ValidateTemplate(text) {
		// This is only a warning, because a later version of the API may have more tokens.
		resp.Diagnostics.AddAttributeWarning(req.Path, "Unknown template token", problem)
	}
}

var tokenForm = regexp.MustCompile(`\{([^{}]*)\}`)

// ValidateTemplate returns one problem for each invalid token of a template; nil if there are none.
func ValidateTemplate(text string) []string {
	var problems []string
	for _, match := range tokenForm.FindAllStringSubmatch(text, -1) {
		token := match[1]
		if slices.Contains(Tokens, token) {
			continue
		}
		problem := fmt.Sprintf("%s is not a documented token, so the API does not replace it.", shownToken(token))
		if near := nearestToken(token); near != "" {
			problem += fmt.Sprintf(" Did you mean {%s}?", near)
		} else {
			problem += " The documented tokens are {" + strings.Join(Tokens, "}, {") + "}."
		}
		problems = append(problems, problem)
	}
	rest := tokenForm.ReplaceAllString(text, "")
	if strings.ContainsAny(rest, "{}") {
		problems = append(problems, "A brace is unmatched. Write tokens as {event_id}.")
	}
	return problems
}

// shownToken returns a token as diagnostics quote it. It does not quote text that does not look like a token, because such text may be
// sensitive.
func shownToken(token string) string {
	const longest = 32
	if len(token) > longest || !wordForm.MatchString(token) {
		return "The text in braces"
	}
	return "{" + token + "}"
}

var wordForm = regexp.MustCompile(`^[A-Za-z0-9_ $-]*$`)

// nearestToken returns the documented token that is most similar to text; empty if none is similar.
func nearestToken(text string) string {
	return suggest.Nearest(strings.NewReplacer("-", "_", " ", "", "$", "").Replace(text), Tokens)
}
