package acctest

import (
	"encoding/json"
	"slices"
)

// Diagnostic is an error or a warning of `validate`, with its position in the configuration.
type Diagnostic struct {
	Severity string // error or warning
	Summary  string
	Detail   string
	Address  string // of the resource; empty outside of a resource
	Filename string // empty, like the following two, if the diagnostic has no position
	Line     int
	Code     string // the line or lines that the CLI shows
}

// overridesSummary is the summary of the warning about development overrides, which every run in a workspace prints.
const overridesSummary = "Provider development overrides are in effect"

// Validate runs `validate` and returns its errors and warnings, except the warning about development overrides.
func (w *Workspace) Validate(args ...string) []Diagnostic {
	w.t.Helper()
	result := w.Run(append([]string{"validate", "-json"}, args...)...)
	diagnostics, err := parseDiagnostics([]byte(result.Stdout))
	if err != nil {
		w.t.Fatalf("%s\n%v", result, err)
	}
	return diagnostics
}

func parseDiagnostics(out []byte) ([]Diagnostic, error) {
	var report struct {
		Diagnostics []struct {
			Severity string
			Summary  string
			Detail   string
			Address  string
			Range    struct {
				Filename string
				Start    struct{ Line int }
			}
			Snippet struct{ Code string }
		}
	}
	if err := json.Unmarshal(out, &report); err != nil {
		return nil, err
	}
	var diagnostics []Diagnostic
	for _, d := range report.Diagnostics {
		diagnostics = append(diagnostics, Diagnostic{
			Severity: d.Severity,
			Summary:  d.Summary,
			Detail:   d.Detail,
			Address:  d.Address,
			Filename: d.Range.Filename,
			Line:     d.Range.Start.Line,
			Code:     d.Snippet.Code,
		})
	}
	return slices.DeleteFunc(diagnostics, func(d Diagnostic) bool { return d.Summary == overridesSummary }), nil
}
