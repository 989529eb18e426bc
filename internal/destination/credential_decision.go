package destination

import (
	"context"

	"github.com/talonicdev/terraform-provider-talonic/internal/ignored"
)

// decideCredentials decides for a plan what becomes of the credentials. state is nil when a destination is to be created.
func decideCredentials(ctx context.Context, config, state *model, sent sentRecord) credentialDecision {
	s := config.situation(state, sent)
	if ignored.In(ctx) {
		return s.decideUnderIgnoredChanges(config.mayBeHidden(s))
	}
	return s.decide()
}

// situation collects what a decision about the credentials of a configuration is made from.
func (m *model) situation(state *model, sent sentRecord) situation {
	c, v, ok := m.connector()
	s := situation{known: ok, version: m.CredentialsWOVersion, sent: sent}
	if state != nil {
		s.before = &stored{version: state.CredentialsWOVersion, auth: state.HasAuthConfig.ValueBool(), signing: state.HasSigningSecret.ValueBool()}
	}
	if !ok {
		return s
	}
	s.configured = c.credentialsIn(v)
	if state != nil && sent.Auth {
		_, before, _ := state.connector()
		s.plainChanged = c.plainCredentialsChanged(v, before)
	}
	return s
}

// mayBeHidden lists the write-only arguments of a configuration that ignore_changes may hide.
func (m *model) mayBeHidden(s situation) []string {
	c, v, ok := m.connector()
	switch {
	case !ok:
		return nil
	case s.before == nil:
		return c.nullCredentials(v)
	}
	return c.hiddenIn(v, s.configured, s.sent)
}

// plannedCredentials is what a plan said of the credentials.
func plannedCredentials(plan, state *model) planned {
	return planned{
		writes:    plan.CredentialsUpdatedAt.IsUnknown(),
		signing:   plan.HasSigningSecret,
		hadSecret: state != nil && state.HasSigningSecret.ValueBool(),
	}
}
