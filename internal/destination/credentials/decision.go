// Package credentials decides whether to send, keep or remove the credentials of a destination. It compares the configuration, the credentials
// that Terraform last sent, and the flags that the API returns. It does not depend on connectors or requests.
package credentials

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// credentialGroup holds the inputs of the decision for one group of credentials, authentication or signing secret. The API reports only
// whether a group is set.
type credentialGroup struct {
	configured tristate.Value // the configuration sets the group
	sent       bool           // Terraform sent it before, and the API confirmed it
	changed    tristate.Value // the configuration differs from the values that were sent
	stored     bool           // the API reports that the group is set

	// absent reports whether the group is managed but its versioned values are null, as in a plan that runs without secrets.
	absent bool
}

// Action is the effect of a write on a group of credentials.
type Action int

// Actions. The zero value is Keep.
const (
	Keep      Action = iota // leave the group unchanged
	Send                    // send the configured values
	Remove                  // remove values that Terraform sent and the configuration omits
	Undecided               // decided at apply, when all values are known
)

// action returns the action according to the table in DESIGN.md. [Situation.Decide] adds the exception for versioned values that are not
// supplied.
func (g credentialGroup) action() Action {
	switch g.configured {
	case tristate.Unknown:
		return Undecided
	case tristate.Yes:
		switch {
		case !g.stored, g.changed == tristate.Yes:
			return Send
		case !g.sent && !g.absent: // after an import, the API's values are unknown
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

// Decision holds what a create or an update does with the credentials.
type Decision struct {
	Auth, Signing Action
	Configured    Configured
	Versioned     bool // credentials_wo_version is set

	AuthStored, SigningStored bool // the API's flags in prior state

	// AuthKeptNull and SigningKeptNull report whether a write keeps a group although its values are null.
	AuthKeptNull, SigningKeptNull bool

	// Unrecognizable reports whether the provider cannot detect a change of the values, and sending them might remove a group that was set
	// outside Terraform.
	Unrecognizable bool

	// Hidden describes the credentials that ignore_changes hides from the plan.
	Hidden Hidden
}

// Situation holds the inputs of a decision about the credentials of a destination.
type Situation struct {
	// Known reports whether the connector of the configuration is known. Otherwise both groups are [Undecided].
	Known      bool
	Configured Configured
	Version    types.Int64 // credentials_wo_version
	Sent       Record

	// Before is nil on create.
	Before *Stored

	// PlainChanged reports whether a different credential block is used, or a non-secret argument of the block changed.
	PlainChanged tristate.Value
}

// Stored holds the part of prior state that concerns credentials.
type Stored struct {
	Version       types.Int64
	Auth, Signing bool // the API has the group
}

// Decide returns the decision.
func (s Situation) Decide() Decision {
	d := Decision{Versioned: !s.Version.IsNull()}
	if s.Before != nil {
		d.AuthStored, d.SigningStored = s.Before.Auth, s.Before.Signing
	}
	if !s.Known {
		d.Auth, d.Signing = Undecided, Undecided
		return d
	}
	d.Configured = s.Configured
	rotated := s.secretsChanged()
	if d.Unrecognizable = rotated == tristate.Yes && s.Sent.Lost && !d.Versioned && d.mayDropOthers(s.Sent); d.Unrecognizable {
		rotated = tristate.No
	}
	changed := rotated
	if s.Before != nil && s.Sent.Auth {
		changed = tristate.Or(changed, s.PlainChanged)
	}
	auth := credentialGroup{configured: d.Configured.HasAuth, sent: s.Sent.Auth, changed: changed, stored: d.AuthStored}
	auth.absent = d.Versioned && len(d.Configured.Missing) > 0
	signing := credentialGroup{configured: d.Configured.HasSigning, sent: s.Sent.SigningSecret, changed: changed, stored: d.SigningStored}
	d.Auth, d.Signing = auth.action(), signing.action()

	if d.Versioned && rotated != tristate.Yes {
		// A signing secret, or credentials in one JSON argument, have no block whose presence shows that they are managed. Null may therefore
		// mean that the value is not supplied, as in a plan that runs without secrets. Only a new version removes such a group.
		isKept, action := rotated == tristate.No, Keep
		if !isKept {
			action = Undecided
		}
		if d.Configured.Object != "" && auth.mayBeUnavailable() {
			d.Auth, d.AuthKeptNull = action, isKept
		}
		if signing.mayBeUnavailable() {
			d.Signing, d.SigningKeptNull = action, isKept
		}
	}
	return d
}

// mayDropOthers reports whether sending one group may remove the other group. The API may remove a group that it has, that Terraform has not
// sent, and that the configuration does not set.
func (d Decision) mayDropOthers(sent Record) bool {
	return d.Configured.HasAuth == tristate.No && d.AuthStored && !sent.Auth ||
		d.Configured.HasSigning == tristate.No && d.SigningStored && !sent.SigningSecret
}

// mayBeUnavailable reports whether a group that Terraform sent is still set in the API but not in the configuration.
func (g credentialGroup) mayBeUnavailable() bool {
	return g.sent && g.stored && g.configured != tristate.Yes
}

// secretsChanged reports whether the write-only values differ from the values that were sent.
func (s Situation) secretsChanged() tristate.Value {
	switch {
	case s.Before == nil:
		return tristate.No
	case s.Version.IsUnknown():
		return tristate.Unknown
	case !s.Version.IsNull() && !s.Before.Version.IsNull(): // versioned, before and now
		return tristate.Of(!s.Version.Equal(s.Before.Version))
	case len(s.Configured.Missing) > 0: // null: allowed with a version, otherwise reported elsewhere
		return tristate.No
	case !s.Version.IsNull() && s.Sent.Hash == nil: // changes from hash-tracked to versioned without a hash
		return tristate.No
	case !s.Configured.Complete:
		return tristate.Unknown
	case s.Sent.Hash == nil: // changes from versioned to hash-tracked: there is no hash to compare with
		return tristate.Yes
	}
	return tristate.Of(!s.Sent.Hash.matches(s.Configured.Secrets))
}

// Writes reports whether the write certainly sends or removes a group.
func (d Decision) Writes() bool {
	return d.Auth == Send || d.Auth == Remove || d.Signing == Send || d.Signing == Remove
}

// MayWrite reports whether the write sends or removes a group, or may do so.
func (d Decision) MayWrite() bool { return d.Auth != Keep || d.Signing != Keep }

// PlannedAuth returns the planned has_auth_config. before is the value in prior state. The result is unknown if the write sends a first
// signing secret to a destination without authentication, because the API may count a signing secret inside auth_config as authentication.
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

// plannedFlag returns a known value only if all possible outcomes have that value. before is unknown for a new destination, and null if the
// API does not return the flag.
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
