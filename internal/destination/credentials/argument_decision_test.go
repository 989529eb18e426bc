package credentials

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

const secretURL = "https://hooks.example.com/caf\u00e9/secret"

func TestArgumentRecord(t *testing.T) {
	t.Parallel()
	const tidied = "https://hooks.example.com/caf\u00e9/secret/"
	same, other := NewArgumentRecord(secretURL, secretURL), NewArgumentRecord(secretURL, tidied)
	for name, c := range map[string]struct {
		record  ArgumentRecord
		shown   any
		drifted bool
	}{
		"the same":                        {same, secretURL, false},
		"in another form of Unicode":      {same, "https://hooks.example.com/cafe\u0301/secret", false},
		"another one":                     {same, secretURL + "2", true},
		"none":                            {same, nil, false},
		"masked":                          {same, "***", false},
		"a masked part":                   {same, "https://hooks.example.com/***", false},
		"the same mask":                   {NewArgumentRecord(secretURL, "https://hooks.example.com/***"), "https://hooks.example.com/***", false},
		"another mask":                    {NewArgumentRecord(secretURL, "https://hooks.example.com/***"), "https://other.example.com/***", true},
		"shown, once masked":              {NewArgumentRecord(secretURL, "***"), secretURL, false},
		"no text":                         {same, json.Number("1"), true},
		"the normalized form":             {other, tidied, false},
		"no longer in the normalized one": {other, secretURL, true},
		"an equivalent URL":               {same, "HTTPS://HOOKS.example.com:443/caf%c3%a9/secret", false},
		"an earlier record":               {ArgumentRecord{Sent: NewHash([]string{"https://HOOKS.example.com/secret"})}, "https://HOOKS.example.com/secret", false},
		"a record of a normalized URL":    {ArgumentRecord{Sent: NewHash([]string{"https://hooks.example.com/%C3%A9%2F~?a=2&b=1#%7B"})}, "HTTPS://hooks.example.com:443/x/../%c3%a9%2f%7e?b=1&a=2#%7b", false},
		"what was sent, not shown":        {NewArgumentRecord(secretURL, nil), secretURL, false},
		"nothing is known":                {ArgumentRecord{}, secretURL, false},
	} {
		after := c.record.AfterRead(c.shown)
		if after.Drifted != c.drifted || after.Sent != c.record.Sent {
			t.Errorf("%s: %+v", name, after)
		}
		if back := after.AfterRead(secretURL); c.record.Shown == nil && back.Drifted && !strings.Contains(name, " record") {
			t.Errorf("%s: what was changed back is still another one", name)
		}
	}
	if reordered := NewArgumentRecord("https://a.example/?b=1&a=2", "https://a.example/?a=2&b=1"); reordered.Shown != nil || !reordered.Recognizes("https://a.example?b=1&a=2") {
		t.Errorf("the order of the query counts: %+v", reordered)
	}
	if !other.Recognizes(secretURL) || other.Recognizes(tidied) || (ArgumentRecord{}).Recognizes("") {
		t.Error("it does not recognize what was sent, and only that")
	}
	if stored, _ := json.Marshal(other); strings.Contains(string(stored), "hooks") || other.Check() != nil {
		t.Errorf("%s, %v", stored, other.Check())
	}
	for _, damaged := range []ArgumentRecord{{Sent: &Hash{}}, {Sent: same.Sent, Shown: &Hash{Time: 1 << 30}}} {
		if damaged.Check() == nil {
			t.Errorf("%+v is accepted", damaged)
		}
	}
}

