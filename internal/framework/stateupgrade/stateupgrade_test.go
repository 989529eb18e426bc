package stateupgrade_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/stateupgrade"
)

// Two invented versions: title was renamed to name, and limit became a number of bytes.
var (
	steps = stateupgrade.Steps{
		func(attributes map[string]any) bool {
			attributes["name"] = attributes["title"]
			delete(attributes, "title")
			return true
		},
		func(attributes map[string]any) bool {
			limit, ok := attributes["limit"].(string)
			attributes["bytes"] = strings.TrimSuffix(limit, "B")
			return ok
		},
	}
	current = schema.Schema{Version: steps.Version(), Attributes: map[string]schema.Attribute{
		"name":  schema.StringAttribute{Required: true},
		"bytes": schema.Int64Attribute{Optional: true},
	}}
)

func TestUpgraders(t *testing.T) {
	t.Parallel()
	upgraders := steps.Upgraders(current)
	if len(upgraders) != 2 || current.Version != 2 {
		t.Fatalf("%d upgraders to version %d", len(upgraders), current.Version)
	}
	for _, c := range []struct {
		version int64
		raw     string
		name    string
		bytes   int64
		fails   bool
	}{
		{0, `{"title":"a","limit":"5B"}`, "a", 5, false},
		{1, `{"name":"a","limit":"5B","gone":{}}`, "a", 5, false},
		{1, `{"name":"a","limit":"9007199254740993B"}`, "a", 9007199254740993, false},
		{0, `{"title":"a","limit":"fake-secret"}`, "", 0, true},
		{0, `{"title":["fake-secret"],"limit":"5B"}`, "", 0, true},
		{0, `{"title":"fake-secret","limit":5}`, "", 0, true},
		{1, `{`, "", 0, true},
		{1, `null`, "", 0, true},
		{1, `[]`, "", 0, true},
	} {
		resp := resource.UpgradeStateResponse{State: tfsdk.State{Schema: current}}
		upgraders[c.version].StateUpgrader(t.Context(), resource.UpgradeStateRequest{RawState: &tfprotov6.RawState{JSON: []byte(c.raw)}}, &resp)
		if resp.Diagnostics.HasError() != c.fails {
			t.Errorf("%s: %v", c.raw, resp.Diagnostics)
		}
		for _, d := range resp.Diagnostics {
			if strings.Contains(d.Detail(), "fake-secret") {
				t.Errorf("%s: the error quotes a value: %s", c.raw, d.Detail())
			}
		}
		if c.fails {
			continue
		}
		var (
			name  string
			bytes int64
		)
		diags := resp.State.GetAttribute(t.Context(), path.Root("name"), &name)
		diags.Append(resp.State.GetAttribute(t.Context(), path.Root("bytes"), &bytes)...)
		if diags.HasError() || name != c.name || bytes != c.bytes {
			t.Errorf("%s: %q, %d, %v", c.raw, name, bytes, diags)
		}
	}
}

// A resource whose schema never changed needs no upgrader.
func TestNoSteps(t *testing.T) {
	t.Parallel()
	if none := (stateupgrade.Steps)(nil); none.Version() != 0 || len(none.Upgraders(current)) != 0 {
		t.Error("there are steps")
	}
}
