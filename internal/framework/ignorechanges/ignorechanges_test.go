package ignorechanges_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/ignorechanges"
)

func TestHasIgnoredArguments(t *testing.T) {
	t.Parallel()
	value := func(text string) *tfprotov6.DynamicValue { return &tfprotov6.DynamicValue{MsgPack: []byte(text)} }
	plan := func(kind string, config *tfprotov6.DynamicValue) *tfprotov6.PlanResourceChangeRequest {
		return &tfprotov6.PlanResourceChangeRequest{TypeName: kind, Config: config}
	}
	var c ignorechanges.Configurations
	if c.HasIgnoredArguments(plan("a", value("one"))) {
		t.Error("nothing was validated, and a configuration counts as replaced")
	}
	c.Validated(&tfprotov6.ValidateResourceConfigRequest{TypeName: "a", Config: value("one")})
	c.Validated(&tfprotov6.ValidateResourceConfigRequest{TypeName: "a", Config: value("two")})
	c.Validated(&tfprotov6.ValidateResourceConfigRequest{TypeName: "b"})
	for _, test := range []struct {
		req  *tfprotov6.PlanResourceChangeRequest
		want bool
	}{
		{plan("a", value("one")), false}, {plan("a", value("two")), false}, {plan("a", value("three")), true},
		{plan("b", value("three")), false}, {plan("a", nil), false},
	} {
		if got := c.HasIgnoredArguments(test.req); got != test.want {
			t.Errorf("%+v: replaced %t", test.req, got)
		}
	}
	if ignorechanges.In(t.Context()) || ignorechanges.In(ignorechanges.With(t.Context(), false)) || !ignorechanges.In(ignorechanges.With(t.Context(), true)) {
		t.Error("a context does not say what it was told")
	}
}
