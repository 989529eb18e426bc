package destination

import (
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// createRequest returns the request that creates the destination.
func (desired desiredState) createRequest() talonic.NewDestination {
	d := talonic.NewDestination{
		Name:            desired.name,
		Type:            desired.apiType,
		Config:          desired.config(),
		SecretConfig:    desired.writeOnlyKeys(),
		PayloadCapBytes: desired.cap,
		Credentials:     desired.wireCredentials(),
		MatchConfig:     func(shown map[string]any) talonic.Match { return desired.connector.Match(desired.config(), shown) },
	}
	if desired.active != nil && !*desired.active {
		d.IsActive = desired.active // new destinations are active by default
	}
	return d
}

// updateRequest returns the request that updates the destination, and whether an update is needed. The request contains the differences. It
// also contains is_active, because an update without is_active may enable a disabled destination. The exception is an update of the target or
// the credentials of a destination that the API disabled: the request omits is_active, so that the API can enable the destination again.
//
// API docs: Get / Update / Delete / Test.
// Assumption: DESIGN.md#assumptions-about-the-api.
func (desired desiredState) updateRequest(plan, state *model) (change talonic.DestinationChange, needed bool) {
	target := desired.writesConfig()
	if !plan.Name.Equal(state.Name) {
		change.Name, needed = desired.name, true
	}
	if target {
		change.Config, change.SecretConfig, needed = desired.config(), desired.writeOnlyKeys(), true
		change.ReturnedConfig = desired.returnedKeys()
	}
	if !plan.PayloadCapBytes.Equal(state.PayloadCapBytes) {
		change.PayloadCapBytes, needed = talonic.Null[int64](), true
		if desired.cap != nil {
			change.PayloadCapBytes = talonic.Value(*desired.cap)
		}
	}
	if desired.credentials.Writes() {
		change.Credentials, needed = desired.wireCredentials(), true
	}
	switch {
	case desired.active != nil:
		change.IsActive = desired.active
		needed = needed || *desired.active != state.IsActive.ValueBool()
	case state.IsActive.ValueBool(), !target && !desired.credentials.Writes():
		change.IsActive = state.IsActive.ValueBoolPointer()
	}
	return change, needed
}

// followUpRequest returns one further update if the first write was incomplete, and whether the update is needed. If the API did not keep the
// signing secret in one place, inside auth_config or at top level, the update sends it in the other place. The update also sends is_active,
// which the API may ignore in a create.
func (desired *desiredState) followUpRequest(d *talonic.Destination) (change talonic.DestinationChange, needed bool) {
	switch signing := desired.credentials.Signing; {
	case signing == credentials.Send && credentials.IsFalse(d.HasSigningSecret):
		desired.topLevelSigningSecret = !desired.topLevelSigningSecret
		change.SigningSecret, needed = desired.signingSecret(), true
		if !desired.topLevelSigningSecret {
			change.Credentials = desired.wireCredentials()
		}
	case signing == credentials.Remove && credentials.IsTrue(d.HasSigningSecret):
		change.SigningSecret, needed = desired.signingSecret(), true
	}
	change.IsActive = &d.IsActive
	if desired.active != nil && *desired.active != d.IsActive {
		change.IsActive, needed = desired.active, true
	}
	return change, needed
}
