package destination

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

func TestIntentConfig(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct{ unmanaged, arguments, want string }{
		"nothing":           {``, ``, `{}`},
		"arguments":         {``, `{"url": "u"}`, `{"url": "u"}`},
		"unmanaged keys":    {`{"a": {"b": 1.0}}`, `{"url": "u"}`, `{"a": {"b": 1.0}, "url": "u"}`},
		"an argument wins":  {`{"a": 1}`, `{"a": 2}`, `{"a": 2}`},
		"no nested merging": {`{"a": {"b": 1}}`, `{"a": {"c": 2}}`, `{"a": {"c": 2}}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			desired := desiredState{unmanaged: blocktest.Object(t, test.unmanaged), arguments: blocktest.Object(t, test.arguments)}
			if diff := cmp.Diff(blocktest.Object(t, test.want), desired.config()); diff != "" {
				t.Errorf("config (-want +got):\n%s", diff)
			}
			unchanged := desiredState{unmanaged: blocktest.Object(t, test.unmanaged), arguments: blocktest.Object(t, test.arguments)}
			if diff := cmp.Diff(unchanged.unmanaged, desired.unmanaged) + cmp.Diff(unchanged.arguments, desired.arguments); diff != "" {
				t.Errorf("the originals have changed (-want +got):\n%s", diff)
			}
		})
	}
}

// An update holds what differs. It also holds is_active, unless the API may re-enable the destination.
func TestIntentChange(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	limit := func(n int64) *int64 { return &n }
	for name, test := range map[string]struct {
		unmanaged, before, after string
		newName                  string
		capBefore, capAfter      *int64
		activeBefore             bool
		active                   *bool
		want                     string // "": no update needed
	}{
		"nothing":                  {before: `{"url": "u"}`, after: `{"url": "u"}`, activeBefore: true},
		"nothing, paused":          {before: `{"url": "u"}`, after: `{"url": "u"}`},
		"nothing, active wanted":   {activeBefore: true, active: &yes},
		"nothing, inactive wanted": {activeBefore: false, active: &no},
		"number written anew":      {before: `{"a": 1}`, after: `{"a": 1.0}`, activeBefore: true},
		"name":                     {newName: "new", activeBefore: true, want: `{"name": "new", "is_active": true}`},
		"name, paused":             {newName: "new", want: `{"name": "new", "is_active": false}`},
		"name, inactive wanted":    {newName: "new", activeBefore: true, active: &no, want: `{"name": "new", "is_active": false}`},
		"cap":                      {capAfter: limit(1), activeBefore: true, want: `{"payload_cap_bytes": 1, "is_active": true}`},
		"cap, paused":              {capAfter: limit(1), want: `{"payload_cap_bytes": 1, "is_active": false}`},
		"cap changed":              {capBefore: limit(2), capAfter: limit(1), activeBefore: true, want: `{"payload_cap_bytes": 1, "is_active": true}`},
		"cap removed":              {capBefore: limit(2), activeBefore: true, want: `{"payload_cap_bytes": null, "is_active": true}`},
		"cap unchanged":            {capBefore: limit(2), capAfter: limit(2), activeBefore: true},
		"target":                   {before: `{"url": "u"}`, after: `{"url": "v"}`, activeBefore: true, want: `{"config": {"url": "v"}, "is_active": true}`},
		"target, paused":           {before: `{"url": "u"}`, after: `{"url": "v"}`, want: `{"config": {"url": "v"}}`},
		"target, active wanted":    {before: `{"url": "u"}`, after: `{"url": "v"}`, active: &yes, want: `{"config": {"url": "v"}, "is_active": true}`},
		"target, inactive wanted":  {before: `{"url": "u"}`, after: `{"url": "v"}`, active: &no, want: `{"config": {"url": "v"}, "is_active": false}`},
		"target, unmanaged kept":   {unmanaged: `{"a": 1}`, before: `{"url": "u"}`, after: `{"url": "v"}`, activeBefore: true, want: `{"config": {"url": "v", "a": 1}, "is_active": true}`},
		"argument removed":         {before: `{"url": "u", "headers": {}}`, after: `{"url": "u"}`, activeBefore: true, want: `{"config": {"url": "u"}, "is_active": true}`},
		"last argument removed":    {before: `{"folder_id": "f"}`, after: `{}`, activeBefore: true, want: `{"config": {}, "is_active": true}`},
		"only activated":           {active: &yes, want: `{"is_active": true}`},
		"only paused":              {activeBefore: true, active: &no, want: `{"is_active": false}`},
		"name and target, paused":  {newName: "new", before: `{"url": "u"}`, after: `{"url": "v"}`, want: `{"name": "new", "config": {"url": "v"}}`},
		"everything": {
			unmanaged: `{"a": 1}`, newName: "new", before: `{"url": "u"}`, after: `{"url": "v"}`, capAfter: limit(1), activeBefore: true, active: &no,
			want: `{"name": "new", "config": {"url": "v", "a": 1}, "payload_cap_bytes": 1, "is_active": false}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			state := &model{Name: types.StringValue("old"), IsActive: types.BoolValue(test.activeBefore), PayloadCapBytes: types.Int64PointerValue(test.capBefore)}
			plan := &model{Name: state.Name, IsActive: types.BoolUnknown(), PayloadCapBytes: types.Int64PointerValue(test.capAfter)}
			if test.newName != "" {
				plan.Name = types.StringValue(test.newName)
			}
			desired := desiredState{
				connector: connector.Webhook, apiType: "webhook", name: plan.Name.ValueString(), cap: test.capAfter, active: test.active,
				unmanaged: blocktest.Object(t, test.unmanaged), before: blocktest.Object(t, test.before), arguments: blocktest.Object(t, test.after),
			}
			change, needed := desired.updateRequest(plan, state)
			if needed != (test.want != "") {
				t.Errorf("needed: %t", needed)
			}
			if !needed {
				return
			}
			body, err := json.Marshal(change)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(blocktest.Decode(t, test.want), blocktest.Decode(t, string(body))); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
		})
	}
}

// A create omits is_active unless the destination is to be paused.
func TestIntentCreation(t *testing.T) {
	t.Parallel()
	yes, no, limit := true, false, int64(1000)
	for name, test := range map[string]struct {
		want desiredState
		body string
	}{
		"least":  {desiredState{name: "n", apiType: "custom"}, `{"name": "n", "type": "custom", "config": {}}`},
		"config": {desiredState{name: "n", apiType: "webhook", arguments: connector.Config{"url": "u"}}, `{"name": "n", "type": "webhook", "config": {"url": "u"}}`},
		"active": {desiredState{name: "n", apiType: "webhook", active: &yes}, `{"name": "n", "type": "webhook", "config": {}}`},
		"paused": {desiredState{name: "n", apiType: "webhook", active: &no}, `{"name": "n", "type": "webhook", "config": {}, "is_active": false}`},
		"cap":    {desiredState{name: "n", apiType: "webhook", cap: &limit}, `{"name": "n", "type": "webhook", "config": {}, "payload_cap_bytes": 1000}`},
	} {
		body, err := json.Marshal(test.want.createRequest())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(blocktest.Decode(t, test.body), blocktest.Decode(t, string(body)), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
