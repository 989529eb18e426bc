package emulator

import (
	"maps"
	"slices"
	"strings"
)

// Credentials holds the secrets of a destination, for tests to inspect. No response contains them.
type Credentials struct {
	// AuthConfig is the last auth_config, without a signing secret. It is nil if no auth_config was sent, or if it was removed.
	AuthConfig map[string]any
	// SigningSecret is the signing secret, or empty.
	SigningSecret string
}

// noAuth is the type of an auth_config without authentication.
const noAuth = "none"

const signingSecret = "signing_secret"

// authMethods holds the variants of auth_config, by type.
var authMethods = map[string][]field{
	noAuth:   {},
	"bearer": {{name: "token", required: true, kind: text}},
	"basic": {
		{name: "username", kind: anyText},
		{name: "password", kind: anyText},
	},
	"api_key": {
		{name: "api_key", required: true, kind: text},
		{name: "header_name", kind: text, preset: "X-API-Key"},
	},
	"password": {{name: "password", required: true, kind: text}},
	"private_key": {
		{name: "private_key", required: true, kind: text},
		{name: "passphrase", kind: anyText},
	},
	"access_key": {
		{name: "access_key_id", required: true, kind: text},
		{name: "secret_access_key", required: true, kind: text},
		{name: "session_token", kind: text},
	},
	"connection_string": {{name: "connection_string", required: true, kind: text}},
	"account_key":       {{name: "account_key", required: true, kind: text}},
}

func (p SigningSecretPlacement) inAuthConfig() bool { return p == InAuthConfig || p == Both }
func (p SigningSecretPlacement) atTopLevel() bool   { return p != InAuthConfig }

// authenticates reports whether an auth_config contains credentials, in addition to a signing secret or [noAuth].
func authenticates(authConfig fields) bool {
	return authConfig != nil && authConfig["type"] != nil && authConfig["type"] != noAuth
}

// withCredentials returns d with the auth_config and the signing_secret of a body. Omitted values stay unchanged. A new
// auth_config replaces the whole old one, including the signing secret if auth_config is the selected place for it.
func withCredentials(b Behavior, c connector, d destination, sent fields) (destination, problems) {
	var found problems
	next := d

	if auth, ok := sent["auth_config"]; ok && (auth != nil || !b.IgnoreNull) {
		found = append(found, checkAuthConfig(b, c, auth)...)
		if len(found) == 0 {
			next = withAuthConfig(b, c, next, auth)
		}
	}
	if secret, ok := sent[signingSecret]; ok && b.SigningSecret.atTopLevel() && (secret != nil || !b.IgnoreNull) {
		found.check("", sent, []field{{name: signingSecret, kind: textOrNull}})
		next = withSigningSecret(next, secret)
	}

	if b.ForgetCredentials {
		return d, found
	}
	return next, found
}

// checkAuthConfig returns the problems of an auth_config for a connector. Nil means JSON null, which removes the credentials.
func checkAuthConfig(b Behavior, c connector, sent any) problems {
	var found problems
	if sent == nil {
		if c.needsAuth {
			found.wrong("auth_config", object.wording)
		}
		return found
	}
	if !object.accepts(sent) {
		found.wrong("auth_config", object.wording)
		return found
	}
	auth := sent.(fields)
	secret, hasSecret := auth[signingSecret]

	if c.opaque {
		found.check("auth_config.", auth, []field{{name: "type", required: true, kind: text}})
		return found
	}
	if c.signs && hasSecret {
		switch {
		case b.SigningSecret.inAuthConfig():
			found.check("auth_config.", auth, []field{{name: signingSecret, kind: textOrNull}})
		case b.SigningSecret == TopLevelStrict || b.RefuseUnknownKeys:
			found.unknown("auth_config.", fields{signingSecret: secret})
		}
		if len(auth) == 1 {
			return found // the reference page has an example with a signing secret and no credentials
		}
	}

	method, _ := auth["type"].(string)
	if !slices.Contains(c.methods, method) {
		found.wrong("auth_config.type", "one of "+strings.Join(c.methods, ", "))
		return found
	}
	found.check("auth_config.", auth, authMethods[method])
	if b.RefuseUnknownKeys {
		known := append(names(authMethods[method]), "type")
		if c.signs {
			known = append(known, signingSecret) // checked above
		}
		found.unknown("auth_config.", auth, known...)
	}
	return found
}

// withAuthConfig returns d with a checked auth_config.
func withAuthConfig(b Behavior, c connector, d destination, sent any) destination {
	auth, _ := sent.(fields)
	secret, hasSecret := auth[signingSecret]
	keepsSecret := hasSecret && secret == nil && b.IgnoreNull
	if c.signs && b.SigningSecret.inAuthConfig() && !keepsSecret {
		d = withSigningSecret(d, secret)
	}
	if b.NoneKeepsAuth && auth["type"] == noAuth {
		return d
	}

	auth = maps.Clone(auth)
	if c.signs {
		delete(auth, signingSecret)
	}
	if len(auth) == 0 {
		auth = nil
	}
	d.credentials.AuthConfig = auth
	d.HasAuthConfig = authenticates(auth)
	return d
}

// withSigningSecret returns d with a signing secret; nil removes it.
func withSigningSecret(d destination, secret any) destination {
	d.credentials.SigningSecret, _ = secret.(string)
	d.HasSigningSecret = d.credentials.SigningSecret != ""
	return d
}
