package privatestate_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
)

type state map[string][]byte

func (s state) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) { return s[key], nil }

func (s state) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	if value == nil {
		delete(s, key)
		return nil
	}
	s[key] = value
	return nil
}

type record struct {
	Shown map[string]any `json:"shown,omitempty"`
	Wrong bool           `json:"wrong,omitempty"`
}

func (r record) Check() error {
	if r.Wrong {
		return errors.New("wrong")
	}
	return nil
}

var a = privatestate.Key{Name: "a", Without: "It is done without."}

func TestRecords(t *testing.T) {
	t.Parallel()
	kept := state{}
	want := record{Shown: map[string]any{"n": json.Number("1.10")}}
	if diags := privatestate.Remember(t.Context(), kept, a, want); diags.HasError() {
		t.Fatal(diags)
	}
	if string(kept["a"]) != `{"v":1,"shown":{"n":1.10}}` {
		t.Errorf("%s", kept["a"])
	}
	got, found, diags := privatestate.Recall[record](t.Context(), kept, "the thing", a)
	if diff := cmp.Diff(want, got); diff != "" || len(diags) > 0 || found != privatestate.Readable {
		t.Errorf("%v, %v (-want +got):\n%s", found, diags, diff)
	}
	privatestate.Remember(t.Context(), kept, a, record{})
	if _, there := kept["a"]; there {
		t.Errorf("nothing takes place: %s", kept["a"])
	}
}

// A record that cannot be read causes a warning and counts as absent.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]privatestate.Found{
		``:                         privatestate.Nothing,
		`{}`:                       privatestate.Readable,
		`{"shown":{"a":1}}`:        privatestate.Readable, // from before records had versions
		`{"v":1,"shown":{"a":1}}`:  privatestate.Readable,
		`{"v":2,"shown":{"a":1}}`:  privatestate.Newer,
		`{"v":2,"shown":[]}`:       privatestate.Newer,
		`{"v":99999}`:              privatestate.Newer,
		`{"v":0}`:                  privatestate.Damaged,
		`{"v":-1}`:                 privatestate.Damaged,
		`{"v":"1"}`:                privatestate.Damaged,
		`{"v":1e400}`:              privatestate.Damaged,
		`{"v":1,"shown":[]}`:       privatestate.Damaged,
		`{"v":1,"shown":"a"}`:      privatestate.Damaged,
		`{"v":1,"wrong":true}`:     privatestate.Damaged,
		`{`:                        privatestate.Damaged,
		`null`:                     privatestate.Damaged,
		`[]`:                       privatestate.Damaged,
		`"{}"`:                     privatestate.Damaged,
		`1`:                        privatestate.Damaged,
		"\x00":                     privatestate.Damaged,
		strings.Repeat("[", 20000): privatestate.Damaged,
		`{"shown":` + strings.Repeat(`{"a":`, 20000) + strings.Repeat("}", 20001): privatestate.Damaged,
	} {
		kept := state{}
		if raw != "" {
			kept["a"] = []byte(raw)
		}
		got, found, diags := privatestate.Recall[record](t.Context(), kept, "the thing", a)
		if found != want {
			t.Errorf("%.40s: found %v, not %v", raw, found, want)
		}
		unreadable := want == privatestate.Damaged || want == privatestate.Newer
		if diags.HasError() || (diags.WarningsCount() == 1) != unreadable {
			t.Errorf("%.40s: %v", raw, diags)
		}
		if unreadable && (got.Shown != nil || got.Wrong) {
			t.Errorf("%.40s: something is left of it: %v", raw, got)
		}
		for _, d := range diags {
			if !strings.Contains(d.Detail(), "the thing") || !strings.HasSuffix(d.Detail(), "It is done without.") {
				t.Errorf("%.40s: %v", raw, d)
			}
		}
	}
}

func TestRepair(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		raw, want string
		dropped   bool
	}{
		{``, ``, false},
		{`{"a":"e30="}`, `{"a":"e30="}`, false},   // {}
		{`{".f":"e30="}`, `{".f":"e30="}`, false}, // the framework's own
		{`null`, `null`, false},
		{`{"a":"e30=","b":"ew=="}`, `{"a":"e30="}`, true}, // b is {
		{`{"a":"e30=","b":1}`, `{"a":"e30="}`, true},
		{`{"a":"e30=","b":""}`, `{"a":"e30="}`, true},
		{`{"a":"e30=","b":"Iv8i"}`, `{"a":"e30="}`, true}, // not UTF-8
		{`{"a":"e30=","b":"%%"}`, `{"a":"e30="}`, true},
		{`{"b":{}}`, ``, true},
		{`[]`, ``, true},
		{`{`, ``, true},
		{"\xff", ``, true},
	} {
		got, dropped := privatestate.Repair([]byte(c.raw))
		if string(got) != c.want || dropped != c.dropped {
			t.Errorf("%q: %q, %t; not %q, %t", c.raw, got, dropped, c.want, c.dropped)
		}
	}
}

// Any record is either read or absent.
func FuzzRecord(f *testing.F) {
	for _, seed := range []string{`{}`, `{"v":1,"shown":{"a":[1,null]}}`, `{"v":2}`, `{"v":`, `{"shown":{"a":{"a":1e999}}}`, `null`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		got, err := privatestate.Decode[record](raw)
		if err != nil {
			if got.Shown != nil {
				t.Errorf("%q: %v is left", raw, got)
			}
			return
		}
		kept := state{}
		if diags := privatestate.Remember(t.Context(), kept, a, got); diags.HasError() {
			t.Fatalf("%q cannot be written again: %v", raw, diags)
		}
		if repaired, dropped := privatestate.Repair(raw); dropped && len(repaired) > len(raw)+2 {
			t.Errorf("%q has grown to %q", raw, repaired)
		}
	})
}
