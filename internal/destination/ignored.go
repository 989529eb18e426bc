package destination

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
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

// underIgnoredChanges corrects a decision about a configuration in which the CLI replaced arguments. What is null there may have
// a value, so nothing is removed because of it, and nothing is sent that would be incomplete.
func (d credentialDecision) underIgnoredChanges(config, state *model, sent sentRecord) credentialDecision {
	c, v, ok := config.connector()
	if !ok {
		return d
	}
	if state == nil {
		return d.creatingUnderIgnoredChanges(c, v)
	}
	d.hidden.arguments = c.hiddenIn(v, d.configured, sent)
	if len(d.hidden.arguments) == 0 {
		return d
	}
	isHidden := func(names ...string) bool {
		return slices.ContainsFunc(d.hidden.arguments, func(name string) bool {
			return slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(name, n) })
		})
	}
	signingHidden := isHidden(signingSecretWO) || c.anyCredentials != ""
	authHidden := isHidden("auth_")

	rotated := no
	if d.pinned && !state.CredentialsWOVersion.IsNull() && !config.CredentialsWOVersion.IsUnknown() {
		rotated = answerOf(!config.CredentialsWOVersion.Equal(state.CredentialsWOVersion))
	}
	if sent.Auth {
		rotated = either(rotated, c.plainCredentialsChanged(v, state))
	}
	newAuth := !authHidden && d.configured.hasAuth == yes && (!sent.Auth || !d.authStored)
	newSigning := !signingHidden && d.configured.hasSigning == yes && (!sent.SigningSecret || !d.signingStored)
	removedAuth := !authHidden && d.auth == remove
	d.hidden.needed = rotated == yes || newAuth || newSigning || removedAuth
	oneOfTwo := c.anyCredentials != "" && (d.authStored || d.signingStored) // it is not known which of the two were sent
	if authHidden && !d.authStored && !oneOfTwo {
		d.hidden.lost = append(d.hidden.lost, "credentials")
	}
	if signingHidden && !d.signingStored && c.anyCredentials == "" {
		d.hidden.lost = append(d.hidden.lost, "a signing secret")
	}
	d.hidden.uncompared = !d.pinned && len(d.configured.secrets) > 0
	d.auth, d.signing = keep, keep
	d.authHeld, d.secretHeld = authHidden, signingHidden
	return d
}

// creatingUnderIgnoredChanges is for a destination that is replaced: what is null may be there when it is created, so that is
// decided then.
func (d credentialDecision) creatingUnderIgnoredChanges(c connector, v values) credentialDecision {
	if c.anyCredentials != "" && v.text(c.anyCredentials).IsNull() {
		d.auth, d.signing = undecided, undecided
	}
	if c.signingSecret && v.text(signingSecretWO).IsNull() {
		d.signing = undecided
	}
	if len(d.configured.missing) > 0 {
		d.auth, d.configured.missing = undecided, nil
	}
	return d
}

// hiddenIn lists the write-only arguments of a block that were sent before and are null now, although the block around them is
// there. A record that does not tell which were sent says at least which groups.
func (c connector) hiddenIn(v values, now credentials, sent sentRecord) []string {
	var names []string
	isSent := func(name string, otherwise bool) bool {
		if sent.Names == "" {
			return otherwise
		}
		return slices.Contains(strings.Fields(sent.Names), name)
	}
	if c.anyCredentials != "" && v.text(c.anyCredentials).IsNull() && isSent(c.anyCredentials, sent.Auth || sent.SigningSecret) {
		names = append(names, c.anyCredentials)
	}
	for _, block := range c.credentials {
		inner, ok := only(v.list(block.name))
		if !ok {
			continue
		}
		for _, a := range block.arguments {
			name := block.name + "." + a.name
			required := slices.ContainsFunc(now.missing, func(problem string) bool { return strings.HasPrefix(problem, name+" ") })
			if a.isWriteOnly() && inner.text(a.name).IsNull() && (required || isSent(name, false)) {
				names = append(names, name)
			}
		}
		if len(names) == 0 && slices.Contains(now.missing, block.name+" has no secret") {
			names = append(names, block.name)
		}
	}
	if c.signingSecret && v.text(signingSecretWO).IsNull() && isSent(signingSecretWO, sent.SigningSecret) {
		names = append(names, signingSecretWO)
	}
	return names
}

