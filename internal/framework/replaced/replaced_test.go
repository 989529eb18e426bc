package replaced_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/replaced"
)

// value returns a string in the protocol's encoding; null if text is empty.
func value(t *testing.T, text string) *tfprotov6.DynamicValue {
	t.Helper()
	var content any
	if text != "" {
		content = text
	}
	v, err := tfprotov6.NewDynamicValue(tftypes.String, tftypes.NewValue(tftypes.String, content))
	if err != nil {
		t.Fatal(err)
	}
	return &v
}

func TestPlans(t *testing.T) {
	t.Parallel()
	var p replaced.Plans
	request := func(kind, state, config, private string) *tfprotov6.PlanResourceChangeRequest {
		return &tfprotov6.PlanResourceChangeRequest{
			TypeName: kind, PriorState: value(t, state), ProposedNewState: value(t, config), Config: value(t, config), PriorPrivate: []byte(private),
		}
	}
	planned := func(kind, state, config, private string) {
		p.Planned(request(kind, state, config, "before"), &tfprotov6.PlanResourceChangeResponse{PlannedPrivate: []byte(private)})
	}
	if p.State(request("a", "", "c", "p")) != nil {
		t.Error("nothing was planned, and something is replaced")
	}
	planned("a", "s", "c", "p")
	planned("a", "s", "c", "p") // a CLI may plan twice
	planned("a", "one of two", "same", "p")
	planned("a", "another of two", "same", "p")
	planned("a", "one of two", "same", "p")
	planned("a", "", "created", "p")
	planned("a", "destroyed", "", "p")
	planned("a", "without private state", "w", "")
	p.Planned(request("a", "s", "failed", "p"), nil)
	for _, c := range []struct{ kind, state, config, private, want string }{
		{"a", "", "c", "p", "s"},
		{"a", "s", "c", "p", ""}, // has a state
		{"b", "", "c", "p", ""},
		{"a", "", "c", "other", ""},
		{"a", "", "other", "p", ""},
		{"a", "", "same", "p", ""}, // cannot tell which of the two
		{"a", "", "created", "p", ""},
		{"a", "", "", "p", ""},
		{"a", "", "w", "", ""},
		{"a", "", "failed", "p", ""},
	} {
		got := p.State(request(c.kind, c.state, c.config, c.private))
		if (got == nil) != (c.want == "") || got != nil && string(got.MsgPack) != string(value(t, c.want).MsgPack) {
			t.Errorf("%v: %v", c, got)
		}
	}
	if replaced.In(t.Context()) != nil || replaced.In(replaced.With(t.Context(), nil)) != nil {
		t.Error("a context has a state that it was not told")
	}
	if state := value(t, "s"); replaced.In(replaced.With(t.Context(), state)) != state {
		t.Error("a context does not have what it was told")
	}
}
