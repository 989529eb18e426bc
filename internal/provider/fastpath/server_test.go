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
	unchanged := func(context.Context, *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
		return &tfprotov6.PlanResourceChangeResponse{}
	}
	changed := func(context.Context, *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse {
		return nil
	}
	plan := func(planner Planner, typeName string, deferral bool) int {
		framework := &counting{}
		server := New(framework, map[string]Planner{"known": planner}, func(string) {})
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
		off      string
		want     int
	}{
		"unchanged":          {unchanged, "known", false, "", 0},
		"changed":            {changed, "known", false, "", 1},
		"of another type":    {unchanged, "unknown", false, "", 1},
		"with deferral":      {unchanged, "known", true, "", 1},
		"unchanged, but off": {unchanged, "known", false, "1", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(OffSwitch, c.off)
			if got := plan(c.planner, c.typeName, c.deferral); got != c.want {
				t.Errorf("%d plans reach the framework, not %d", got, c.want)
			}
		})
	}
}
