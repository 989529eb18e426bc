package credentials

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// Configured holds the credentials of a configuration. The zero value has no credentials and is not complete.
type Configured struct {
	Auth    map[string]any // includes the type; nil without authentication
	Signing string         // empty without a signing secret

	HasAuth, HasSigning tristate.Value

	// Secrets holds the write-only values for the hash, in a fixed order, each after its name. Complete is false if one of them is unknown.
	Secrets  []string
	Complete bool

	// Object names the argument that holds all credentials as one JSON object. The secrets in such an object have no argument names. Object is
	// empty if the connector has credential blocks.
	Object string

	// Missing names the write-only arguments that are null although their block is present. The provider cannot send the credentials without
	// them.
	Missing []string
}

// Note adds a write-only value to Secrets, or sets Complete to false if the value is unknown. It skips null.
func (found *Configured) Note(name string, text types.String) {
	switch {
	case text.IsUnknown():
		found.Complete = false
	case !text.IsNull():
		found.Secrets = append(found.Secrets, name, text.ValueString())
	}
}

// IsSet reports whether a write-only argument has a value.
func IsSet(text types.String) tristate.Value {
	switch {
	case text.IsUnknown():
		return tristate.Unknown
	case text.IsNull():
		return tristate.No
	}
	return tristate.Yes
}

// NoAuth is the type of an auth_config without authentication.
const NoAuth = "none"

// withoutSigningSecret returns a copy without the signing secret, for a plan that does not have it.
func (found Configured) withoutSigningSecret() Configured {
	found.Signing, found.HasSigning = "", tristate.No
	var others []string
	for i := 0; i+1 < len(found.Secrets); i += 2 {
		if found.Secrets[i] != SigningSecretArgument {
			others = append(others, found.Secrets[i], found.Secrets[i+1])
		}
	}
	if len(found.Secrets)%2 == 0 {
		found.Secrets = others
	}
	return found
}

// names returns the names of the write-only arguments that have values, in the format of [Record.Names].
func (found Configured) names() string {
	if found.Object != "" {
		return found.Object
	}
	var names []string
	for i := 0; i+1 < len(found.Secrets); i += 2 {
		names = append(names, found.Secrets[i])
	}
	return strings.Join(names, " ")
}

// Names of the signing secret: its argument, and its key in the API.
const (
	SigningSecretArgument = "signing_secret_wo"
	SigningSecretKey      = "signing_secret"
)