// names are the write-only arguments of a connector that have values, as a record has them.
func (c connector) names(found credentials) string {
	if c.anyCredentials != "" {
		return c.anyCredentials
	}
	var names []string
	for i := 0; i+1 < len(found.secrets); i += 2 {
		names = append(names, found.secrets[i])
	}
	return strings.Join(names, " ")
}

// problems says what ignore_changes keeps from being done.
func (h hidden) problems(c connector, name string) diag.Diagnostics {
	var diags diag.Diagnostics
	const why = "of delivery destination %q is null in this plan, where Terraform or OpenTofu replaces by the state's value what ignore_changes " +
		"covers. The state has no write-only values."
	what := strings.Join(h.arguments, " and ")
	switch {
	case h.needed:
		diags.AddAttributeError(c.header(), "Credentials are hidden by ignore_changes",
			fmt.Sprintf("The credentials have to be sent as a whole, but %s "+why+"\n\nRemove it, and the block around it, from ignore_changes "+
				"to change the credentials.", what, name))
	case len(h.lost) > 0:
		diags.AddAttributeWarning(c.header(), "Credentials cannot be restored because of ignore_changes",
			fmt.Sprintf("The API no longer has %s that Terraform sent, and %s "+why+"\n\nRemove it, and the block around it, from "+
				"ignore_changes to send the credentials again.", strings.Join(h.lost, " and "), what, name))
	case h.uncompared:
		diags.AddAttributeWarning(c.header(), "Credentials are not compared because of ignore_changes",
			fmt.Sprintf("%s "+why+" A change of the other write-only arguments would not be detected.\n\nList all of them in ignore_changes, or "+
				"none.", what, name))
	}
	return diags
}

// asPlanned is what a configuration looked like in the plan that is applied: ignore_changes has effect on plans only. What is
// stored is as in the plan, and a write-only argument is as in the configuration if the plan has the block around it.
func (m *model) asPlanned(plan *model) *model {
	seen := *plan
	seen.IsActive = m.IsActive
	if !m.IsActive.IsNull() {
		seen.IsActive = plan.IsActive
	}
	seen.blocks = map[string]types.List{}
	for name, list := range plan.blocks {
		seen.blocks[name] = withWriteOnly(list, m.blocks[name])
	}
	return &seen
}

// withWriteOnly is a block with the write-only arguments of another one.
func withWriteOnly(list, from types.List) types.List {
	inner, ok := only(list)
	if !ok {
		return list
	}
	given, _ := only(from)
	complete := values{}
	for name, value := range inner {
		complete[name] = value
		nested, isBlock := value.(types.List)
		switch {
		case isBlock:
			other, _ := given[name].(types.List)
			complete[name] = withWriteOnly(nested, other)
		case strings.HasSuffix(name, writeOnlySuffix) && given[name] != nil:
			complete[name] = given[name]
		}
	}
	t, _ := list.ElementType(context.Background()).(types.ObjectType) // of a block
	return types.ListValueMust(t, []attr.Value{schemas.Complete(t, complete)})
}

// asPlanned keeps the apply to what the plan said, whatever the configuration shows by then.
func (d credentialDecision) asPlanned(plan, state *model) (credentialDecision, error) {
	switch {
	case !plan.CredentialsUpdatedAt.IsUnknown(): // the plan was to write none
		d.auth, d.signing = keep, keep
		return d, nil
	case plannedFalse(plan.HasSigningSecret) && d.signing == send:
		d.signing = keep
		d.configured = d.configured.withoutSigningSecret()
	case plannedFalse(plan.HasSigningSecret) && state != nil && state.HasSigningSecret.ValueBool() && d.signing != remove:
		return d, errors.New("the plan was to remove the signing secret, which the configuration has. Nothing was sent. If ignore_changes covers " +
			"signing_secret_wo, remove it from there")
	}
	if d.writes() && len(d.configured.missing) > 0 {
		return d, fmt.Errorf("the credentials are incomplete: %s. Nothing was sent", d.configured.missing[0])
	}
	return d, nil
}

func plannedFalse(b types.Bool) bool { return !b.IsNull() && !b.IsUnknown() && !b.ValueBool() }

// withoutSigningSecret is for a plan that had none.
func (found credentials) withoutSigningSecret() credentials {
	found.signing, found.hasSigning = "", no
	var others []string
	for i := 0; i+1 < len(found.secrets); i += 2 {
		if found.secrets[i] != signingSecretWO {
			others = append(others, found.secrets[i], found.secrets[i+1])
		}
	}
	if len(found.secrets)%2 == 0 {
		found.secrets = others
	}
	return found
}
