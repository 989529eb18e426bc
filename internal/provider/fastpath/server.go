// Package fastpath wraps the framework's provider server:
//
//   - It responds to plans without a diff itself. In most plans, most resources are unchanged, and detecting that takes the framework longer
//     than the rest of the plan (see `make bench`).
//   - It revokes the context of each call when the call ends, because the framework keeps it until the provider exits.
//   - It adds to the context of a plan what the protocol does not show: see packages ignorechanges and replaced.
//   - It removes damaged private state.
//   - It records the IDs of all objects in state.
package fastpath

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/ignorechanges"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/replaced"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// Planner returns the response to a plan without a diff. It returns nil if the plan may have a diff. In that case, the framework plans.
type Planner func(context.Context, *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse

// FrameworkServer lists the interfaces of the framework's server.
type FrameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// New returns a server that wraps framework. planners maps resource types to their planners. The framework plans all types without a planner,
// and all types if enabled is false. The server calls know with the ID of every object in the state that the CLI passes to it.
func New(framework FrameworkServer, enabled bool, planners map[string]Planner, know func(id string)) tfprotov6.ProviderServer {
	if !enabled {
		planners = nil
	}
	return &server{FrameworkServer: framework, planners: planners, know: know}
}

type server struct {
	FrameworkServer
	planners  map[string]Planner
	know      func(id string)
	validated ignorechanges.Configurations
	planned   replaced.Plans
}

// PlanResourceChange plans a change. It uses the fast path if the resource type has a [Planner].
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	resp, err := s.plan(replaced.With(ctx, s.planned.State(req)), req)
	s.planned.Planned(req, resp)
	return resp, err
}

func (s *server) plan(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	warnings := repair(&req.PriorPrivate)
	ctx = ignorechanges.With(ctx, s.validated.HasIgnoredArguments(req))
	deferral := req.ClientCapabilities != nil && req.ClientCapabilities.DeferralAllowed // deferred plans are left to the framework
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

// The framework keeps the context of every call, and everything that the context refers to, until the provider exits. With a thousand
// resources, these contexts take most of the memory. Therefore each method below passes a context that it revokes at the end of the call.

// ValidateResourceConfig validates a resource's configuration.
func (s *server) ValidateResourceConfig(ctx context.Context, req *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	s.validated.Validated(req)
	ctx, release := revocable(ctx)
	defer release()
	return s.FrameworkServer.ValidateResourceConfig(ctx, req)
}

// UpgradeResourceState converts a stored state to the current schema. CLIs call it for every object in state, so the server records the ID of
// each object. A create whose response is lost must not adopt an object that is already in state.
func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if id := storedID(req.RawState); id != "" {
		s.know(id)
	}
	ctx, release := revocable(ctx)
	defer release()
	return s.FrameworkServer.UpgradeResourceState(ctx, req)
}

// storedID returns the ID in a stored state, or "" if it has none.
func storedID(raw *tfprotov6.RawState) string {
	var stored struct {
		ID string `json:"id"`
	}
	if raw == nil || json.Unmarshal(raw.JSON, &stored) != nil {
		return ""
	}
	return stored.ID
}

// MoveResourceState imports an object from a different provider's resource, and records the object's ID. It omits the private state of the
// source, because the provider does not use it and the framework may reject it.
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

// idIn returns the ID in an identity, or "" if it has none.
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

// UpgradeResourceIdentity converts a stored identity to the current schema.
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
		req.CurrentIdentity = nil // OpenTofu passes the identity of a moved object in its former provider
	}
	resp, err := s.FrameworkServer.ReadResource(ctx, req)
	if resp != nil {
		resp.Diagnostics = append(resp.Diagnostics, warnings...)
	}
	return resp, err
}

// ApplyResourceChange applies a planned change.
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

// repair removes parts of private state that the framework would reject with an error. It returns a warning if it removed any. Private state
// contains only data that the provider can do without.
func repair(raw *[]byte) []*tfprotov6.Diagnostic {
	repaired, dropped := privatestate.Repair(*raw)
	if !dropped {
		return nil
	}
	*raw = repaired
	return []*tfprotov6.Diagnostic{{
		Severity: tfprotov6.DiagnosticSeverityWarning,
		Summary:  "Private state is damaged",
		Detail: "The provider cannot read a part of the private state of this resource, and continues without it. The provider may send configured credentials " +
			"once more, and removes none.\n\nApply to store a new private state.",
	}}
}
