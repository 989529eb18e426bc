package identity

import (
	"context"
	"errors"
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
		"twice": {"", []string{"2 things have this name", "<address> 2 # the first\n", "<address> 3 # the second"}},
		"Once":  {"", []string{`Did you mean "once"?`}},
		"other": {"", []string{"The API's list (3 things) contains no thing with this name"}},
	} {
		id, problem := identify("thing", given, some)
		if id != want.id || (problem == nil) != (want.problem == nil) {
			t.Errorf("%s: %q, %v", given, id, problem)
		}
		for _, text := range want.problem {
			if !strings.Contains(problem.Detail(), text) || problem.Summary() != "Cannot import delivery thing" || !strings.HasPrefix(problem.Detail(), `Delivery thing "`+given+`": `) {
				t.Errorf("%s: %q is not in: %s: %s", given, text, problem.Summary(), problem.Detail())
			}
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	null := types.StringNull()
	things := Lookup[Named]{
		Noun: "thing",
		Get: func(_ context.Context, id string) (*Named, error) {
			if id == "1" {
				return &some[2], nil
			}
			return nil, errors.New("no such thing")
		},
		All:   func(context.Context) ([]Named, error) { return some, nil },
		Named: func(n Named) Named { return n },
	}
	failing, unconfigured := things, things
	failing.All = func(context.Context) ([]Named, error) { return nil, errors.New("no list") }
	unconfigured.Unconfigured = true
	for name, c := range map[string]struct {
		things   Lookup[Named]
		id, name types.String
		problem  string // title; empty: the object with ID 1 is found
	}{
		"by id":                 {things, types.StringValue("1"), null, ""},
		"no such id":            {things, types.StringValue("4"), null, "Cannot read delivery thing"},
		"by id, unconfigured":   {unconfigured, types.StringValue("1"), null, "Cannot read delivery thing yet"},
		"by name":               {things, null, types.StringValue("once"), ""},
		"of two of that name":   {things, null, types.StringValue("twice"), "Several delivery things have this name"},
		"no such name":          {things, null, types.StringValue("other"), "No delivery thing has this name"},
		"no list":               {failing, null, types.StringValue("once"), "Cannot read delivery thing"},
		"by name, unconfigured": {unconfigured, null, types.StringValue("once"), "Cannot read delivery thing yet"},
		"by id, without a list": {failing, types.StringValue("1"), null, ""},
	} {
		found, problem := c.things.Find(t.Context(), c.id, c.name)
		switch {
		case c.problem == "" && (problem != nil || found == nil || found.ID != "1"):
			t.Errorf("%s: %v, %v", name, found, problem)
		case c.problem != "" && (problem == nil || problem.Summary() != c.problem || !strings.HasPrefix(problem.Detail(), "Delivery thing ") || found != nil):
			t.Errorf("%s: %v, %v", name, found, problem)
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
		if got := !ValidateSelector("thing", c.id, c.name).HasError(); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
