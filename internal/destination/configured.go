package destination

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// credentials are what a configuration says about them, without a decision.
type credentials struct {
	auth    map[string]any // with its type; nil without authentication
	signing string         // empty without a signing secret

	hasAuth, hasSigning answer

	// secrets are the write-only values in a fixed order, each with its name, for the hash; complete is false while one of
	// them is not known.
	secrets  []string
	complete bool

	// object is the argument that holds all credentials as one JSON object; empty where there are blocks for them. Its secrets have no
	// names.
	object string

	// missing tells which write-only arguments are null although their block is there: the credentials cannot be sent without.
	missing []string
}

// note takes a write-only value into the hash.
func (found *credentials) note(name string, text types.String) {
	switch {
	case text.IsUnknown():
		found.complete = false
	case !text.IsNull():
		found.secrets = append(found.secrets, name, text.ValueString())
	}
}

func isSet(text types.String) answer {
	switch {
	case text.IsUnknown():
		return unknown
	case text.IsNull():
		return no
	}
	return yes
}

// noAuth is the type of an auth_config that says that there is no authentication.
const noAuth = "none"

// withoutSigningSecret is for a plan that had none.
func (found credentials) withoutSigningSecret() credentials {
	found.signing, found.hasSigning = "", no
	var others []string
	for i := 0; i+1 < len(found.secrets); i += 2 {
		if found.secrets[i] != signingSecretWO {
			others = append(others, found.secrets[i], found.secrets[i+1])
		}
	}
	if len(found.secrets)%2 == 0 {
		found.secrets = others
	}
	return found
}

// names are the write-only arguments that have values, as a record has them.
func (found credentials) names() string {
	if found.object != "" {
		return found.object
	}
	var names []string
	for i := 0; i+1 < len(found.secrets); i += 2 {
		names = append(names, found.secrets[i])
	}
	return strings.Join(names, " ")
}

// secretArgument is the argument, and secretKey the key of the API, that holds the signing secret.
const (
	signingSecretWO = "signing_secret_wo"
	signingSecret   = "signing_secret"
)
