package apidiag

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Forms converts attributes with a fixed form, such as times, from an API response, and records the names of malformed attributes. The zero
// value is ready to use. It is not safe for concurrent use.
type Forms struct{ malformed []string }

// Time returns a time in the format of [talonic.FormatTime], or null if text is empty or malformed, so that state contains only valid times.
// The type is not timetypes.RFC3339, because that type rejects a time without a zone, which the API may return.
func (f *Forms) Time(name, text string) types.String {
	if text == "" {
		return types.StringNull()
	}
	formatted, ok := talonic.FormatTime(text)
	return f.orNull(name, formatted, ok)
}

// OptionalTime is like [Forms.Time] for a time that may be absent; nil returns null.
func (f *Forms) OptionalTime(name string, text *string) types.String {
	if text == nil {
		return types.StringNull()
	}
	return f.Time(name, *text)
}

// Status returns a status, or null if text is nil or malformed.
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

// Warning returns a warning that names the attributes that are null because the API's response has a malformed value for them. It returns nil
// if no attribute is malformed.
func (f *Forms) Warning(s Subject) diag.Diagnostics {
	if len(f.malformed) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewWarningDiagnostic(
		fmt.Sprintf("Malformed response for delivery %s", s.Noun),
		s.About(fmt.Sprintf("The API's response has an invalid time or status in %s. The provider stores null instead.\n\n"+
			"If the next plan shows this warning again, contact Talonic support.", strings.Join(f.malformed, ", "))))}
}
