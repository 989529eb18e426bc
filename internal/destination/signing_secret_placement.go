package destination

import (
	"errors"
	"net/http"
	"strings"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// signingSecret returns the signing secret for the place beside auth_config, where the vendor's SDK puts it.
func (desired desiredState) signingSecret() talonic.Nullable[string] {
	if desired.credentials.Signing == credentials.Remove {
		return talonic.Null[string]()
	}
	return talonic.Value(desired.credentials.Configured.Signing)
}

// withTopLevelSigningSecret returns the desired state to try next if the API rejected the signing secret inside auth_config. ok is false
// if err is another error.
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
	// Without other credentials, auth_config holds only the signing secret, so a rejected auth_config means a rejected signing secret.
	named := strings.Contains(err.Error(), credentials.SigningSecretKey) || desired.credentials.Configured.Auth == nil && strings.Contains(err.Error(), "auth_config")
	if !named {
		return desired, false
	}
	desired.topLevelSigningSecret = true
	return desired, true
}
