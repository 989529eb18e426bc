package provider

import (
	"context"
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/binding"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/ignored"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// NewServer returns what serves the provider to a CLI: the framework's server, spared what it would do for nothing. How much
// that is, `make bench` shows.
//
// Most resources of most plans have not changed, and the framework takes far longer to find that out than everything else
// that there is to do. What is unchanged beyond doubt is therefore answered here.
func NewServer(version string) func() tfprotov6.ProviderServer {
	return func() tfprotov6.ProviderServer {
		accounts := &talonic.Accounts{}
		framework, _ := providerserver.NewProtocol6(newProvider(version, accounts))().(frameworkServer) // the tests serve with it
		return &server{frameworkServer: framework, accounts: accounts}
	}
}

// frameworkServer is all that the framework's server can do.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

type server struct {
	frameworkServer
	accounts  *talonic.Accounts
	validated ignored.Configurations
}

// unchanged are the functions that recognise, by resource type, that there is nothing to plan. They return nil when in doubt.
var unchanged = map[string]func(context.Context, *tfprotov6.PlanResourceChangeRequest) *tfprotov6.PlanResourceChangeResponse{
	"talonic_delivery_binding":     binding.PlanUnchanged,
	"talonic_delivery_destination": destination.PlanUnchanged,
}

// PlanResourceChange plans a change.
func (s *server) PlanResourceChange(ctx context.Context, req *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	warnings := repair(&req.PriorPrivate)
	ctx = ignored.With(ctx, s.validated.Replaced(req))
	if recognise, ok := unchanged[req.TypeName]; ok && warnings == nil {
		if resp := recognise(ctx, req); resp != nil {
			return resp, nil
		}
	}
	ctx, release := revocable(ctx)
	defer release()
	resp, err := s.frameworkServer.PlanResourceChange(ctx, req)
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
	return s.frameworkServer.ValidateResourceConfig(ctx, req)
}

// UpgradeResourceState brings a stored state to the current schema. The CLI asks for it for every object of a state, which is known from
// then on: a create whose response is lost never takes it for its result.
func (s *server) UpgradeResourceState(ctx context.Context, req *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	if id := storedID(req.RawState); id != "" {
		s.accounts.Know(id)
	}
	ctx, release := revocable(ctx)
	defer release()
	return s.frameworkServer.UpgradeResourceState(ctx, req)
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

// UpgradeResourceIdentity brings a stored identity to the current schema.
func (s *server) UpgradeResourceIdentity(ctx context.Context, req *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	ctx, release := revocable(ctx)
	defer release()
	return s.frameworkServer.UpgradeResourceIdentity(ctx, req)
}

// ReadResource refreshes a resource.
func (s *server) ReadResource(ctx context.Context, req *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	ctx, release := revocable(ctx)
	defer release()
	warnings := repair(&req.Private)
	resp, err := s.frameworkServer.ReadResource(ctx, req)
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
	resp, err := s.frameworkServer.ApplyResourceChange(ctx, req)
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
