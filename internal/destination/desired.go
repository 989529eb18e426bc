package destination

import (
	"errors"
	"maps"
	"slices"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// desiredState is the state that a write is to establish. Requests are built from it, and the API's response is compared with it.
type desiredState struct {
	connector connector.Connector
	apiType   string
	name      string
	arguments connector.Config // keys of config from arguments
	unmanaged connector.Config // unmanaged keys of config, sent back unchanged
	prior     connector.ConfigRecord
	before    connector.Config // arguments before the write; nil on create
	priorName any              // name in state; nil on create
	cap       *int64           // nil: API default
	active    *bool            // nil: unmanaged

	// adopted reports whether the provider looked up the destination and adopted it as the likely result of a create, instead of receiving it
	// in the response.
	adopted bool

	// sentActive is the is_active that an update sent, even if it only repeated the current value; nil if it sent none.
	sentActive *bool

	credentials credentials.Decision
	// topLevelSigningSecret reports whether the signing secret is sent at top level, beside auth_config. The documented place is inside
	// auth_config.
	topLevelSigningSecret bool

	// writeOnly holds the decisions about keys of config that write-only arguments set.
	writeOnly map[string]credentials.ArgumentDecision

	// omittedKeys lists unmanaged keys that the API rejected, and that are therefore not sent.
	omittedKeys []string
}

// newDesiredState returns the desired state of a configuration and plan. state is nil on create. planned lists the values that the plan of an
// update announced. It returns an error if the provider cannot send them.
func newDesiredState(config, plan, state *model, prior connector.ConfigRecord, sent credentials.Record, planned plannedWrites) (desiredState, error) {
	c, v, ok := plan.connector()
	if !ok {
		return desiredState{}, errors.New("the plan has no connector block") // validation has already reported it
	}
	config = config.asPlanned(plan)
	decision, err := config.situation(state, sent).Decide().AsPlanned(plannedCredentials(plan, state, planned))
	if err != nil {
		return desiredState{}, apidiag.NotSent{Problem: "The provider cannot apply the plan: " + err.Error(), Next: "Plan and apply again."}
	}
	desired := desiredState{
		connector:             c,
		apiType:               plan.Type.ValueString(),
		name:                  plan.Name.ValueString(),
		unmanaged:             c.UnmanagedOf(prior.Unmanaged, v),
		prior:                 prior,
		cap:                   plan.PayloadCapBytes.ValueInt64Pointer(),
		active:                config.IsActive.ValueBoolPointer(),
		credentials:           decision,
		topLevelSigningSecret: sent.TopLevelSigningSecret,
	}
	if desired.arguments, err = c.Config(v); err != nil {
		return desiredState{}, err
	}
	shown := map[string]any{}
	maps.Copy(shown, prior.Unmanaged)
	maps.Copy(shown, prior.Shown)
	var priorConfig connector.Config // in state; nil on create
	if state != nil {
		desired.priorName = state.Name.ValueString()
		of, before, _ := state.connector() // custom, if the type had no block of its own then
		if priorConfig, err = of.Config(before); err != nil {
			return desiredState{}, err
		}
	}
	giveForm := func(config connector.Config) connector.Config {
		formed, _ := jsonvalue.FromPrintable(jsonvalue.InFormOf(config, shown), priorConfig, prior.Shown).(map[string]any)
		return formed
	}
	desired.arguments = giveForm(desired.arguments)
	if err := desired.addWriteOnly(config, state, planned); err != nil {
		return desiredState{}, err
	}
	if state != nil {
		desired.before = giveForm(priorConfig)
	}
	return desired, nil
}

// writesConfig reports whether the write sends config, which the API replaces as a whole.
func (desired desiredState) writesConfig() bool {
	if desired.sendsWriteOnly() {
		return true
	}
	arguments := connector.Config{}
	maps.Copy(arguments, desired.arguments)
	for key := range desired.writeOnly {
		delete(arguments, key)
	}
	return len(desired.before)+len(arguments) > 0 && !jsonvalue.Equal(desired.before, arguments)
}

// completeUnmanaged replaces the unmanaged keys with the API's current keys. They may have changed since the plan, and the record does not
// hold the values of redacted keys.
func (desired *desiredState) completeUnmanaged(shown connector.Config) {
	complete := connector.Config{}
	for key, value := range shown {
		_, hasArgument := desired.connector.Argument(key)
		_, managed := desired.before[key]
		if !managed && (!hasArgument || desired.prior.IsUnmanaged(key)) {
			complete[key] = value
		}
	}
	desired.unmanaged = complete
}

// config returns the complete config, because an update replaces all of it.
func (desired desiredState) config() connector.Config {
	complete := connector.Config{}
	maps.Copy(complete, desired.unmanaged)
	maps.Copy(complete, desired.arguments)
	return complete
}

// returnedKeys returns the unmanaged keys that [desiredState.config] includes.
func (desired desiredState) returnedKeys() []string {
	var keys []string
	for key := range desired.unmanaged {
		if _, owned := desired.arguments[key]; !owned {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// wireCredentials returns the complete credentials if the write changes them; otherwise none.
func (desired desiredState) wireCredentials() talonic.Credentials {
	d := desired.credentials
	if !d.Writes() {
		return talonic.Credentials{}
	}
	auth := maps.Clone(d.Configured.Auth)
	if auth == nil {
		auth = map[string]any{}
	}
	if len(auth) == 0 && (d.Auth == credentials.Remove || d.Signing == credentials.Remove) {
		auth["type"] = credentials.NoAuth
	}
	wire := talonic.Credentials{AuthConfig: auth}
	if d.Configured.Signing != "" {
		if desired.topLevelSigningSecret {
			wire.SigningSecret = desired.signingSecret()
		} else {
			auth[credentials.SigningSecretKey] = d.Configured.Signing
		}
	}
	return wire
}
