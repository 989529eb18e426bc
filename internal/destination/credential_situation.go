package destination

import (
	"context"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/ignorechanges"
)

// decideCredentials returns the plan's decision about the credentials. state is nil on create.
func decideCredentials(ctx context.Context, config, state *model, sent credentials.Record) credentials.Decision {
	s := config.situation(state, sent)
	if ignorechanges.In(ctx) {
		return s.DecideUnderIgnoredChanges(config.mayBeHidden(s))
	}
	return s.Decide()
}

// situation returns the inputs of the decision about the credentials of a configuration. state is nil on create.
func (m *model) situation(state *model, sent credentials.Record) credentials.Situation {
	c, v, ok := m.connector()
	s := credentials.Situation{Known: ok, Version: m.CredentialsWOVersion, Sent: sent}
	if state != nil {
		s.Before = &credentials.Stored{Version: state.CredentialsWOVersion, Auth: state.HasAuthConfig.ValueBool(), Signing: state.HasSigningSecret.ValueBool()}
	}
	if !ok {
		return s
	}
	s.Configured = c.CredentialsIn(v)
	if state != nil && sent.Auth {
		_, before, _ := state.connector()
		s.PlainChanged = c.PlainCredentialsChanged(v, before)
	}
	return s
}

// mayBeHidden returns the names of the null write-only arguments that ignore_changes may have hidden.
func (m *model) mayBeHidden(s credentials.Situation) []string {
	c, v, ok := m.connector()
	switch {
	case !ok:
		return nil
	case s.Before == nil:
		return c.NullCredentials(v)
	}
	return c.HiddenIn(v, s.Configured, s.Sent)
}

// plannedCredentials returns what the plan announced about the credentials. state is nil on create.
func plannedCredentials(plan, state *model, planned plannedWrites) credentials.Planned {
	return credentials.Planned{
		Writes:     plan.CredentialsUpdatedAt.IsUnknown() && (planned.Credentials || planned.Arguments == nil),
		Signing:    plan.HasSigningSecret,
		HadSigning: state != nil && state.HasSigningSecret.ValueBool(),
	}
}
