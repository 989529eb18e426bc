// Package credentials decides which credentials of a destination to send, keep or remove. It compares the configuration, what Terraform
// sent before, and what the API has. It does not depend on connectors or requests.
package credentials

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// credentialGroup holds the inputs of the decision for one of the two groups of credentials, authentication or signing secret. The API
// reports only whether a group is set.
type credentialGroup struct {
	configured tristate.Value // the configuration sets the group
	sent       bool           // Terraform sent it before, and the API confirmed it
	changed    tristate.Value // the configuration differs from what was sent
	stored     bool           // the API reports that the group is set

	// absent reports whether the group is managed but its values are not supplied: the credentials are versioned and null.
	absent bool
}

// Action is what a write does with a group of credentials.
type Action int

// Actions. The zero value is Keep.
const (
	Keep      Action = iota // leave the group unchanged
	Send                    // send the configured values
	Remove                  // remove what Terraform sent and the configuration no longer has
	Undecided               // keep or send, which is known once all values are
)

// action returns the action according to the table in DESIGN.md, row by row.
func (g credentialGroup) action() Action {
	switch g.configured {
	case tristate.Unknown:
		return Undecided
	case tristate.Yes:
		switch {
		case !g.stored, g.changed == tristate.Yes:
			return Send
		case !g.sent && !g.absent: // after an import, the API may have any values
			return Send
		case g.changed == tristate.Unknown:
			return Undecided
		}
		return Keep
	}
	if g.sent && g.stored {
		return Remove
	}
	return Keep // values set outside Terraform stay
}

// Decision says what a create or an update does with the credentials.
type Decision struct {
	Auth, Signing Action
	Configured    Configured
	Pinned        bool // credentials_wo_version is set

	AuthStored, SigningStored bool // what the API showed before

	// AuthHeld and SecretHeld report whether a group is kept although its values are not supplied.
	AuthHeld, SecretHeld bool

	// Unrecognizable reports whether the provider cannot tell if the values changed, and sending them might remove a group that was set
	// outside Terraform.
	Unrecognizable bool

	// Hidden describes what ignore_changes hides from the plan.
	Hidden Hidden
}

// Situation holds the inputs of a decision about the credentials of a destination.
type Situation struct {
	// Known reports whether the connector of the configuration is known. Until it is, both groups are [Undecided].
	Known      bool
	Configured Configured
	Version    types.Int64 // credentials_wo_version
	Sent       Record

	// Before is nil on create.
	Before *Stored

	// PlainChanged reports whether a credential block changed in anything but its secrets.
	PlainChanged tristate.Value
}

// Stored holds what prior state records about the credentials.
type Stored struct {
	Version       types.Int64
	Auth, Signing bool // the API has the group
}

// Decide returns the decision from the configuration, what was sent before, and what the API shows.
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
		// No block shows whether such a group is managed, so null may mean that the value is not supplied, as in a plan that runs without
		// secrets. Only a new version removes the group.
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

// mayDropOthers reports whether the API has a group that Terraform has not sent and the configuration does not set. The API may remove it
// when the other group is sent.
func (d Decision) mayDropOthers(sent Record) bool {
	return d.Configured.HasAuth == tristate.No && d.AuthStored && !sent.Auth ||
		d.Configured.HasSigning == tristate.No && d.SigningStored && !sent.SigningSecret
}

// mayBeUnavailable reports whether the API has what Terraform sent, but the configuration does not show a value for it.
func (g credentialGroup) mayBeUnavailable() bool {
	return g.sent && g.stored && g.configured != tristate.Yes
}

// secretsChanged reports whether the write-only values differ from those that were sent.
func (s Situation) secretsChanged() tristate.Value {
	switch {
	case s.Before == nil:
		return tristate.No
	case s.Version.IsUnknown():
		return tristate.Unknown
	case !s.Version.IsNull() && !s.Before.Version.IsNull(): // versioned, before and now
		return tristate.Of(!s.Version.Equal(s.Before.Version))
	case len(s.Configured.Missing) > 0: // not supplied: allowed with a version, otherwise an error elsewhere
		return tristate.No
	case !s.Version.IsNull() && s.Sent.Hash == nil: // versioned from now on
		return tristate.No
	case !s.Configured.Complete:
		return tristate.Unknown
	case s.Sent.Hash == nil: // hash-tracked from now on: nothing records which values were sent
		return tristate.Yes
	}
	return tristate.Of(!s.Sent.Hash.matches(s.Configured.Secrets))
}

// Writes reports whether a group is certainly sent or removed.
func (d Decision) Writes() bool {
	return d.Auth == Send || d.Auth == Remove || d.Signing == Send || d.Signing == Remove
}

// MayWrite reports whether a group is or may be sent or removed.
func (d Decision) MayWrite() bool { return d.Auth != Keep || d.Signing != Keep }

// PlannedAuth returns the planned has_auth_config. before is the value in prior state. The result is unknown if the first signing secret
// is sent to a destination without authentication, because the API may count a signing secret inside auth_config as authentication.
func (d Decision) PlannedAuth(before types.Bool) types.Bool {
	if d.Auth == Keep && !d.AuthStored && (d.Signing == Send || d.Signing == Undecided) && !d.SigningStored {
		return types.BoolUnknown()
	}
	return plannedFlag(d.Auth, d.Configured.HasAuth, before)
}

// PlannedSigning returns the planned has_signing_secret. before is the value in prior state.
func (d Decision) PlannedSigning(before types.Bool) types.Bool {
	return plannedFlag(d.Signing, d.Configured.HasSigning, before)
}

// plannedFlag returns a known value only if every possible outcome leads to it. before is unknown for a new destination, and null if the
// API does not show the flag.
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
