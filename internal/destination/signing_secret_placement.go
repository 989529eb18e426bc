package destination

import (
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// signingSecret returns the signing secret to send at top level, beside auth_config, where the vendor's SDK sends it.
func (desired desiredState) signingSecret() talonic.Nullable[string] {
	if desired.credentials.Signing == credentials.Remove {
		return talonic.Null[string]()
	}
	return talonic.Value(desired.credentials.Configured.Signing)
}

// withTopLevelSigningSecret returns the desired state to try next if the API rejected the signing secret inside auth_config. ok is false if
// err is a different error.
func (desired desiredState) withTopLevelSigningSecret(err error) (again desiredState, ok bool) {
	apiErr := rejection(err)
	_, inside := desired.wireCredentials().AuthConfig[credentials.SigningSecretKey]
	if apiErr == nil || !inside {
		return desired, false
	}
	text := apiErr.Code + " " + apiErr.Message
	// If auth_config contains only the signing secret, the rejection of auth_config means that the API rejected the signing secret.
	named := strings.Contains(text, credentials.SigningSecretKey) || desired.credentials.Configured.Auth == nil && strings.Contains(text, "auth_config")
	if !named {
		return desired, false
	}
	desired.topLevelSigningSecret = true
	return desired, true
}
