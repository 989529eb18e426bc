package destination

import (
	"errors"
	"net/http"
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
	var unknown *talonic.OutcomeUnknownError
	if errors.As(err, &unknown) {
		return desired, false // an earlier attempt may have succeeded
	}
	_, inside := desired.wireCredentials().AuthConfig[credentials.SigningSecretKey]
	refused := talonic.HasStatus(err, http.StatusBadRequest) || talonic.HasStatus(err, http.StatusUnprocessableEntity)
	if !inside || !refused {
		return desired, false
	}
	// If auth_config contains only the signing secret, the rejection of auth_config means that the API rejected the signing secret.
	named := strings.Contains(err.Error(), credentials.SigningSecretKey) || desired.credentials.Configured.Auth == nil && strings.Contains(err.Error(), "auth_config")
	if !named {
		return desired, false
	}
	desired.topLevelSigningSecret = true
	return desired, true
}
