package binding

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// record is a record in private state.
type record string

func (r record) GetKey(context.Context, string) ([]byte, diag.Diagnostics) { return []byte(r), nil }
func (r record) SetKey(context.Context, string, []byte) diag.Diagnostics   { return nil }

// shown returns a binding as the API shows it, with additional keys as JSON.
func shown(t *testing.T, more string) *talonic.Binding {
	t.Helper()
	b := &talonic.Binding{
		ID: "id", Name: "a", SignalFilter: talonic.SignalFilter{EventType: "e"}, DeliverableType: "d", DestinationID: "1", SerializerFormat: "json",
		IsActive: true, CreatedAt: "then", UpdatedAt: "later",
	}
	if err := json.Unmarshal([]byte(more), b); err != nil {
		t.Fatal(err)
	}
	return b
}

// held returns a binding in state with the values of an import of what the API shows.
func held(t *testing.T, more string) model {
	t.Helper()
	m, _, err := model{"id": types.StringValue("id")}.fromAPI(bodyRecord{}, shown(t, more))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// fromAPI returns the state, compared as a body, and the record after a refresh. was is the JSON of the prior record.
func TestObserve(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		held, was, shown string
		want             string // in state
		is               string // the record afterwards
	}{
		"nothing":                {`{}`, `{}`, `{}`, `{}`, `{}`},
		"the same":               {`{"serializer_config":{"a":1}}`, `{}`, `{"serializer_config":{"a":1.0}}`, `{"serializer_config":{"a":1}}`, `{}`},
		"left out, filled in":    {`{}`, `{}`, `{"serializer_config":{"a":1},"delivery_policy":{"max_attempts":3},"field_map":{"drop":["a"]}}`, `{}`, `{}`},
		"changed":                {`{"serializer_config":{"a":1}}`, `{}`, `{"serializer_config":{"a":2}}`, `{"serializer_config":{"a":2}}`, `{}`},
		"grown":                  {`{"serializer_config":{"a":1}}`, `{}`, `{"serializer_config":{"a":1,"b":2}}`, `{"serializer_config":{"a":1,"b":2}}`, `{}`},
		"grown, and known to be": {`{"serializer_config":{"a":1}}`, `{"shown":{"serializer_config":{"a":1,"b":2}}}`, `{"serializer_config":{"a":1,"b":2}}`, `{"serializer_config":{"a":1}}`, `{"shown":{"serializer_config":{"a":1,"b":2}}}`},
		"grown more":             {`{"serializer_config":{"a":1}}`, `{"shown":{"serializer_config":{"a":1,"b":2}}}`, `{"serializer_config":{"a":1,"b":3}}`, `{"serializer_config":{"a":1,"b":3}}`, `{}`},
		"as it was sent after all": {`{"serializer_config":{"a":1}}`, `{"shown":{"serializer_config":{"a":1,"b":2}}}`, `{"serializer_config":{"a":1}}`,
			`{"serializer_config":{"a":1}}`, `{}`},
		"gone":                 {`{"resolver_config":{"a":1}}`, `{}`, `{}`, `{}`, `{}`},
		"a block gone":         {`{"delivery_policy":{"max_attempts":3}}`, `{}`, `{}`, `{}`, `{}`},
		"a part gone":          {`{"delivery_policy":{"max_attempts":3,"timeout_ms":5}}`, `{}`, `{"delivery_policy":{"timeout_ms":5}}`, `{"delivery_policy":{"timeout_ms":5}}`, `{}`},
		"a part filled in":     {`{"delivery_policy":{"max_attempts":3}}`, `{}`, `{"delivery_policy":{"max_attempts":3,"timeout_ms":5}}`, `{"delivery_policy":{"max_attempts":3}}`, `{}`},
		"a rate filled in":     {`{"delivery_policy":{"max_attempts":3}}`, `{}`, `{"delivery_policy":{"max_attempts":3,"rate_limit":{"ratePerSec":1,"capacity":2}}}`, `{"delivery_policy":{"max_attempts":3}}`, `{}`},
		"a rate gone":          {`{"delivery_policy":{"max_attempts":3,"rate_limit":{"ratePerSec":1.5,"capacity":2}}}`, `{}`, `{"delivery_policy":{"max_attempts":3}}`, `{"delivery_policy":{"max_attempts":3}}`, `{}`},
		"an event":             {`{}`, `{}`, `{"signal_filter":{"event_type":"f"}}`, `{"signal_filter":{"event_type":"f"}}`, `{}`},
		"rules in order":       {`{"field_map":{"rules":[{"source":"a","target":"b"},{"source":"c","target":"d"}]}}`, `{}`, `{"field_map":{"rules":[{"source":"c","target":"d"},{"source":"a","target":"b"}]}}`, `{"field_map":{"rules":[{"source":"c","target":"d"},{"source":"a","target":"b"}]}}`, `{}`},
		"flat, in any order":   {`{"field_map":{"rules":[{"source":"c","target":"d"},{"source":"$.a","target":"b"}],"drop":["x"]}}`, `{}`, `{"field_map":{"b":"$.a","d":"$.c"}}`, `{"field_map":{"rules":[{"source":"c","target":"d"},{"source":"$.a","target":"b"}],"drop":["x"]}}`, `{}`},
		"flat, changed":        {`{"field_map":{"rules":[{"source":"a","target":"b"}],"static":{"s":1}}}`, `{}`, `{"field_map":{"b":"$.x"}}`, `{"field_map":{"rules":[{"source":"x","target":"b"}],"static":{"s":1}}}`, `{}`},
		"flat, without rules":  {`{"field_map":{"static":{"s":1}}}`, `{}`, `{"field_map":{}}`, `{"field_map":{"static":{"s":1}}}`, `{}`},
		"flat, rules gone":     {`{"field_map":{"rules":[{"source":"a","target":"b"}],"static":{"s":1}}}`, `{}`, `{"field_map":{}}`, `{"field_map":{"static":{"s":1}}}`, `{}`},
		"map gone altogether":  {`{"field_map":{"rules":[{"source":"a","target":"b"}],"static":{"s":1}}}`, `{}`, `{"field_map":null}`, `{}`, `{}`},
		"imported is imported": {`{}`, `{"imported":true}`, `{}`, `{}`, `{"imported":true}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			prior, _, diags := privatestate.Recall[bodyRecord](t.Context(), record(c.was), noun, shownKey)
			if diags.HasError() {
				t.Fatal(diags)
			}
			now, next, err := held(t, c.held).fromAPI(prior, shown(t, c.shown))
			if err != nil {
				t.Fatal(err)
			}
			want, _ := held(t, c.want).body()
			got, _ := now.body()
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("in state (-want +got):\n%s", diff)
			}
			if text, _ := json.Marshal(next); string(text) != c.is {
				t.Errorf("remembered %s, not %s", text, c.is)
			}
			again, _, err := now.fromAPI(next, shown(t, c.shown))
			if err != nil || !again.object().Equal(now.object()) {
				t.Errorf("the second reading has something else: %v %v", again, err)
			}
		})
	}
}

// An import takes every value that is not a documented default.
func TestObserveImport(t *testing.T) {
	t.Parallel()
	for more, want := range map[string]string{
		`{"resolver_config":{"null_handling":"always_null"},"serializer_config":{},"signal_filter":{"event_type":"e","match":{}}}`:     `{}`,
		`{"resolver_config":{"null_handling":"distinguish"}}`:                                                                          `{"resolver_config":{"null_handling":"distinguish"}}`,
		`{"delivery_policy":{"max_attempts":6,"backoff_schedule":[5000,30000,120000,600000,3600000],"timeout_ms":30000}}`:              `{}`,
		`{"delivery_policy":{"max_attempts":7,"backoff_schedule":[0,30000,120000,480000,1800000,7200000,28800000],"timeout_ms":9000}}`: `{"delivery_policy":{"timeout_ms":9000}}`,
		`{"field_map":{"rules":[],"static":{},"drop":[]}}`:                                                                             `{}`,
		`{"field_map":{"b":"$.a"}}`: `{"field_map":{"rules":[{"source":"a","target":"b"}]}}`,
	} {
		got, _ := held(t, more).body()
		wanted := decoded([]byte(want)).(body)
		for key, value := range map[string]any{
			"name": "a", "deliverable_type": "d", "destination_id": "1", "serializer_format": "json", "signal_filter": body{"event_type": "e"},
		} {
			if _, ok := wanted[key]; !ok {
				wanted[key] = value
			}
		}
		if diff := cmp.Diff(wanted, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", more, diff)
		}
	}
}

func TestDifferences(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		before, sent, stored string
		form                 mapForm
		want                 []string
	}{
		"the same":               {``, `{"name":"a","serializer_config":{"a":1}}`, `{"name":"a","serializer_config":{"a":1,"b":2}}`, whole, nil},
		"another name":           {``, `{"name":"a"}`, `{"name":"A"}`, whole, []string{`name was sent as "a", but the API stored "A"`}},
		"not stored":             {``, `{"resolver_config":{"a":1}}`, `{}`, whole, []string{`resolver_config was sent, but the API did not store it`}},
		"gone":                   {`{"delivery_policy":{"max_attempts":3}}`, `{}`, `{}`, whole, nil},
		"still there":            {`{"delivery_policy":{"max_attempts":3,"timeout_ms":5}}`, `{}`, `{"delivery_policy":{"max_attempts":3,"timeout_ms":5,"backoff_schedule":[1]}}`, whole, []string{`delivery_policy.max_attempts was removed, but the API still has 3`, `delivery_policy.timeout_ms was removed, but the API still has 5`}},
		"filled in":              {`{"delivery_policy":{"max_attempts":3,"timeout_ms":5}}`, `{}`, `{"delivery_policy":{"max_attempts":8,"timeout_ms":5}}`, whole, nil},
		"is the default":         {`{"delivery_policy":{"max_attempts":6}}`, `{}`, `{"delivery_policy":{"max_attempts":6}}`, whole, nil},
		"part still there":       {`{"delivery_policy":{"max_attempts":3,"timeout_ms":5}}`, `{"delivery_policy":{"max_attempts":3}}`, `{"delivery_policy":{"max_attempts":3,"timeout_ms":5}}`, whole, []string{`delivery_policy.timeout_ms was removed, but the API still has 5`}},
		"part is default":        {`{"delivery_policy":{"max_attempts":3,"timeout_ms":30000}}`, `{"delivery_policy":{"max_attempts":3}}`, `{"delivery_policy":{"max_attempts":3,"timeout_ms":30000}}`, whole, nil},
		"rules in another order": {``, `{"field_map":{"rules":[{"source":"a","target":"b"},{"source":"c","target":"d"}]}}`, `{"field_map":{"rules":[{"source":"c","target":"d"},{"source":"a","target":"b"}]}}`, whole, []string{`field_map.rules.0.source differs from the value that was sent`, `field_map.rules.0.target differs from the value that was sent`, `field_map.rules.1.source differs from the value that was sent`, `field_map.rules.1.target differs from the value that was sent`}},
		"flat":                   {``, `{"field_map":{"rules":[{"source":"c","target":"d"},{"source":"a","target":"b"}],"static":{"s":1}}}`, `{"field_map":{"rules":[{"source":"a","target":"b"},{"source":"c","target":"d"}]}}`, flat, nil},
		"flat, another rule":     {``, `{"field_map":{"rules":[{"source":"a","target":"b"}],"static":{"s":1}}}`, `{"field_map":{"rules":[{"source":"x","target":"b"}]}}`, flat, []string{`field_map.rules.0.source differs from the value that was sent`}},
		"flat, nothing stored":   {``, `{"field_map":{"drop":["a"]}}`, `{"field_map":{}}`, flat, nil},
		"map not stored":         {``, `{"field_map":{"drop":["a"]}}`, `{}`, whole, []string{`field_map was sent, but the API did not store it`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			object := func(text string) body {
				b, _ := decoded([]byte(text)).(body)
				return b
			}
			var got []string
			for _, d := range differences(object(c.before), object(c.sent), object(c.stored), c.form) {
				got = append(got, d.String())
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
