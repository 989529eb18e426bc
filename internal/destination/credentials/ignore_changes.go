package credentials

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// Hidden describes write-only arguments that ignore_changes hides from a plan. The CLI plans ignored arguments with their values in prior
// state, which are always null for write-only arguments. At apply, the configured values are available again.
type Hidden struct {
	Arguments []string

	// Needed reports whether the credentials must be sent but are hidden.
	Needed bool

	// Lost names the groups that Terraform sent and the API no longer has.
	Lost []string

	// Uncompared reports whether the plan shows some of the hash-tracked values but not all of them. The hash covers all values together, so the
	// plan cannot detect whether the values changed.
	Uncompared bool
}

// DecideUnderIgnoredChanges is like [Situation.Decide] for a configuration in which the CLI replaced arguments because of ignore_changes.
// nullArguments are the write-only arguments that ignore_changes may hide. These arguments may have values at apply. So the decision does not
// take them as a removal of a group, and does not send incomplete credentials.
func (s Situation) DecideUnderIgnoredChanges(nullArguments []string) Decision {
	d := s.Decide()
	switch {
	case !s.Known:
		return d
	case s.Before == nil:
		return d.creatingUnderIgnoredChanges(nullArguments)
	case len(nullArguments) == 0:
		return d
	}
	d.Hidden.Arguments = nullArguments
	isHidden := func(prefix string) bool {
		return slices.ContainsFunc(nullArguments, func(name string) bool { return strings.HasPrefix(name, prefix) })
	}
	isObject := d.Configured.Object != ""
	signingHidden := isHidden(SigningSecretArgument) || isObject
	authHidden := isHidden("auth_")

	rotated := tristate.No
	if d.Versioned && !s.Before.Version.IsNull() && !s.Version.IsUnknown() {
		rotated = tristate.Of(!s.Version.Equal(s.Before.Version))
	}
	if s.Sent.Auth {
		rotated = tristate.Or(rotated, s.PlainChanged)
	}
	newAuth := !authHidden && d.Configured.HasAuth == tristate.Yes && (!s.Sent.Auth || !d.AuthStored)
	newSigning := !signingHidden && d.Configured.HasSigning == tristate.Yes && (!s.Sent.SigningSecret || !d.SigningStored)
	removedAuth := !authHidden && d.Auth == Remove
	d.Hidden.Needed = rotated == tristate.Yes || newAuth || newSigning || removedAuth
	oneOfTwo := isObject && (d.AuthStored || d.SigningStored) // the object may hold either group, and the record does not show which one was sent
	if authHidden && !d.AuthStored && !oneOfTwo {
		d.Hidden.Lost = append(d.Hidden.Lost, "credentials")
	}
	if signingHidden && !d.SigningStored && !isObject {
		d.Hidden.Lost = append(d.Hidden.Lost, "a signing secret")
	}
	d.Hidden.Uncompared = !d.Versioned && len(d.Configured.Secrets) > 0
	d.Auth, d.Signing = Keep, Keep
	d.AuthKeptNull, d.SigningKeptNull = authHidden, signingHidden
	return d
}

// creatingUnderIgnoredChanges returns an undecided decision for the create of a replaced destination, because arguments that are null in the
// plan may have values at apply.
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

// Planned holds what a plan announced about the credentials.
type Planned struct {
	Writes     bool       // credentials_updated_at was unknown
	Signing    types.Bool // has_signing_secret
	HadSigning bool       // has_signing_secret in prior state
}

// AsPlanned limits the decision to what the plan announced, even if the configuration has other values at apply. It returns an error if the
// provider cannot apply the plan.
func (d Decision) AsPlanned(plan Planned) (Decision, error) {
	noSecret := !plan.Signing.IsNull() && !plan.Signing.IsUnknown() && !plan.Signing.ValueBool()
	switch {
	case !plan.Writes:
		d.Auth, d.Signing = Keep, Keep
		return d, nil
	case noSecret && d.Signing == Send:
		d.Signing = Keep
		d.Configured = d.Configured.withoutSigningSecret()
	case noSecret && plan.HadSigning && d.Signing != Remove:
		return d, errors.New("the plan removes the signing secret, but the configuration now contains one. If ignore_changes covers " +
			"signing_secret_wo, remove it from ignore_changes")
	}
	if d.Writes() && len(d.Configured.Missing) > 0 {
		return d, fmt.Errorf("the credentials are incomplete: %s", d.Configured.Missing[0])
	}
	return d, nil
}
