package credentials

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// Configured holds the credentials of a configuration. The zero value has none, and is not complete.
type Configured struct {
	Auth    map[string]any // with its type; nil without authentication
	Signing string         // empty without a signing secret

	HasAuth, HasSigning tristate.Value

	// Secrets holds the write-only values in a fixed order, each behind its name, for the hash. Complete is false while one of them is
	// not known.
	Secrets  []string
	Complete bool

	// Object names the argument that holds all credentials as one JSON object, whose secrets have no names. It is empty where there are
	// blocks for them.
	Object string

	// Missing names the write-only arguments that are null although their block is there. The credentials cannot be sent without them.
	Missing []string
}

// Note adds a write-only value to what is hashed.
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

// withoutSigningSecret is for a plan that had none.
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

// names are the write-only arguments that have values, as a record has them.
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

// The signing secret has an argument and a key in the API.
const (
	SigningSecretArgument = "signing_secret_wo"
	SigningSecretKey      = "signing_secret"
)
