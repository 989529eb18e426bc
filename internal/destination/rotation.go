package destination

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
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

// decideCredentials compares the configuration with what was sent before and with what the API says. state is nil when a
// destination is to be created.
func decideCredentials(config, state *model, sent sentRecord) credentialDecision {
	d := credentialDecision{pinned: !config.CredentialsWOVersion.IsNull()}
	if state != nil {
		d.authStored, d.signingStored = state.HasAuthConfig.ValueBool(), state.HasSigningSecret.ValueBool()
	}
	c, v, ok := config.connector()
	if !ok {
		d.auth, d.signing = undecided, undecided
		return d
	}
	d.configured = c.credentialsIn(v)
	rotated := no
	if state != nil {
		rotated = secretsChanged(config, state, sent, d.configured)
	}
	if d.unrecognizable = rotated == yes && sent.Lost && !d.pinned && d.mayDropOthers(sent); d.unrecognizable {
		rotated = no
	}
	changed := rotated
	if state != nil && sent.Auth {
		changed = either(changed, c.plainCredentialsChanged(v, state))
	}
	auth := group{configured: d.configured.hasAuth, sent: sent.Auth, changed: changed, stored: d.authStored}
	auth.absent = d.pinned && len(d.configured.missing) > 0
	signing := group{configured: d.configured.hasSigning, sent: sent.SigningSecret, changed: changed, stored: d.signingStored}
	d.auth, d.signing = auth.step(), signing.step()

	if d.pinned && rotated != yes {
		// Where no block tells whether a group is managed, null may mean that it is not at hand, as in a plan without secrets.
		// Only a new version takes it away.
		held, step := rotated == no, keep
		if !held {
			step = undecided
		}
		if c.anyCredentials != "" && auth.mayNotBeAtHand() {
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
func secretsChanged(config, state *model, sent sentRecord, now credentials) answer {
	version := config.CredentialsWOVersion
	switch {
	case version.IsUnknown():
		return unknown
	case !version.IsNull() && !state.CredentialsWOVersion.IsNull(): // pinned, and was before
		return answerOf(!version.Equal(state.CredentialsWOVersion))
	case len(now.missing) > 0: // not at hand, which is fine from now on if they are pinned, and an error if not
		return no
	case !version.IsNull() && sent.Hash == nil: // pinned from now on
		return no
	case !now.complete:
		return unknown
	case sent.Hash == nil: // not pinned any more: what was sent is not known
		return yes
	}
	return answerOf(!sent.Hash.matches(now.secrets))
}

func answerOf(b bool) answer {
	if b {
		return yes
	}
	return no
}

// either is yes if one of the two is, and no only if both are.
func either(a, b answer) answer {
	switch {
	case a == yes || b == yes:
		return yes
	case a == unknown || b == unknown:
		return unknown
	}
	return no
}

// writes reports whether anything is sent or removed for certain.
func (d credentialDecision) writes() bool {
	return d.auth == send || d.auth == remove || d.signing == send || d.signing == remove
}

// mayWrite reports whether anything is sent or removed, or may turn out to be.
func (d credentialDecision) mayWrite() bool { return d.auth != keep || d.signing != keep }

// problems judges whether the decision can be carried out.
func (d credentialDecision) problems(config, state *model) diag.Diagnostics {
	var diags diag.Diagnostics
	c, _, ok := config.connector()
	if !ok {
		return nil
	}
	name := config.Name.ValueString()
	if len(d.hidden.arguments) > 0 {
		return d.hidden.problems(c, name)
	}
	if d.writes() || !d.pinned {
		advice := "Set it, for example from an ephemeral variable. A plan that is not applied can have a placeholder: see the guide " +
			"\"Plans in CI without secrets\"."
		if !d.pinned && state != nil {
			advice += " To plan without secrets at hand, set credentials_wo_version."
		}
		for _, missing := range d.configured.missing {
			diags.AddAttributeError(c.header(), "Credentials are incomplete",
				fmt.Sprintf("The credentials of delivery destination %q are needed, but %s. %s", name, missing, advice))
		}
	}
	if d.secretHeld && d.writes() {
		diags.AddAttributeError(c.header(), "Signing secret is missing",
			fmt.Sprintf("The credentials of delivery destination %q have to be sent, which the API takes only as a whole, but signing_secret_wo is "+
				"null. Set it, or change credentials_wo_version to remove the signing secret.", name))
	}
	const kept = "%s of delivery destination %q is null and credentials_wo_version is unchanged, so what the API has stays as it is. To remove it, " +
		"change credentials_wo_version."
	switch {
	case d.authHeld && d.configured.hasAuth == no:
		diags.AddAttributeWarning(c.header(), "Credentials are kept", fmt.Sprintf(kept, c.anyCredentials, name))
	case d.secretHeld && d.configured.hasSigning == no && !d.writes():
		diags.AddAttributeWarning(c.header(), "Signing secret is kept", fmt.Sprintf(kept, signingSecretWO, name))
	}
	if c.needsCredentials && (state == nil && d.configured.hasAuth == no || d.auth == remove) {
		verb := "created without"
		if state != nil {
			verb = "left without"
		}
		diags.AddAttributeError(c.path().AtName(c.credentials[0].name), "Credentials are missing",
			fmt.Sprintf("Delivery destination %q is of type %s, which cannot be %s credentials. Add %s.", name, c.name, verb, c.credentialChoice()))
	}
	if d.unrecognizable && !d.mayWrite() {
		diags.AddAttributeWarning(c.header(), "Changes of credentials cannot be detected",
			fmt.Sprintf("Of the credentials of delivery destination %q that Terraform sent, the API has lost a part, and has others since that were set "+
				"outside of Terraform. Terraform recognizes the values that it sent only together, so it cannot tell whether those that are left have "+
				"changed, and sends nothing: the API might drop the others. To send what is configured, set credentials_wo_version.", name))
	}
	const mayBeLost = "Delivery destination %q has %s outside of Terraform. The API takes credentials as a whole and may drop what it does " +
		"not receive; the apply then fails. %s"
	if d.auth == send && d.signing == keep && d.signingStored && !d.secretHeld && d.configured.hasSigning == no {
		diags.AddAttributeWarning(c.header(), "Signing secret may be lost",
			fmt.Sprintf(mayBeLost, name, "a signing secret that was set", "Set signing_secret_wo to keep deliveries signed."))
	}
	if d.signing == send && d.auth == keep && d.authStored && d.configured.hasAuth == no {
		diags.AddAttributeWarning(c.header(), "Authentication may be lost",
			fmt.Sprintf(mayBeLost, name, "credentials that were set", "Add "+c.credentialChoice()+" to keep them."))
	}
	return diags
}

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
