package destination

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"
)

// hidden are the write-only arguments that ignore_changes keeps from a plan: the CLI puts the state's values in their place, and
// the state has none. At apply, they are there again.
type hidden struct {
	arguments []string

	// needed says that the credentials would have to be sent, and cannot be.
	needed bool

	// lost names what the API does not have any more of what Terraform sent.
	lost []string

	// uncompared says that other write-only arguments are shown, but cannot be compared with what was sent.
	uncompared bool
}

// decideUnderIgnoredChanges is decide for a configuration in which the CLI replaced arguments. null are the write-only arguments that
// ignore_changes may hide. What is null there may have a value, so nothing is removed because of it, and nothing is sent that would
// be incomplete.
func (s situation) decideUnderIgnoredChanges(null []string) credentialDecision {
	d := s.decide()
	switch {
	case !s.known:
		return d
	case s.before == nil:
		return d.creatingUnderIgnoredChanges(null)
	case len(null) == 0:
		return d
	}
	d.hidden.arguments = null
	isHidden := func(prefix string) bool {
		return slices.ContainsFunc(null, func(name string) bool { return strings.HasPrefix(name, prefix) })
	}
	isObject := d.configured.object != ""
	signingHidden := isHidden(signingSecretWO) || isObject
	authHidden := isHidden("auth_")

	rotated := no
	if d.pinned && !s.before.version.IsNull() && !s.version.IsUnknown() {
		rotated = answerOf(!s.version.Equal(s.before.version))
	}
	if s.sent.Auth {
		rotated = either(rotated, s.plainChanged)
	}
	newAuth := !authHidden && d.configured.hasAuth == yes && (!s.sent.Auth || !d.authStored)
	newSigning := !signingHidden && d.configured.hasSigning == yes && (!s.sent.SigningSecret || !d.signingStored)
	removedAuth := !authHidden && d.auth == remove
	d.hidden.needed = rotated == yes || newAuth || newSigning || removedAuth
	oneOfTwo := isObject && (d.authStored || d.signingStored) // it is not known which of the two were sent
	if authHidden && !d.authStored && !oneOfTwo {
		d.hidden.lost = append(d.hidden.lost, "credentials")
	}
	if signingHidden && !d.signingStored && !isObject {
		d.hidden.lost = append(d.hidden.lost, "a signing secret")
	}
	d.hidden.uncompared = !d.pinned && len(d.configured.secrets) > 0
	d.auth, d.signing = keep, keep
	d.authHeld, d.secretHeld = authHidden, signingHidden
	return d
}

// creatingUnderIgnoredChanges is for a destination that is replaced: what is null may be there when it is created, so that is
// decided then.
func (d credentialDecision) creatingUnderIgnoredChanges(null []string) credentialDecision {
	if d.configured.object != "" && len(null) > 0 {
		d.auth = undecided
	}
	if len(null) > 0 {
		d.signing = undecided
	}
	if len(d.configured.missing) > 0 {
		d.auth, d.configured.missing = undecided, nil
	}
	return d
}

// planned is what a plan said of the credentials.
type planned struct {
	writes    bool       // credentials_updated_at was not known
	signing   types.Bool // has_signing_secret
	hadSecret bool       // has_signing_secret before
}

// asPlanned keeps the apply to what the plan said, whatever the configuration shows by then.
func (d credentialDecision) asPlanned(plan planned) (credentialDecision, error) {
	noSecret := !plan.signing.IsNull() && !plan.signing.IsUnknown() && !plan.signing.ValueBool()
	switch {
	case !plan.writes:
		d.auth, d.signing = keep, keep
		return d, nil
	case noSecret && d.signing == send:
		d.signing = keep
		d.configured = d.configured.withoutSigningSecret()
	case noSecret && plan.hadSecret && d.signing != remove:
		return d, errors.New("the plan was to remove the signing secret, which the configuration has. Nothing was sent. If ignore_changes covers " +
			"signing_secret_wo, remove it from there")
	}
	if d.writes() && len(d.configured.missing) > 0 {
		return d, fmt.Errorf("the credentials are incomplete: %s. Nothing was sent", d.configured.missing[0])
	}
	return d, nil
}
