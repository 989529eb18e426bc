package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
)

// Create creates the destination and verifies that the API stored the sent values.
func (r *Resource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	if r.client == nil {
		resp.Diagnostics.Append(apidiag.NotYet(apidiag.Creating, noun))
		return
	}
	config, diags := readModel(ctx, req.Config)
	resp.Diagnostics.Append(diags...)
	plan, diags := readModel(ctx, req.Plan)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	config.registerSecrets()
	desired, err := newDesiredState(config, plan, nil, connector.ConfigRecord{}, credentials.Record{}, plannedWrites{})
	if err == nil {
		err = desired.maskedArgument()
	}
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Creating, plan, err))
		return
	}

	created, err := r.client.CreateDestination(ctx, desired.createRequest())
	if again, ok := desired.withTopLevelSigningSecret(err); ok {
		desired = again
		created, err = r.client.CreateDestination(ctx, desired.createRequest())
	}
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Creating, plan, err))
		return
	}
	resp.Diagnostics.Append(plan.subject().WithID(created.Object.ID).Recovered(created.Recovery)...)
	if problems := desired.discrepancies(&created.Object); created.Contradicts && problems.HasError() {
		resp.Diagnostics.Append(plan.subject().WithID(created.Object.ID).Mismatched(problems)...)
		return
	}
	desired.adopted = created.Adopted
	resp.Diagnostics.Append(privatestate.RememberResend(ctx, resp.Private, created.Recovery)...)
	ctx, end := r.client.Graceful(ctx) // an interrupt must not leave a created destination incomplete
	defer end()
	resp.Diagnostics.Append(r.settle(ctx, write{
		desired: desired, plan: plan, response: &created.Object,
		state: &resp.State, identity: resp.Identity, private: resp.Private,
	})...)
}
