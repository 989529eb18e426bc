package credentials

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// Hidden describes the write-only arguments that ignore_changes hides from a plan: the CLI replaces them with the values in prior state,
// which are always null. At apply, the configured values are available again.
type Hidden struct {
	Arguments []string

	// Needed reports whether the credentials have to be sent but cannot be.
	Needed bool

	// Lost names the groups that Terraform sent and the API no longer has.
	Lost []string

	// Uncompared reports whether the plan shows other write-only arguments but cannot compare them with what was sent.
	Uncompared bool
}

// DecideUnderIgnoredChanges is like [Situation.Decide] for a configuration in which the CLI replaced arguments because of ignore_changes.
// null names the write-only arguments that ignore_changes may hide. They may have values, so the decision neither removes a group because
// they are null nor sends incomplete credentials.
func (s Situation) DecideUnderIgnoredChanges(null []string) Decision {
	d := s.Decide()
	switch {
	case !s.Known:
		return d
	case s.Before == nil:
		return d.creatingUnderIgnoredChanges(null)
	case len(null) == 0:
		return d
	}
	d.Hidden.Arguments = null
	isHidden := func(prefix string) bool {
		return slices.ContainsFunc(null, func(name string) bool { return strings.HasPrefix(name, prefix) })
	}
	isObject := d.Configured.Object != ""
	signingHidden := isHidden(SigningSecretArgument) || isObject
	authHidden := isHidden("auth_")

	rotated := tristate.No
	if d.Pinned && !s.Before.Version.IsNull() && !s.Version.IsUnknown() {
		rotated = tristate.Of(!s.Version.Equal(s.Before.Version))
	}
	if s.Sent.Auth {
		rotated = tristate.Or(rotated, s.PlainChanged)
	}
	newAuth := !authHidden && d.Configured.HasAuth == tristate.Yes && (!s.Sent.Auth || !d.AuthStored)
	newSigning := !signingHidden && d.Configured.HasSigning == tristate.Yes && (!s.Sent.SigningSecret || !d.SigningStored)
	removedAuth := !authHidden && d.Auth == Remove
	d.Hidden.Needed = rotated == tristate.Yes || newAuth || newSigning || removedAuth
	oneOfTwo := isObject && (d.AuthStored || d.SigningStored) // the object may hold either group, so the record does not tell which was sent
	if authHidden && !d.AuthStored && !oneOfTwo {
		d.Hidden.Lost = append(d.Hidden.Lost, "credentials")
	}
	if signingHidden && !d.SigningStored && !isObject {
		d.Hidden.Lost = append(d.Hidden.Lost, "a signing secret")
	}
	d.Hidden.Uncompared = !d.Pinned && len(d.Configured.Secrets) > 0
	d.Auth, d.Signing = Keep, Keep
	d.AuthHeld, d.SecretHeld = authHidden, signingHidden
	return d
}

// creatingUnderIgnoredChanges returns an undecided decision for the create of a replaced destination: arguments that are null in the plan
// may have values at apply.
func (d Decision) creatingUnderIgnoredChanges(null []string) Decision {
	if d.Configured.Object != "" && len(null) > 0 {
		d.Auth = Undecided
	}
	if len(null) > 0 {
		d.Signing = Undecided
	}
	if len(d.Configured.Missing) > 0 {
		d.Auth, d.Configured.Missing = Undecided, nil
	}
	return d
}

// Planned holds what a plan showed of the credentials.
type Planned struct {
	Writes    bool       // credentials_updated_at was unknown
	Signing   types.Bool // has_signing_secret
	HadSecret bool       // has_signing_secret in prior state
}

// AsPlanned limits the decision to what the plan showed, whatever values the configuration has at apply. It returns an error if the plan
// cannot be carried out.
func (d Decision) AsPlanned(plan Planned) (Decision, error) {
	noSecret := !plan.Signing.IsNull() && !plan.Signing.IsUnknown() && !plan.Signing.ValueBool()
	switch {
	case !plan.Writes:
		d.Auth, d.Signing = Keep, Keep
		return d, nil
	case noSecret && d.Signing == Send:
		d.Signing = Keep
		d.Configured = d.Configured.withoutSigningSecret()
	case noSecret && plan.HadSecret && d.Signing != Remove:
		return d, errors.New("The plan removes the signing secret, but the configuration now contains one. If ignore_changes covers " +
			"signing_secret_wo, remove it from there")
	}
	if d.Writes() && len(d.Configured.Missing) > 0 {
		return d, fmt.Errorf("The credentials are incomplete: %s", d.Configured.Missing[0])
	}
	return d, nil
}
