package apidiag

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Forms takes attributes that have a form of their own out of a response of the API, and notes those that do not have it.
type Forms struct{ malformed []string }

// Time is a time, or null: nothing else gets into the state. An empty one is one that the API does not tell. timetypes.RFC3339 is not
// used, because it takes no time without a zone, which the API may show.
func (f *Forms) Time(name, text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	formatted, ok := talonic.FormatTime(text)
	return f.orNull(name, formatted, ok)
}

// OptionalTime is Time for what may be missing.
func (f *Forms) OptionalTime(name string, text *string) types.String {
	if text == nil {
		return types.StringNull()
	}
	return f.Time(name, *text)
}

// Status is a status, or null.
func (f *Forms) Status(name string, text *string) types.String {
	if text == nil {
		return types.StringNull()
	}
	return f.orNull(name, *text, talonic.IsStatus(*text))
}

func (f *Forms) orNull(name, text string, ok bool) types.String {
	if !ok {
		f.malformed = append(f.malformed, name)
		return types.StringNull()
	}
	return types.StringValue(text)
}

// Warning says which attributes are null because the API's response has something else in their place.
func (f *Forms) Warning(s Subject) diag.Diagnostics {
	if len(f.malformed) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic(
		fmt.Sprintf("Response about delivery %s is malformed", s.Noun),
		s.About(fmt.Sprintf("The API's response has something else than a time or a status in %s, which is therefore null. What it has is not kept.\n\n"+
			"If that does not go away with the next plan, report it to Talonic's support.", strings.Join(f.malformed, ", "))))}
}
