// Package credentials decides which credentials of a destination to send, keep or remove, from what is configured, what Terraform sent
// before, and what the API has. It knows neither connectors nor requests.
package credentials

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// credentialGroup holds what is known of one of the two groups of credentials, authentication and signing secret. The API shows of each
// only whether it has it.
type credentialGroup struct {
	configured tristate.Value // the configuration names it
	sent       bool           // Terraform sent it before, and the API confirmed
	changed    tristate.Value // the configuration is not what was sent
	stored     bool           // the API says that it has it

	// absent says that the group is managed, but its values are not available: the credentials are pinned and null.
	absent bool
}

// Action says what a write does with a group of credentials.
type Action int

// The actions. The zero value keeps a group.
const (
	Keep      Action = iota // leave it as it is
	Send                    // send what is configured
	Remove                  // remove what Terraform sent and the configuration no longer has
	Undecided               // keep or send, as soon as all values are known
)

// action decides by the table in DESIGN.md, row by row.
func (g credentialGroup) action() Action {
	switch g.configured {
	case tristate.Unknown:
		return Undecided
	case tristate.Yes:
		switch {
		case !g.stored, g.changed == tristate.Yes:
			return Send
		case !g.sent && !g.absent: // imported: the API may have anything
			return Send
		case g.changed == tristate.Unknown:
			return Undecided
		}
		return Keep
	}
	if g.sent && g.stored {
		return Remove
	}
	return Keep // what was set outside Terraform stays
}

// Decision says what a create or an update does with the credentials.
type Decision struct {
	Auth, Signing Action
	Configured    Configured
	Pinned        bool // credentials_wo_version is set

	AuthStored, SigningStored bool // what the API showed before

	// AuthHeld and SecretHeld say that a group stays although its values are not available.
	AuthHeld, SecretHeld bool

	// Unrecognizable says that nothing tells whether the values changed, and that sending them might drop what was set outside Terraform.
	Unrecognizable bool

	// Hidden holds what ignore_changes hides from the plan.
	Hidden Hidden
}

// Situation holds what a decision about credentials is made from.
type Situation struct {
	// Known says that the connector of the configuration is known. Until it is, everything is undecided.
	Known      bool
	Configured Configured
	Version    types.Int64 // credentials_wo_version
	Sent       Record

	// Before is nil when a destination is to be created.
	Before *Stored

	// PlainChanged says whether a credential block changed in anything but its secrets.
	PlainChanged tristate.Value
}

// Stored holds what the state has of the credentials.
type Stored struct {
	Version       types.Int64
	Auth, Signing bool // the API has them
}

// Decide compares the configuration with what was sent before and with what the API says.
func (s Situation) Decide() Decision {
	d := Decision{Pinned: !s.Version.IsNull()}
	if s.Before != nil {
		d.AuthStored, d.SigningStored = s.Before.Auth, s.Before.Signing
	}
	if !s.Known {
		d.Auth, d.Signing = Undecided, Undecided
		return d
	}
	d.Configured = s.Configured
	rotated := s.secretsChanged()
	if d.Unrecognizable = rotated == tristate.Yes && s.Sent.Lost && !d.Pinned && d.mayDropOthers(s.Sent); d.Unrecognizable {
		rotated = tristate.No
	}
	changed := rotated
	if s.Before != nil && s.Sent.Auth {
		changed = tristate.Or(changed, s.PlainChanged)
	}
	auth := credentialGroup{configured: d.Configured.HasAuth, sent: s.Sent.Auth, changed: changed, stored: d.AuthStored}
	auth.absent = d.Pinned && len(d.Configured.Missing) > 0
	signing := credentialGroup{configured: d.Configured.HasSigning, sent: s.Sent.SigningSecret, changed: changed, stored: d.SigningStored}
	d.Auth, d.Signing = auth.action(), signing.action()

	if d.Pinned && rotated != tristate.Yes {
		// Where no block tells whether a group is managed, null may mean that it is not available, as in a plan without secrets.
		// Only a new version removes it.
		held, action := rotated == tristate.No, Keep
		if !held {
			action = Undecided
		}
		if d.Configured.Object != "" && auth.mayBeUnavailable() {
			d.Auth, d.AuthHeld = action, held
		}
		if signing.mayBeUnavailable() {
			d.Signing, d.SecretHeld = action, held
		}
	}
	return d
}

// mayDropOthers reports whether the API has a group that neither Terraform has sent nor the configuration names: it may drop that when
// the other one is sent.
func (d Decision) mayDropOthers(sent Record) bool {
	return d.Configured.HasAuth == tristate.No && d.AuthStored && !sent.Auth ||
		d.Configured.HasSigning == tristate.No && d.SigningStored && !sent.SigningSecret
}

// mayBeUnavailable reports whether the API has what Terraform sent, and the configuration does not say what that is.
func (g credentialGroup) mayBeUnavailable() bool {
	return g.sent && g.stored && g.configured != tristate.Yes
}

// secretsChanged reports whether the write-only values are others than were sent.
func (s Situation) secretsChanged() tristate.Value {
	switch {
	case s.Before == nil:
		return tristate.No
	case s.Version.IsUnknown():
		return tristate.Unknown
	case !s.Version.IsNull() && !s.Before.Version.IsNull(): // pinned, and was before
		return tristate.Of(!s.Version.Equal(s.Before.Version))
	case len(s.Configured.Missing) > 0: // not available, which is fine from now on if they are pinned, and an error if not
		return tristate.No
	case !s.Version.IsNull() && s.Sent.Hash == nil: // pinned from now on
		return tristate.No
	case !s.Configured.Complete:
		return tristate.Unknown
	case s.Sent.Hash == nil: // not pinned any more: what was sent is not known
		return tristate.Yes
	}
	return tristate.Of(!s.Sent.Hash.matches(s.Configured.Secrets))
}

// Writes reports whether anything is sent or removed for certain.
func (d Decision) Writes() bool {
	return d.Auth == Send || d.Auth == Remove || d.Signing == Send || d.Signing == Remove
}

// MayWrite reports whether anything is sent or removed, or may turn out to be.
func (d Decision) MayWrite() bool { return d.Auth != Keep || d.Signing != Keep }

// PlannedAuth is what the API is going to say of the authentication. One that gets its first signing secret inside of
// auth_config may take that for authentication.
func (d Decision) PlannedAuth(before types.Bool) types.Bool {
	if d.Auth == Keep && !d.AuthStored && (d.Signing == Send || d.Signing == Undecided) && !d.SigningStored {
		return types.BoolUnknown()
	}
	return plannedFlag(d.Auth, d.Configured.HasAuth, before)
}

// PlannedSigning is what the API is going to say of the signing secret.
func (d Decision) PlannedSigning(before types.Bool) types.Bool {
	return plannedFlag(d.Signing, d.Configured.HasSigning, before)
}

// plannedFlag is known only where every way in which things may turn out leads to it. before is unknown for a new destination, and
// null where the API does not show the flag.
func plannedFlag(s Action, configured tristate.Value, before types.Bool) types.Bool {
	switch {
	case s == Send, s == Undecided && configured == tristate.Yes:
		return types.BoolValue(true)
	case s == Remove:
		return types.BoolValue(false)
	case s == Undecided:
		return types.BoolUnknown()
	}
	return before
}
