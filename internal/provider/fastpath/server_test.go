package fastpath

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// counting is a framework server that counts the plan requests it receives.
type counting struct {
	FrameworkServer
	plans int
}

func (c *counting) PlanResourceChange(context.Context, *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	c.plans++
	return &tfprotov6.PlanResourceChangeResponse{}, nil
}

// The fast path responds to plan requests without changes, unless it is disabled or the framework must decide about a deferral.
func TestFastPath(t *testing.T) {
	t.Parallel()
	unchanged := func(context.Context, *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
		return &tfprotov6.PlanResourceChangeResponse{}
	}
	changed := func(context.Context, *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
		return nil
	}
	plan := func(enabled bool, planner Planner, typeName string, deferral bool) int {
		framework := &counting{}
		server := New(framework, enabled, map[string]Planner{"known": planner}, func(string) {})
		request := &tfprotov6.PlanResourceChangeRequest{TypeName: typeName}
		if deferral {
			request.ClientCapabilities = &tfprotov6.PlanResourceChangeClientCapabilities{DeferralAllowed: true}
		}
		if _, err := server.PlanResourceChange(t.Context(), request); err != nil {
			t.Fatal(err)
		}
		return framework.plans
	}
	for name, c := range map[string]struct {
		planner  Planner
		typeName string
		deferral bool
		enabled  bool
		want     int
	}{
		"unchanged":          {unchanged, "known", false, true, 0},
		"changed":            {changed, "known", false, true, 1},
		"of another type":    {unchanged, "unknown", false, true, 1},
		"with deferral":      {unchanged, "known", true, true, 1},
		"unchanged, but off": {unchanged, "known", false, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := plan(c.enabled, c.planner, c.typeName, c.deferral); got != c.want {
				t.Errorf("%d plans reach the framework, not %d", got, c.want)
			}
		})
	}
}
