package destination

import (
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// createRequest is the request that creates the destination.
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
		d.IsActive = desired.active // a new destination is active by itself
	}
	return d
}

// updateRequest is the request that updates the destination, and whether one is needed. It has what differs and, always, is_active:
// an update that does not mention it may enable a destination that was paused. Only where the API disabled the destination by
// itself and gets another target or other credentials, it is left to the API to enable it again.
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

// followUpRequest is the one further update that may bring about what the first write did not: a signing secret that the API wants in
// the other place, inside auth_config or beside it, and is_active, which a create may ignore.
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
