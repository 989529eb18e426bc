package identity

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

var some = []Named{
	{ID: "3", Name: "twice", About: "the second"}, {ID: "2", Name: "twice", About: "the first"}, {ID: "1", Name: "once", About: "the only one"},
}

func TestIdentify(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]struct {
		id      string
		problem []string
	}{
		"1":     {"1", nil},
		"once":  {"1", nil},
		"twice": {"", []string{"2 delivery things have this name", "<address of the resource> 2 # the first\n", "<address of the resource> 3 # the second"}},
		"Once":  {"", []string{`Did you mean "once"?`}},
		"other": {"", []string{"The API lists 3 things"}},
	} {
		id, problem := identify("thing", given, some)
		if id != want.id || (problem == nil) != (want.problem == nil) {
			t.Errorf("%s: %q, %v", given, id, problem)
		}
		for _, text := range want.problem {
			if !strings.Contains(problem.Detail(), text) || problem.Summary() != `Cannot import delivery thing "`+given+`"` {
				t.Errorf("%s: %q is not in: %s: %s", given, text, problem.Summary(), problem.Detail())
			}
		}
	}
}

func TestWithOneName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"once": "", "twice": `2 delivery things are named "twice"`, "other": `No delivery thing is named "other"`} {
		id, problem := WithOneName("thing", name, some)
		if want == "" && (id != "1" || problem != nil) || want != "" && (problem == nil || problem.Summary() != want) {
			t.Errorf("%s: %q, %v", name, id, problem)
		}
	}
}

func TestJudgeWanted(t *testing.T) {
	t.Parallel()
	text := types.StringValue("a")
	for name, c := range map[string]struct {
		id, name types.String
		want     bool
	}{
		"id":         {text, types.StringNull(), true},
		"name":       {types.StringNull(), text, true},
		"both":       {text, text, false},
		"neither":    {types.StringNull(), types.StringNull(), false},
		"not known":  {types.StringUnknown(), types.StringNull(), true},
		"maybe both": {text, types.StringUnknown(), true},
	} {
		if got := !JudgeWanted("thing", c.id, c.name).HasError(); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

func TestNearest(t *testing.T) {
	t.Parallel()
	candidates := []string{"document.extracted", "result.approved", "json"}
	for text, want := range map[string]string{
		"document.extractd": "document.extracted", "Result.Approved": "result.approved", "jsn": "json", "xml": "", "": "",
	} {
		if got := Nearest(text, candidates); got != want {
			t.Errorf("%q: %q", text, got)
		}
	}
}
