package destination

import (
	"errors"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
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

// afterRead returns the record after the API has shown the destination. Once the API has lost what Terraform sent, it was never
// sent: whatever is there later was set by somebody else, and is theirs. A flag that the API does not show proves nothing.
func (s sentRecord) afterRead(shown *talonic.Destination) sentRecord {
	lostAuth, lostSigning := s.Auth && isFalse(shown.HasAuthConfig), s.SigningSecret && isFalse(shown.HasSigningSecret)
	s.Auth, s.SigningSecret = s.Auth && !lostAuth, s.SigningSecret && !lostSigning
	switch {
	case !s.Auth && !s.SigningSecret:
		s.Hash, s.Lost = nil, false
	case lostAuth, lostSigning:
		s.Lost = s.Hash != nil
	}
	return s
}

// isFalse reports whether a flag is there and false.
func isFalse(flag *bool) bool { return flag != nil && !*flag }