// The rows of the table in DESIGN.md.
func TestArgumentDecision(t *testing.T) {
	t.Parallel()
	var (
		null, unknown = types.StringNull(), types.StringUnknown()
		same, other   = types.StringValue(secretURL), types.StringValue("https://hooks.example.com/other")
		none, one     = types.Int64Null(), types.Int64Value(1)
		two, later    = types.Int64Value(2), types.Int64Unknown()
		sent          = NewArgumentRecord(secretURL, secretURL)
		drifted       = sent.AfterRead("https://hooks.example.com/other")
		lost          ArgumentRecord
	)
	for name, c := range map[string]struct {
		s       ArgumentSituation
		want    Action
		missing bool
		known   bool // the value can be sent
	}{
		"created":                          {ArgumentSituation{Value: same}, Send, false, true},
		"created, not known yet":           {ArgumentSituation{Value: unknown}, Send, false, false},
		"created and pinned, not there":    {ArgumentSituation{Value: null, Version: one}, Send, true, false},
		"in place of the plain one":        {ArgumentSituation{Value: same, Record: sent}, Send, false, true},
		"the same":                         {ArgumentSituation{Value: same, Managed: true, Record: sent}, Keep, false, true},
		"another one":                      {ArgumentSituation{Value: other, Managed: true, Record: sent}, Send, false, true},
		"not known yet":                    {ArgumentSituation{Value: unknown, Managed: true, Record: sent}, Undecided, false, false},
		"null":                             {ArgumentSituation{Value: null, Managed: true, Record: sent}, Send, true, false},
		"drifted":                          {ArgumentSituation{Value: same, Managed: true, Record: drifted}, Send, false, true},
		"drifted, not known yet":           {ArgumentSituation{Value: unknown, Managed: true, Record: drifted}, Send, false, false},
		"without a record":                 {ArgumentSituation{Value: same, Managed: true, Record: lost}, Send, false, true},
		"pinned":                           {ArgumentSituation{Value: other, Version: one, PriorVersion: one, Managed: true, Record: sent}, Keep, false, false},
		"pinned, the same":                 {ArgumentSituation{Value: same, Version: one, PriorVersion: one, Managed: true, Record: sent}, Keep, false, true},
		"pinned, not there":                {ArgumentSituation{Value: null, Version: one, PriorVersion: one, Managed: true, Record: sent}, Keep, false, false},
		"pinned, not known yet":            {ArgumentSituation{Value: unknown, Version: one, PriorVersion: one, Managed: true, Record: sent}, Keep, false, false},
		"another version":                  {ArgumentSituation{Value: same, Version: two, PriorVersion: one, Managed: true, Record: sent}, Send, false, true},
		"another version, not there":       {ArgumentSituation{Value: null, Version: two, PriorVersion: one, Managed: true, Record: sent}, Send, true, false},
		"a version that is not known yet":  {ArgumentSituation{Value: same, Version: later, PriorVersion: one, Managed: true, Record: sent}, Undecided, false, true},
		"pinned and drifted":               {ArgumentSituation{Value: same, Version: one, PriorVersion: one, Managed: true, Record: drifted}, Send, false, true},
		"pinned and drifted, not there":    {ArgumentSituation{Value: null, Version: one, PriorVersion: one, Managed: true, Record: drifted}, Send, true, false},
		"pinned, without a record":         {ArgumentSituation{Value: same, Version: one, PriorVersion: one, Managed: true, Record: lost}, Send, false, true},
		"pinned, neither":                  {ArgumentSituation{Value: null, Version: one, PriorVersion: one, Managed: true, Record: lost}, Keep, false, false},
		"pinned from now on":               {ArgumentSituation{Value: same, Version: one, PriorVersion: none, Managed: true, Record: sent}, Keep, false, true},
		"pinned from now on, another one":  {ArgumentSituation{Value: other, Version: one, PriorVersion: none, Managed: true, Record: sent}, Send, false, true},
		"pinned from now on, not there":    {ArgumentSituation{Value: null, Version: one, PriorVersion: none, Managed: true, Record: sent}, Keep, false, false},
		"no longer pinned":                 {ArgumentSituation{Value: same, PriorVersion: one, Managed: true, Record: sent}, Keep, false, true},
		"no longer pinned, another one":    {ArgumentSituation{Value: other, PriorVersion: one, Managed: true, Record: sent}, Send, false, true},
		"hidden":                           {ArgumentSituation{Value: null, Managed: true, Record: sent, Ignored: true}, Keep, false, false},
		"hidden and drifted":               {ArgumentSituation{Value: null, Managed: true, Record: drifted, Ignored: true}, Keep, false, false},
		"hidden from a replacement":        {ArgumentSituation{Value: null, Ignored: true}, Undecided, false, false},
		"another argument is hidden":       {ArgumentSituation{Value: other, Managed: true, Record: sent, Ignored: true}, Send, false, true},
		"hidden, and pinned for the first": {ArgumentSituation{Value: null, Version: one, Managed: true, Record: sent, Ignored: true}, Keep, false, false},
	} {
		d := c.s.Decide()
		_, known := d.Known()
		if d.Action != c.want || d.Missing != c.missing || known != c.known {
			t.Errorf("%s: action %d, missing %t, known %t", name, d.Action, d.Missing, known)
		}
		if d.Hidden != (c.s.Ignored && c.s.Value.IsNull()) {
			t.Errorf("%s: hidden %t", name, d.Hidden)
		}
	}
	if d := (ArgumentSituation{Value: other, Managed: true, Record: sent}).Decide().AsPlanned(false); d.Action != Keep {
		t.Errorf("what was not planned is done: %+v", d)
	} else if _, known := d.Known(); known {
		t.Error("a value that was not to be sent is sent along")
	}
}
