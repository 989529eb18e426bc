package destination

import (
	"context"
	"fmt"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/diagnose"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// correction is the one further update that may bring about what the first write did not: a signing secret that the API wants in
// the other place, inside auth_config or beside it, and is_active, which a create may ignore.
func (want *intent) correction(d *talonic.Destination) (change talonic.DestinationChange, needed bool) {
	switch signing := want.credentials.signing; {
	case signing == send && isFalse(d.HasSigningSecret):
		want.secretBeside = !want.secretBeside
		change.SigningSecret, needed = want.signingSecret(), true
		if !want.secretBeside {
			change.Credentials = want.wireCredentials()
		}
	case signing == remove && isTrue(d.HasSigningSecret):
		change.SigningSecret, needed = want.signingSecret(), true
	}
	change.IsActive = &d.IsActive
	if want.active != nil && *want.active != d.IsActive {
		change.IsActive, needed = want.active, true
	}
	return change, needed
}

// whole is what the API shows after a write: its response or, if that leaves out what the write is judged by, the destination when it is
// asked for. If that fails, the response has to do.
func (r *Resource) whole(ctx context.Context, want intent, written *talonic.Destination) *talonic.Destination {
	lacking := written.HasAuthConfig == nil && want.credentials.auth != keep || written.HasSigningSecret == nil && want.credentials.signing != keep ||
		written.Config == nil && want.writesConfig()
	if !lacking {
		return written
	}
	shown, err := r.client.GetDestination(ctx, written.ID)
	if err != nil {
		return written
	}
	return shown
}

// outcome is what a write leaves behind in state.
type outcome struct {
	state      *model
	remembered remembered
	sent       sentRecord
	problems   diag.Diagnostics
}

// outcome judges the API's answer to a write. before is nil after a create.
//
// A write that did what it was to leaves the planned values. One that did not is an error, and leaves what the API shows, seen
// from the values before.
func (want intent) outcome(plan, before *model, sent sentRecord, d *talonic.Destination) (outcome, error) {
	screened := *d
	screened.Config = want.connector.withoutForeignCredentials(d.Config, want.before, want.arguments)
	d = &screened
	result := outcome{problems: want.problems(d), sent: want.confirmed(sent, d)}
	if before == nil && !want.adopted {
		result.problems = diagnose.Tainted(result.problems)
	}
	_, held, _ := plan.connector()
	was := remembered{Shown: d.Config}
	after := *plan
	if result.problems.HasError() {
		was = remembered{}
		after.HasAuthConfig, after.HasSigningSecret = types.BoolNull(), types.BoolNull()
		if before != nil {
			_, held, _ = before.connector()
			after.HasAuthConfig, after.HasSigningSecret = before.HasAuthConfig, before.HasSigningSecret
		}
	}
	after.setConnector(want.connector, held)
	result.remembered = want.was
	if d.Config != nil {
		shown, is, err := want.connector.observe(held, was, d.Config)
		if err != nil {
			return outcome{}, err
		}
		result.remembered = is
		after.setConnector(want.connector, held.with(shown))
	}
	after.setServerSide(d)
	if !result.problems.HasError() {
		after.PayloadCapBytes = plan.PayloadCapBytes
	}
	switch {
	case result.sent.confirms(want.credentials):
		after.CredentialsUpdatedAt = after.UpdatedAt
	case before != nil:
		after.CredentialsUpdatedAt = before.CredentialsUpdatedAt
	default:
		after.CredentialsUpdatedAt = types.StringNull()
	}
	if before != nil {
		if problem := after.keepCreatedAt(before); problem != "" {
			result.problems.AddAttributeError(path.Root("created_at"), "Cannot update delivery destination", plan.subject().About(problem))
		}
	}
	if !result.problems.HasError() {
		result.problems.Append(after.contradictions(plan)...)
	}
	result.state = &after
	return result, nil
}

// with is v with some of its values replaced.
func (v values) with(other values) values {
	all := values{}
	maps.Copy(all, v)
	maps.Copy(all, other)
	return all
}

// confirmed is the record of what the API has from Terraform after a write. What it does not show is not confirmed, neither that it
// stored nor that it removed something.
func (want intent) confirmed(before sentRecord, d *talonic.Destination) sentRecord {
	after := before.afterRead(d)
	switch want.credentials.auth {
	case send:
		after.Auth = isTrue(d.HasAuthConfig)
	case remove:
		after.Auth = before.Auth && !isFalse(d.HasAuthConfig)
	}
	switch want.credentials.signing {
	case send:
		after.SigningSecret = isTrue(d.HasSigningSecret)
		after.SecretBeside = want.secretBeside && isTrue(d.HasSigningSecret)
	case remove:
		after.SigningSecret = before.SigningSecret && !isFalse(d.HasSigningSecret)
	}
	configured := want.credentials.configured
	if want.credentials.writes() {
		after.Names = want.connector.names(configured)
	}
	switch {
	case want.credentials.pinned:
		after.Hash, after.Lost = nil, false
	case !want.credentials.writes():
	case !after.confirms(want.credentials), len(configured.secrets) == 0:
		after.Hash, after.Lost = nil, false // what the API has is not certain, or nothing
	default:
		after.Hash = newHash(configured.secrets)
		after.Lost = configured.hasAuth == yes && isFalse(d.HasAuthConfig) || configured.hasSigning == yes && isFalse(d.HasSigningSecret)
	}
	return after
}

// confirms reports whether everything was written that was decided, and something was.
func (s sentRecord) confirms(d credentialDecision) bool {
	return d.writes() &&
		(d.auth != send || s.Auth) && (d.auth != remove || !s.Auth) &&
		(d.signing != send || s.SigningSecret) && (d.signing != remove || !s.SigningSecret)
}

// problems says what the API did not do although it reported a success.
func (want intent) problems(d *talonic.Destination) diag.Diagnostics {
	var diags diag.Diagnostics
	report := func(at path.Path, format string, args ...any) {
		diags.AddAttributeError(at, "The API did not store a delivery destination as configured",
			diagnose.Subject{Noun: noun, Name: want.name}.About(fmt.Sprintf(format, args...)))
	}
	if d.Type != want.apiType {
		report(path.Root("type"), "A destination of type %q was written, but the API answered with one of type %s.", want.apiType, redact.Quote(d.Type))
	}
	if !text.Equal(d.Name, want.name) {
		report(path.Root("name"), "The name was sent as %q, but the API stored %s. Use that name in the configuration.", want.name, redact.Quote(d.Name))
	}
	active := want.active
	if active == nil {
		active = want.sentActive
	}
	if active != nil && d.IsActive != *active {
		report(path.Root("is_active"), "is_active was sent as %t, but the API says %t.", *active, d.IsActive)
	}
	if wanted, stored := orNull(want.cap), orNull(d.PayloadCapBytes); !sameCap(want.cap, d.PayloadCapBytes) {
		report(path.Root("payload_cap_bytes"), "payload_cap_bytes was sent as %s, but the API says %s.", wanted, stored)
	}
	at := want.connector.header()
	switch {
	case d.Config != nil:
		// What repeats a secret is compared in the form in which the response is, and shown in no other.
		sent, _ := redact.Process.Value(want.config()).(map[string]any)
		for _, found := range want.connector.discrepancies(want.before, sent, d.Config) {
			report(want.connector.argumentPath(found.Path), "config.%s. %s", found, want.connector.adviceOn(found))
		}
	case want.writesConfig():
		report(at, "config was sent, but the API does not show it, neither in its response nor when it is asked for the destination. So it is not known "+
			"whether it was stored.")
	}
	if problem := want.credentials.authProblem(d.HasAuthConfig); problem != "" {
		report(at, "%s", problem)
	}
	if problem := want.credentials.signingProblem(d.HasSigningSecret); problem != "" {
		report(at, "%s", problem)
	}
	return diags
}

// notShown is the problem with a flag that a write is to be judged by, but that the API does not show.
const notShown = "%s, but the API does not show %s, neither in its response nor when it is asked for the destination. So it is not known whether " +
	"the API did that. Look at the destination in the dashboard."

// adviceOn is what to do about a key of config that the API did not store as it was told to.
func (c connector) adviceOn(found jsonvalue.Difference) string {
	a, _ := c.argument(found.Path[0])
	switch {
	case found.Sent != nil:
		return "Configure what the API stores, or leave the argument out."
	case len(found.Path) == 1 && a.byDefault != nil:
		return fmt.Sprintf("Set %s to %s, which is the API's default, or replace the destination.", a.name, jsonvalue.Quote(a.byDefault))
	}
	return "Remove it in the dashboard, or replace the destination."
}

// authProblem compares what was decided for the authentication with what the API says of it.
func (d credentialDecision) authProblem(shown *bool) string {
	has := isTrue(shown)
	switch {
	case shown == nil && d.auth == send:
		return fmt.Sprintf(notShown, "Credentials were sent", "has_auth_config")
	case shown == nil && d.auth == remove:
		return fmt.Sprintf(notShown, "The credentials were to be removed", "has_auth_config")
	case shown == nil:
		return ""
	case d.auth == send && !has:
		return "Credentials were sent, but has_auth_config is false: the API did not keep them. Apply again; if that does not help, check the " +
			"credential block against the API's documentation."
	case d.auth == remove && has:
		return "The credentials were to be removed, but has_auth_config is still true. Remove them in the dashboard, or replace the destination."
	case d.auth == keep && d.authStored && !has && !d.writes():
		return "The API had credentials when it was last read, and has none now: has_auth_config is false. Apply again, which sends what the " +
			"configuration has."
	case d.auth == keep && !d.authStored && has && !d.writes():
		return "The API had no credentials when it was last read, and has some now: has_auth_config is true. Plan again."
	case d.auth == keep && d.authStored && !has:
		return "The destination had credentials that Terraform did not set, and the API dropped them: has_auth_config is now false. Add a " +
			"credential block, or set them again where they were set."
	}
	return ""
}

// signingProblem compares what was decided for the signing secret with what the API says of it.
func (d credentialDecision) signingProblem(shown *bool) string {
	has := isTrue(shown)
	switch {
	case shown == nil && d.signing == send:
		return fmt.Sprintf(notShown, "A signing secret was sent", "has_signing_secret")
	case shown == nil && d.signing == remove:
		return fmt.Sprintf(notShown, "The signing secret was to be removed", "has_signing_secret")
	case shown == nil:
		return ""
	case d.signing == send && !has:
		return "A signing secret was sent, inside auth_config and beside it, but has_signing_secret is false: the API did not keep it, and " +
			"deliveries are not signed."
	case d.signing == remove && has:
		return "The signing secret was to be removed, but has_signing_secret is still true. Remove it in the dashboard, or replace the destination."
	case d.signing == keep && d.signingStored && !has && !d.writes():
		return "The API had a signing secret when it was last read, and has none now: has_signing_secret is false. Apply again, which sends what " +
			"the configuration has."
	case d.signing == keep && !d.signingStored && has && !d.writes():
		return "The API had no signing secret when it was last read, and has one now: has_signing_secret is true. Plan again."
	case d.signing == keep && d.signingStored && !has:
		return "The destination had a signing secret that Terraform did not set, and the API dropped it: has_signing_secret is now false, and " +
			"deliveries are not signed. Set signing_secret_wo."
	}
	return ""
}

// argumentPath is the argument that a key of config comes from.
func (c connector) argumentPath(key []string) path.Path {
	at := c.path()
	a, ok := c.argument(key[0])
	if !ok {
		return at.AtName(c.otherKeys.name)
	}
	return at.AtName(a.name)
}

// defaultCap is the API's payload cap where a destination has none of its own.
const defaultCap = 5 << 20

// sameCap compares payload caps; none is the default.
func sameCap(a, b *int64) bool {
	x, y := int64(defaultCap), int64(defaultCap)
	if a != nil {
		x = *a
	}
	if b != nil {
		y = *b
	}
	return x == y
}

func orNull(n *int64) string {
	if n == nil {
		return "null"
	}
	return fmt.Sprint(*n)
}

// isTrue reports whether a flag is there and true.
func isTrue(flag *bool) bool { return flag != nil && *flag }
