package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// Read refreshes the state from the API. If the API does not find the destination, Read removes it from state, unless the state comes from
// an import, or the API key belongs to a different organization.
func (r *Resource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state, diags := readModel(ctx, req.State)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(identity.Set(ctx, resp.Identity, state.ID)...)
	if r.client == nil {
		resp.Diagnostics.Append(notRead(state))
		return
	}
	prior, known, diags := privatestate.Recall[connector.ConfigRecord](ctx, req.Private, state.called(), configKey)
	resp.Diagnostics.Append(diags...)
	sent, found, diags := privatestate.Recall[credentials.Record](ctx, req.Private, state.called(), credentialKey)
	resp.Diagnostics.Append(diags...)
	owner, diags := identity.RecallOwner(ctx, req.Private, state.called())
	resp.Diagnostics.Append(diags...)

	shown, err := r.client.RefreshDestination(ctx, state.ID.ValueString())
	if err == nil && state.isNewerThan(shown, prior) {
		shown, err = r.client.GetDestination(ctx, state.ID.ValueString())
	}
	switch {
	case talonic.IsNotFound(err) && !state.wasRead():
		resp.Diagnostics.Append(describe(apidiag.Importing, state, err))
		return
	case talonic.IsNotFound(err):
		reported, gone := r.organization.Absent(ctx, state.subject(), owner, err)
		if resp.Diagnostics.Append(reported); gone {
			resp.State.RemoveResource(ctx)
		}
		return
	case err != nil:
		resp.Diagnostics.Append(describe(apidiag.Reading, state, err))
		return
	}
	if problem := r.organization.Present(state.subject(), owner, shown.CustomerID); problem != nil {
		resp.Diagnostics.Append(problem)
		return
	}
	before := *state
	next, err := state.refresh(shown, prior)
	if err != nil {
		resp.Diagnostics.Append(describe(apidiag.Reading, state, err))
		return
	}
	recorded := known == privatestate.Readable
	if !state.hasDrifted(&before) && (!recorded || privatestate.Same(prior, next)) {
		*state = before
	}
	if recorded {
		resp.Diagnostics.Append(state.warnUnmanaged(prior, next)...)
	}
	resp.Diagnostics.Append(state.warnWriteOnly(next)...)
	resp.Diagnostics.Append(warnMalformed(shown)...)
	resp.Diagnostics.Append(privatestate.Remember(ctx, resp.Private, configKey, next)...)
	resp.Diagnostics.Append(rememberRead(ctx, resp.Private, sent, found, shown)...)
	resp.Diagnostics.Append(identity.RememberOwner(ctx, resp.Private, shown.CustomerID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state.object())...)
	resent, diags := privatestate.RecallResend(ctx, req.Private, state.called())
	resp.Diagnostics.Append(diags...)
	if resent.Resent() {
		resp.Diagnostics.Append(state.subject().Duplicates(r.client.DestinationDuplicates(shown, resent.First, resent.Last))...)
	}
}

// isNewerThan reports whether an object from the list differs from the state because the list lags behind the last write.
func (m *model) isNewerThan(listed *talonic.Destination, prior connector.ConfigRecord) bool {
	if !talonic.IsOlder(listed.UpdatedAt, m.UpdatedAt.ValueString()) {
		return false
	}
	trial := *m
	next, err := trial.refresh(listed, prior)
	return err == nil && (trial.hasDrifted(m) || !privatestate.Same(prior, next))
}

// rememberRead uses the API's flags to update the record of the credentials that were sent. It removes a damaged record and keeps the record of
// a newer provider version.
func rememberRead(ctx context.Context, kept privatestate.State, sent credentials.Record, found privatestate.Found, shown *talonic.Destination) diag.Diagnostics {
	switch after := sent.AfterRead(credentials.Flags{Auth: shown.HasAuthConfig, Signing: shown.HasSigningSecret}); {
	case found == privatestate.Damaged:
		return privatestate.Forget(ctx, kept, credentialKey)
	case found == privatestate.Readable && after != sent:
		return privatestate.Remember(ctx, kept, credentialKey, after)
	}
	return nil
}

// refresh updates the model from the API's response, and returns the new record. It returns an [apidiag.Unreadable] if a value in the response
// does not fit its argument.
func (m *model) refresh(shown *talonic.Destination, prior connector.ConfigRecord) (connector.ConfigRecord, error) {
	c, priorValues, ok := m.connector()
	if !ok || c.APIType(priorValues).ValueString() != shown.Type {
		c, priorValues, prior = connector.For(shown.Type), nil, connector.ConfigRecord{} // imported, or the type has changed
	}
	if shown.Config == nil && priorValues != nil {
		m.setServerSide(shown)
		return prior, nil
	}
	if shown.Config == nil {
		return connector.ConfigRecord{}, apidiag.Unreadable{Problem: "The API's response lacks config, from which the provider reads the arguments"}
	}
	values, next, err := c.FromAPI(priorValues, prior, comparableConfig(c, priorValues, prior, shown))
	if err != nil {
		return connector.ConfigRecord{}, err
	}
	if priorValues == nil {
		priorValues = c.OfType(shown.Type)
	}
	m.setConnector(c, priorValues.With(values))
	m.setServerSide(shown)
	return next, nil
}
