package destination

import (
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// desiredState is what a write is to bring about. The requests follow from it, and the API's answer is compared with it.
type desiredState struct {
	connector connector.Connector
	apiType   string
	name      string
	arguments connector.Config // the keys of config that arguments own
	unmanaged connector.Config // the others, which are sent back as they are
	prior     connector.ConfigRecord
	before    connector.Config // what the arguments were; nil on create
	cap       *int64           // nil: the API's default
	active    *bool            // nil: whatever the API says

	// adopted says that a create was recovered by adopting what seems to be its result.
	adopted bool

	// sentActive is what an update said of is_active, even if it only repeated what was there.
	sentActive *bool

	credentials credentials.Decision
	// topLevelSigningSecret says that the API takes the signing secret beside auth_config and not, as documented, inside of it.
	topLevelSigningSecret bool

	// writeOnly are the decisions about keys of config that write-only arguments hold.
	writeOnly map[string]credentials.ArgumentDecision

	// leftOut are keys that no argument owns, and the API refused.
	leftOut []string
}

// newDesiredState collects what the configuration and the plan want. state is nil on create. planned is what an update was planned to send.
func newDesiredState(config, plan, state *model, prior connector.ConfigRecord, sent credentials.Record, planned plannedWrites) (desiredState, error) {
	c, v, ok := plan.connector()
	if !ok {
		return desiredState{}, errors.New("the plan has no connector block") // refused before, by the validation
	}
	config = config.asPlanned(plan)
	decision, err := config.situation(state, sent).Decide().AsPlanned(plannedCredentials(plan, state, planned))
	if err != nil {
		return desiredState{}, err
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
	desired.arguments, _ = jsonvalue.InFormOf(desired.arguments, shown).(map[string]any)
	if err := desired.addWriteOnly(config, state, planned); err != nil {
		return desiredState{}, err
	}
	if state != nil {
		of, before, _ := state.connector() // custom, if the type has got a block of its own since
		desired.before, err = of.Config(before)
	}
	return desired, err
}

// writesConfig reports whether config is to be written: it is replaced as a whole.
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

// completeUnmanaged takes the keys that no argument owns from what the API shows: others may have changed them since the plan was made,
// and the values of some are not kept.
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

// config is complete: an update replaces all of it.
func (desired desiredState) config() connector.Config {
	complete := connector.Config{}
	maps.Copy(complete, desired.unmanaged)
	maps.Copy(complete, desired.arguments)
	return complete
}

// returnedKeys are the keys of [desiredState.config] that no argument owns.
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

// wireCredentials are sent whole or not at all: no write carries them but one that changes them.
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

// signingSecret is the placement beside auth_config, which is that of the vendor's SDK.
func (desired desiredState) signingSecret() talonic.Nullable[string] {
	if desired.credentials.Signing == credentials.Remove {
		return talonic.Null[string]()
	}
	return talonic.Value(desired.credentials.Configured.Signing)
}

// withTopLevelSigningSecret is what to try after the API refused the signing secret inside auth_config. ok is false if that was not
// what it refused.
func (desired desiredState) withTopLevelSigningSecret(err error) (again desiredState, ok bool) {
	var unknown *talonic.OutcomeUnknownError
	if errors.As(err, &unknown) {
		return desired, false // an earlier attempt may have been carried out
	}
	_, inside := desired.wireCredentials().AuthConfig[credentials.SigningSecretKey]
	refused := talonic.HasStatus(err, http.StatusBadRequest) || talonic.HasStatus(err, http.StatusUnprocessableEntity)
	if !inside || !refused {
		return desired, false
	}
	// Without other credentials, a form of auth_config that the API does not know is the signing secret's doing.
	named := strings.Contains(err.Error(), credentials.SigningSecretKey) || desired.credentials.Configured.Auth == nil && strings.Contains(err.Error(), "auth_config")
	if !named {
		return desired, false
	}
	desired.topLevelSigningSecret = true
	return desired, true
}
