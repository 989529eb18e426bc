package credentials

import (
	"errors"

	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// Record holds what Terraform last sent and the API confirmed. Private state stores it. The zero value means that nothing was sent.
type Record struct {
	Auth          bool `json:"auth,omitempty"`
	SigningSecret bool `json:"signing_secret,omitempty"`

	// TopLevelSigningSecret reports whether the API kept the signing secret only at top level, not inside auth_config.
	TopLevelSigningSecret bool `json:"secret_beside,omitempty"`

	// Names lists the write-only arguments that were sent, separated by spaces. It is empty in records of provider versions that did not store
	// names.
	Names string `json:"names,omitempty"`

	// Hash is the hash of the values that were sent; nil if credentials_wo_version shows whether they changed.
	Hash *Hash `json:"hash,omitempty"`

	// Lost reports whether the API has since lost the authentication or the signing secret, while Hash covers both. So Hash cannot match the
	// values that remain.
	Lost bool `json:"lost,omitempty"`
}

// Check returns an error if this provider cannot have written the record.
func (s Record) Check() error {
	if s.Hash != nil && !s.Hash.isAffordable() {
		return errors.New("its hash is not one that the provider makes")
	}
	return nil
}

// Flags holds has_auth_config and has_signing_secret from a response; a flag that the API omits is nil.
type Flags struct{ Auth, Signing *bool }

// AfterRead returns the record updated with the flags of a read. If the API has lost the authentication or the signing secret, the record no
// longer lists it: if it appears later, it was set outside Terraform. An omitted flag changes nothing.
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

// AfterWrite returns the record after a write that the API accepted. If the API omits a flag, the record assumes that the write succeeded,
// because otherwise every plan would write again. topLevel reports whether the signing secret was sent at top level.
func (s Record) AfterWrite(d Decision, shown Flags, topLevel bool) Record {
	after := s.AfterRead(shown)
	switch d.Auth {
	case Send:
		after.Auth = !IsFalse(shown.Auth)
	case Remove:
		after.Auth = s.Auth && IsTrue(shown.Auth)
	}
	switch d.Signing {
	case Send:
		after.SigningSecret = !IsFalse(shown.Signing)
		after.TopLevelSigningSecret = topLevel && after.SigningSecret
	case Remove:
		after.SigningSecret = s.SigningSecret && IsTrue(shown.Signing)
	}
	if d.Writes() {
		after.Names = d.Configured.names()
	}
	switch {
	case d.Versioned:
		after.Hash, after.Lost = nil, false
	case !d.Writes():
	case !after.Confirms(d), len(d.Configured.Secrets) == 0:
		after.Hash, after.Lost = nil, false // the API's values are uncertain, or there are none
	default:
		after.Hash = NewHash(d.Configured.Secrets)
		after.Lost = d.Configured.HasAuth == tristate.Yes && IsFalse(shown.Auth) || d.Configured.HasSigning == tristate.Yes && IsFalse(shown.Signing)
	}
	return after
}

// IsFalse reports whether flag is present and false.
func IsFalse(flag *bool) bool { return flag != nil && !*flag }

// Confirms reports whether d writes something, and whether this record, taken after the write, confirms all of it.
func (s Record) Confirms(d Decision) bool {
	return d.Writes() &&
		(d.Auth != Send || s.Auth) && (d.Auth != Remove || !s.Auth) &&
		(d.Signing != Send || s.SigningSecret) && (d.Signing != Remove || !s.SigningSecret)
}

// IsTrue reports whether flag is present and true.
func IsTrue(flag *bool) bool { return flag != nil && *flag }
