package destination

import (
	"errors"
)

// sentRecord is what Terraform sent last and the API confirmed. It lives in private state.
type sentRecord struct {
	Auth          bool `json:"auth,omitempty"`
	SigningSecret bool `json:"signing_secret,omitempty"`

	// SecretBeside says that the API keeps the signing secret only when it stands beside auth_config.
	SecretBeside bool `json:"secret_beside,omitempty"`

	// Names are the write-only arguments that were sent, separated by spaces; empty in records of before there were names.
	Names string `json:"names,omitempty"`

	// Hash is of the values that were sent; nil where credentials_wo_version tells whether they changed.
	Hash *hash `json:"hash,omitempty"`

	// Lost says that Hash covers a group that the API has lost since. The hash is of all values together, so it does not
	// recognize those of the other group alone.
	Lost bool `json:"lost,omitempty"`
}

// Check judges what was read of a record: nobody but a stranger writes other hashes.
func (s sentRecord) Check() error {
	if s.Hash != nil && !s.Hash.isAffordable() {
		return errors.New("its hash is not one that the provider makes")
	}
	return nil
}

// flags is what the API shows of the credentials, has_auth_config and has_signing_secret; nil where it does not show it.
type flags struct{ auth, signing *bool }

// afterRead returns the record after the API has shown the destination. Once the API has lost what Terraform sent, it was never
// sent: whatever is there later was set by somebody else, and is theirs. A flag that the API does not show proves nothing.
func (s sentRecord) afterRead(shown flags) sentRecord {
	lostAuth, lostSigning := s.Auth && isFalse(shown.auth), s.SigningSecret && isFalse(shown.signing)
	s.Auth, s.SigningSecret = s.Auth && !lostAuth, s.SigningSecret && !lostSigning
	switch {
	case !s.Auth && !s.SigningSecret:
		s.Hash, s.Lost = nil, false
	case lostAuth, lostSigning:
		s.Lost = s.Hash != nil
	}
	return s
}

// afterWrite is the record of what the API has from Terraform after a write. What it does not show is not confirmed, neither that it
// stored nor that it removed something. beside says where the signing secret was sent.
func (s sentRecord) afterWrite(d credentialDecision, shown flags, beside bool) sentRecord {
	after := s.afterRead(shown)
	switch d.auth {
	case send:
		after.Auth = isTrue(shown.auth)
	case remove:
		after.Auth = s.Auth && !isFalse(shown.auth)
	}
	switch d.signing {
	case send:
		after.SigningSecret = isTrue(shown.signing)
		after.SecretBeside = beside && isTrue(shown.signing)
	case remove:
		after.SigningSecret = s.SigningSecret && !isFalse(shown.signing)
	}
	if d.writes() {
		after.Names = d.configured.names()
	}
	switch {
	case d.pinned:
		after.Hash, after.Lost = nil, false
	case !d.writes():
	case !after.confirms(d), len(d.configured.secrets) == 0:
		after.Hash, after.Lost = nil, false // what the API has is not certain, or nothing
	default:
		after.Hash = newHash(d.configured.secrets)
		after.Lost = d.configured.hasAuth == yes && isFalse(shown.auth) || d.configured.hasSigning == yes && isFalse(shown.signing)
	}
	return after
}

// isFalse reports whether a flag is there and false.
func isFalse(flag *bool) bool { return flag != nil && !*flag }

// confirms reports whether everything was written that was decided, and something was.
func (s sentRecord) confirms(d credentialDecision) bool {
	return d.writes() &&
		(d.auth != send || s.Auth) && (d.auth != remove || !s.Auth) &&
		(d.signing != send || s.SigningSecret) && (d.signing != remove || !s.SigningSecret)
}

// isTrue reports whether a flag is there and true.
func isTrue(flag *bool) bool { return flag != nil && *flag }
