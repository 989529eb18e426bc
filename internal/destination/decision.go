package destination

import (
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// group is what there is to know of one of the two groups of credentials, authentication and signing secret: the API tells
// of each only whether it has it.
type group struct {
	configured answer // the configuration names it
	sent       bool   // Terraform sent it before, and the API confirmed
	changed    answer // the configuration is not what was sent
	stored     bool   // the API says that it has it

	// absent says that the group is managed, but its values are not at hand: the credentials are pinned and null.
	absent bool
}

// step is what becomes of a group.
type step int

const (
	keep      step = iota // leave it as it is
	send                  // send what the configuration says
	remove                // take it away: it came from Terraform, and the configuration does not name it any more
	undecided             // keep or send, as soon as all values are known
)

// step decides. It is the table of DESIGN.md, row by row.
func (g group) step() step {
	switch g.configured {
	case unknown:
		return undecided
	case yes:
		switch {
		case !g.stored, g.changed == yes:
			return send
		case !g.sent && !g.absent: // imported: the API may have anything
			return send
		case g.changed == unknown:
			return undecided
		}
		return keep
	}
	if g.sent && g.stored {
		return remove
	}
	return keep // what was set elsewhere stays
}

// credentialDecision is what becomes of the credentials in a create or an update.
type credentialDecision struct {
	auth, signing step
	configured    credentials
	pinned        bool // credentials_wo_version is set

	authStored, signingStored bool // what the API said before

	// authHeld and secretHeld say that a group is to stay although the configuration does not have it at hand.
	authHeld, secretHeld bool

	// unrecognizable says that nothing tells whether the values changed, and that sending them might drop what was set elsewhere.
	unrecognizable bool
	// hidden is what ignore_changes keeps from the plan.
	hidden hidden
}

// situation is what a decision about credentials is made from.
type situation struct {
	// known says that the configuration's connector is known; everything is undecided before.
	known      bool
	configured credentials
	version    types.Int64 // credentials_wo_version
	sent       sentRecord

	// before is nil when a destination is to be created.
	before *stored

	// plainChanged says whether anything of the credential blocks changed that is no secret.
	plainChanged answer
}

// stored is what the state says of the credentials.
type stored struct {
	version       types.Int64
	auth, signing bool // the API has them
}

// decide compares the configuration with what was sent before and with what the API says.
func (s situation) decide() credentialDecision {
	d := credentialDecision{pinned: !s.version.IsNull()}
	if s.before != nil {
		d.authStored, d.signingStored = s.before.auth, s.before.signing
	}
	if !s.known {
		d.auth, d.signing = undecided, undecided
		return d
	}
	d.configured = s.configured
	rotated := s.secretsChanged()
	if d.unrecognizable = rotated == yes && s.sent.Lost && !d.pinned && d.mayDropOthers(s.sent); d.unrecognizable {
		rotated = no
	}
	changed := rotated
	if s.before != nil && s.sent.Auth {
		changed = either(changed, s.plainChanged)
	}
	auth := group{configured: d.configured.hasAuth, sent: s.sent.Auth, changed: changed, stored: d.authStored}
	auth.absent = d.pinned && len(d.configured.missing) > 0
	signing := group{configured: d.configured.hasSigning, sent: s.sent.SigningSecret, changed: changed, stored: d.signingStored}
	d.auth, d.signing = auth.step(), signing.step()

	if d.pinned && rotated != yes {
		// Where no block tells whether a group is managed, null may mean that it is not available, as in a plan without secrets.
		// Only a new version removes it.
		held, step := rotated == no, keep
		if !held {
			step = undecided
		}
		if d.configured.object != "" && auth.mayNotBeAtHand() {
			d.auth, d.authHeld = step, held
		}
		if signing.mayNotBeAtHand() {
			d.signing, d.secretHeld = step, held
		}
	}
	return d
}

// mayDropOthers reports whether the API has a group that neither Terraform has sent nor the configuration names: it may drop that when
// the other one is sent.
func (d credentialDecision) mayDropOthers(sent sentRecord) bool {
	return d.configured.hasAuth == no && d.authStored && !sent.Auth ||
		d.configured.hasSigning == no && d.signingStored && !sent.SigningSecret
}

// mayNotBeAtHand reports whether the API has what Terraform sent, and the configuration does not tell what it is.
func (g group) mayNotBeAtHand() bool { return g.sent && g.stored && g.configured != yes }

// secretsChanged reports whether the write-only values are others than were sent.
func (s situation) secretsChanged() answer {
	switch {
	case s.before == nil:
		return no
	case s.version.IsUnknown():
		return unknown
	case !s.version.IsNull() && !s.before.version.IsNull(): // pinned, and was before
		return answerOf(!s.version.Equal(s.before.version))
	case len(s.configured.missing) > 0: // not available, which is fine from now on if they are pinned, and an error if not
		return no
	case !s.version.IsNull() && s.sent.Hash == nil: // pinned from now on
		return no
	case !s.configured.complete:
		return unknown
	case s.sent.Hash == nil: // not pinned any more: what was sent is not known
		return yes
	}
	return answerOf(!s.sent.Hash.matches(s.configured.secrets))
}

// writes reports whether anything is sent or removed for certain.
func (d credentialDecision) writes() bool {
	return d.auth == send || d.auth == remove || d.signing == send || d.signing == remove
}

// mayWrite reports whether anything is sent or removed, or may turn out to be.
func (d credentialDecision) mayWrite() bool { return d.auth != keep || d.signing != keep }

// plannedAuth is what the API is going to say of the authentication. One that gets its first signing secret inside of
// auth_config may take that for authentication.
func (d credentialDecision) plannedAuth(before types.Bool) types.Bool {
	if d.auth == keep && !d.authStored && (d.signing == send || d.signing == undecided) && !d.signingStored {
		return types.BoolUnknown()
	}
	return plannedFlag(d.auth, d.configured.hasAuth, before)
}

// plannedSigning is what the API is going to say of the signing secret.
func (d credentialDecision) plannedSigning(before types.Bool) types.Bool {
	return plannedFlag(d.signing, d.configured.hasSigning, before)
}

// plannedFlag is known only where every way in which things may turn out leads to it. before is unknown for a new destination, and
// null where the API does not show the flag.
func plannedFlag(s step, configured answer, before types.Bool) types.Bool {
	switch {
	case s == send, s == undecided && configured == yes:
		return types.BoolValue(true)
	case s == remove:
		return types.BoolValue(false)
	case s == undecided:
		return types.BoolUnknown()
	}
	return before
}
