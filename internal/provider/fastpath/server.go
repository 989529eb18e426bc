// Package fastpath stands in front of the framework's server. It answers plans in which nothing changed, revokes the contexts that the
// framework keeps, tells plans what the protocol leaves out (packages ignored and replaced), and passes everything else on.
//
// Most resources of most plans have not changed, and the framework takes far longer to find that out than everything else that there
// is to do; `make bench` shows how much. The framework also keeps the context of every call until the provider ends.
package fastpath

import (
	"context"
	"encoding/json"
	"os"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/ignored"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/replaced"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// OffSwitch is the environment variable that sends every plan to the framework, when it is set to anything. It is for support: with
// it, a plan shows whether a problem is the fast path's.
const OffSwitch = "TALONIC_DISABLE_FAST_PATH"

// Planner recognizes that there is nothing to plan for a resource. It returns nil when in doubt.
type Planner func(context.Context, *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse

// FrameworkServer is all that the framework's server can do.
type FrameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// New returns a server in front of the framework's. planners has one for each resource type that has one, and know is told the id of
// every object in a state that the CLI shows.
func New(framework FrameworkServer, planners map[string]Planner, know func(id string)) tfprotov6.ProviderServer {
	if os.Getenv(OffSwitch) != "" {
		planners = nil
	}
	return &server{FrameworkServer: framework, planners: planners, know: know}
}

type server struct {
	FrameworkServer
	planners  map[string]Planner
	know      func(id string)
	validated ignored.Configurations
	planned   replaced.Plans
}

// PlanResourceChange plans a change.
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := s.plan(replaced.With(ctx, s.planned.State(req)), req)
	s.planned.Planned(req, resp)
	return resp, err
}

func (s *server) plan(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	warnings := repair(&req.PriorPrivate)
	ctx = ignored.With(ctx, s.validated.Replaced(req))
	deferral := req.ClientCapabilities != nil && req.ClientCapabilities.DeferralAllowed // which the framework decides about
	if plan, ok := s.planners[req.TypeName]; ok && warnings == nil && !deferral {
		if resp := plan(ctx, req); resp != nil {
			return resp, nil
		}
	}
	ctx, release := revocable(ctx)
	defer release()
	resp, err := s.FrameworkServer.PlanResourceChange(ctx, req)
	if resp != nil {
		resp.Diagnostics = append(resp.Diagnostics, warnings...)
	}
	return resp, err
}

// The framework's server keeps the context of every call until the provider ends, and with it everything that the context
// refers to: over a thousand resources, most of the memory. So it gets them for the time of the call only.

// ValidateResourceConfig validates a resource's configuration.
func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	s.validated.Validated(req)
	ctx, release := revocable(ctx)
	defer release()
	return s.FrameworkServer.ValidateResourceConfig(ctx, req)
}

// UpgradeResourceState brings a stored state to the current schema. The CLI asks for it for every object of a state, which is known from
// then on: a create whose response is lost never takes it for its result.
func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if id := storedID(req.RawState); id != "" {
		s.know(id)
	}
	ctx, release := revocable(ctx)
	defer release()
	return s.FrameworkServer.UpgradeResourceState(ctx, req)
}

// storedID is the id in a stored state; empty if there is none.
func storedID(raw *tfprotov6.RawState) string {
	var stored struct {
		ID string `json:"id"`
	}
	if raw == nil || json.Unmarshal(raw.JSON, &stored) != nil {
		return ""
	}
	return stored.ID
}

// MoveResourceState takes an object over from another provider's resource. Nothing of its private state is taken along, so the framework,
// which may refuse it, is not shown it. The id is known from then on.
func (s *server) MoveResourceState(ctx context.Context, req *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	ctx, release := revocable(ctx)
	defer release()
	withoutPrivate := *req
	withoutPrivate.SourcePrivate = nil
	resp, err := s.FrameworkServer.MoveResourceState(ctx, &withoutPrivate)
	if resp != nil {
		if id := idIn(resp.TargetIdentity); id != "" {
			s.know(id)
		}
	}
	return resp, err
}

// idIn is the id in an identity; empty if there is none.
func idIn(identity *tfprotov6.ResourceIdentityData) string {
	if identity == nil || identity.IdentityData == nil {
		return ""
	}
	value, err := identity.IdentityData.Unmarshal(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String}})
	var (
		attributes map[string]tftypes.Value
		id         string
	)
	if err != nil || value.As(&attributes) != nil || attributes["id"].As(&id) != nil {
		return ""
	}
	return id
}

// UpgradeResourceIdentity brings a stored identity to the current schema.
func (s *server) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	ctx, release := revocable(ctx)
	defer release()
	return s.FrameworkServer.UpgradeResourceIdentity(ctx, req)
}

// ReadResource refreshes a resource.
func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	ctx, release := revocable(ctx)
	defer release()
	warnings := repair(&req.Private)
	if id := idIn(req.CurrentIdentity); id != "" && !text.IsID(id) {
		req.CurrentIdentity = nil // OpenTofu hands on the identity that a moved object has with its former provider
	}
	resp, err := s.FrameworkServer.ReadResource(ctx, req)
	if resp != nil {
		resp.Diagnostics = append(resp.Diagnostics, warnings...)
	}
	return resp, err
}

// ApplyResourceChange carries out a plan.
func (s *server) ApplyResourceChange(ctx context.Context, req *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	ctx, release := revocable(ctx)
	defer release()
	warnings := repair(&req.PlannedPrivate)
	resp, err := s.FrameworkServer.ApplyResourceChange(ctx, req)
	if resp != nil {
		resp.Diagnostics = append(resp.Diagnostics, warnings...)
	}
	return resp, err
}

// repair removes from private state what the framework would refuse with an error, and warns if there was any: all that is in there
// is a cache.
func repair(raw *[]byte) []*tfprotov6.Diagnostic {
	repaired, dropped := privatestate.Repair(*raw)
	if !dropped {
		return nil
	}
	*raw = repaired
	return []*tfprotov6.Diagnostic{{
		Severity: tfprotov6.DiagnosticSeverityWarning,
		Summary:  "Private state is damaged",
		Detail: "A part of Terraform's private state of this resource cannot be read. The provider goes on as if it were not there: credentials that " +
			"the configuration has may be sent once more, and none are removed.",
	}}
}
