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

// intent is what a write is to bring about. The requests follow from it, and the API's answer is compared with it.
type intent struct {
	connector connector.Connector
	apiType   string
	name      string
	arguments connector.Config // the keys of config that arguments own
	unowned   connector.Config // the others, which are sent back as they are
	was       connector.ConfigRecord
	before    connector.Config // what the arguments were; nil on create
	cap       *int64           // nil: the API's default
	active    *bool            // nil: whatever the API says

	// adopted says that a create was recovered by adopting what seems to be its result.
	adopted bool

	// sentActive is what an update said of is_active, even if it only repeated what was there.
	sentActive *bool

	credentials credentials.Decision
	// secretBeside says that the API takes the signing secret beside auth_config and not, as documented, inside of it.
	secretBeside bool

	// leftOut are keys that no argument owns, and the API refused.
	leftOut []string
}

// newIntent collects what the configuration and the plan want. state is nil on create.
func newIntent(config, plan, state *model, was connector.ConfigRecord, sent credentials.Record) (intent, error) {
	c, v, ok := plan.connector()
	if !ok {
		return intent{}, errors.New("the plan has no connector block") // refused before, by the validation
	}
	config = config.asPlanned(plan)
	decision, err := config.situation(state, sent).Decide().AsPlanned(plannedCredentials(plan, state))
	if err != nil {
		return intent{}, err
	}
	want := intent{
		connector:    c,
		apiType:      plan.Type.ValueString(),
		name:         plan.Name.ValueString(),
		unowned:      c.UnmanagedOf(was.Unmanaged),
		was:          was,
		cap:          plan.PayloadCapBytes.ValueInt64Pointer(),
		active:       config.IsActive.ValueBoolPointer(),
		credentials:  decision,
		secretBeside: sent.SecretBeside,
	}
	if want.arguments, err = c.Config(v); err != nil {
		return intent{}, err
	}
	shown := map[string]any{}
	maps.Copy(shown, was.Unmanaged)
	maps.Copy(shown, was.Shown)
	want.arguments, _ = jsonvalue.InFormOf(want.arguments, shown).(map[string]any)
	if state != nil {
		_, before, _ := state.connector()
		want.before, err = c.Config(before)
	}
	return want, err
}

// writesConfig reports whether config is to be written: it is replaced as a whole.
func (want intent) writesConfig() bool {
	return len(want.before)+len(want.arguments) > 0 && !jsonvalue.Equal(want.before, want.arguments)
}

// completeUnowned adds the keys that no argument owns and that are not known, or whose values are not, from what the API shows.
func (want *intent) completeUnowned(shown connector.Config) {
	complete := connector.Config{}
	maps.Copy(complete, want.unowned)
	for key, value := range want.connector.UnmanagedOf(shown) {
		_, managed := want.before[key]
		if !managed && (want.was.Unmanaged == nil || slices.Contains(want.was.Redacted, key)) {
			complete[key] = value
		}
	}
	want.unowned = complete
}

// config is complete: an update replaces all of it.
func (want intent) config() connector.Config {
	complete := connector.Config{}
	maps.Copy(complete, want.unowned)
	maps.Copy(complete, want.arguments)
	return complete
}

// creation is the request that creates the destination.
func (want intent) creation() talonic.NewDestination {
	d := talonic.NewDestination{
		Name:            want.name,
		Type:            want.apiType,
		Config:          want.config(),
		PayloadCapBytes: want.cap,
		Credentials:     want.wireCredentials(),
		MatchConfig:     func(shown map[string]any) talonic.Match { return want.connector.Match(want.config(), shown) },
	}
	if want.active != nil && !*want.active {
		d.IsActive = want.active // a new destination is active by itself
	}
	return d
}

// change is the request that updates the destination, and whether one is needed. It has what differs and, always, is_active:
// an update that does not mention it may enable a destination that was paused. Only where the API disabled the destination by
// itself and gets another target or other credentials, it is left to the API to enable it again.
func (want intent) change(plan, state *model) (change talonic.DestinationChange, needed bool) {
	target := want.writesConfig()
	if !plan.Name.Equal(state.Name) {
		change.Name, needed = want.name, true
	}
	if target {
		change.Config, needed = want.config(), true
	}
	if !plan.PayloadCapBytes.Equal(state.PayloadCapBytes) {
		change.PayloadCapBytes, needed = talonic.Null[int64](), true
		if want.cap != nil {
			change.PayloadCapBytes = talonic.Value(*want.cap)
		}
	}
	if want.credentials.Writes() {
		change.Credentials, needed = want.wireCredentials(), true
	}
	switch {
	case want.active != nil:
		change.IsActive = want.active
		needed = needed || *want.active != state.IsActive.ValueBool()
	case state.IsActive.ValueBool(), !target && !want.credentials.Writes():
		change.IsActive = state.IsActive.ValueBoolPointer()
	}
	return change, needed
}

// wireCredentials are sent whole or not at all: no write carries them but one that changes them.
func (want intent) wireCredentials() talonic.Credentials {
	d := want.credentials
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
		if want.secretBeside {
			wire.SigningSecret = want.signingSecret()
		} else {
			auth[credentials.SigningSecretKey] = d.Configured.Signing
		}
	}
	return wire
}

// signingSecret is the placement beside auth_config, which is that of the vendor's SDK.
func (want intent) signingSecret() talonic.Nullable[string] {
	if want.credentials.Signing == credentials.Remove {
		return talonic.Null[string]()
	}
	return talonic.Value(want.credentials.Configured.Signing)
}

// withSecretBeside is what to try after the API refused the signing secret inside auth_config. ok is false if that was not
// what it refused.
func (want intent) withSecretBeside(err error) (again intent, ok bool) {
	var unknown *talonic.OutcomeUnknownError
	if errors.As(err, &unknown) {
		return want, false // an earlier attempt may have been carried out
	}
	_, inside := want.wireCredentials().AuthConfig[credentials.SigningSecretKey]
	refused := talonic.HasStatus(err, http.StatusBadRequest) || talonic.HasStatus(err, http.StatusUnprocessableEntity)
	if !inside || !refused {
		return want, false
	}
	// Without other credentials, a form of auth_config that the API does not know is the signing secret's doing.
	named := strings.Contains(err.Error(), credentials.SigningSecretKey) || want.credentials.Configured.Auth == nil && strings.Contains(err.Error(), "auth_config")
	if !named {
		return want, false
	}
	want.secretBeside = true
	return want, true
}
