package credentials

import (
	"errors"

	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// Record holds what Terraform sent last and the API confirmed. It is kept in private state. The zero value says that nothing was sent.
type Record struct {
	Auth          bool `json:"auth,omitempty"`
	SigningSecret bool `json:"signing_secret,omitempty"`

	// TopLevelSigningSecret says that the API keeps the signing secret only when it stands beside auth_config.
	TopLevelSigningSecret bool `json:"secret_beside,omitempty"`

	// Names lists the write-only arguments that were sent, separated by spaces; empty in records of before there were names.
	Names string `json:"names,omitempty"`

	// Hash recognizes the values that were sent; nil where credentials_wo_version tells whether they changed.
	Hash *Hash `json:"hash,omitempty"`

	// Lost says that Hash covers a group that the API has lost since. The hash is of all values together, so it does not
	// recognize those of the other group alone.
	Lost bool `json:"lost,omitempty"`
}

// Check returns an error if the provider cannot have written the record.
func (s Record) Check() error {
	if s.Hash != nil && !s.Hash.isAffordable() {
		return errors.New("its hash is not one that the provider makes")
	}
	return nil
}

// Flags holds has_auth_config and has_signing_secret as the API shows them; nil where it does not show one.
type Flags struct{ Auth, Signing *bool }

// AfterRead returns the record after the API has shown the destination. Once the API has lost what Terraform sent, it counts
// as never sent: whatever is there later was set outside Terraform. A flag that the API does not show proves nothing.
func (s Record) AfterRead(shown Flags) Record {
	lostAuth, lostSigning := s.Auth && IsFalse(shown.Auth), s.SigningSecret && IsFalse(shown.Signing)
	s.Auth, s.SigningSecret = s.Auth && !lostAuth, s.SigningSecret && !lostSigning
	switch {
	case !s.Auth && !s.SigningSecret:
		s.Hash, s.Lost = nil, false
	case lostAuth, lostSigning:
		s.Lost = s.Hash != nil
	}
	return s
}

// AfterWrite returns the record of what the API has from Terraform after a write. What the API does not show is not confirmed: neither
// that it stored nor that it removed something. beside says that the signing secret was sent beside auth_config.
func (s Record) AfterWrite(d Decision, shown Flags, beside bool) Record {
	after := s.AfterRead(shown)
	switch d.Auth {
	case Send:
		after.Auth = IsTrue(shown.Auth)
	case Remove:
		after.Auth = s.Auth && !IsFalse(shown.Auth)
	}
	switch d.Signing {
	case Send:
		after.SigningSecret = IsTrue(shown.Signing)
		after.TopLevelSigningSecret = beside && IsTrue(shown.Signing)
	case Remove:
		after.SigningSecret = s.SigningSecret && !IsFalse(shown.Signing)
	}
	if d.Writes() {
		after.Names = d.Configured.names()
	}
	switch {
	case d.Pinned:
		after.Hash, after.Lost = nil, false
	case !d.Writes():
	case !after.Confirms(d), len(d.Configured.Secrets) == 0:
		after.Hash, after.Lost = nil, false // what the API has is not certain, or nothing
	default:
		after.Hash = NewHash(d.Configured.Secrets)
		after.Lost = d.Configured.HasAuth == tristate.Yes && IsFalse(shown.Auth) || d.Configured.HasSigning == tristate.Yes && IsFalse(shown.Signing)
	}
	return after
}

// IsFalse reports whether a flag is there and false.
func IsFalse(flag *bool) bool { return flag != nil && !*flag }

// Confirms reports whether everything was written that was decided, and something was.
func (s Record) Confirms(d Decision) bool {
	return d.Writes() &&
		(d.Auth != Send || s.Auth) && (d.Auth != Remove || !s.Auth) &&
		(d.Signing != Send || s.SigningSecret) && (d.Signing != Remove || !s.SigningSecret)
}

// IsTrue reports whether a flag is there and true.
func IsTrue(flag *bool) bool { return flag != nil && *flag }
