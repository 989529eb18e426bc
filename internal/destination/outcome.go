package destination

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// correction is the one further update that may bring about what the first write did not: a signing secret that the API wants in
// the other place, inside auth_config or beside it, and is_active, which a create may ignore.
func (want *intent) correction(d *talonic.Destination) (change talonic.DestinationChange, needed bool) {
	switch signing := want.credentials.Signing; {
	case signing == credentials.Send && credentials.IsFalse(d.HasSigningSecret):
		want.secretBeside = !want.secretBeside
		change.SigningSecret, needed = want.signingSecret(), true
		if !want.secretBeside {
			change.Credentials = want.wireCredentials()
		}
	case signing == credentials.Remove && credentials.IsTrue(d.HasSigningSecret):
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
	lacking := written.HasAuthConfig == nil && want.credentials.Auth != credentials.Keep || written.HasSigningSecret == nil && want.credentials.Signing != credentials.Keep ||
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
	remembered connector.ConfigRecord
	sent       credentials.Record
	problems   diag.Diagnostics
}

// outcome judges the API's answer to a write. before is nil after a create.
//
// A write that did what it was to leaves the planned values. One that did not is an error, and leaves what the API shows, seen
// from the values before.
func (want intent) outcome(plan, before *model, sent credentials.Record, d *talonic.Destination) (outcome, error) {
	screened := *d
	screened.Config = want.connector.WithoutForeignCredentials(d.Config, want.before, want.arguments)
	d = &screened
	result := outcome{problems: want.problems(d), sent: sent.AfterWrite(want.credentials, credentials.Flags{Auth: d.HasAuthConfig, Signing: d.HasSigningSecret}, want.secretBeside)}
	if before == nil && !want.adopted {
		result.problems = apidiag.Tainted(result.problems)
	}
	_, held, _ := plan.connector()
	was := connector.ConfigRecord{Shown: d.Config}
	after := *plan
	if result.problems.HasError() {
		was = connector.ConfigRecord{}
		after.HasAuthConfig, after.HasSigningSecret = types.BoolNull(), types.BoolNull()
		if before != nil {
			_, held, _ = before.connector()
			after.HasAuthConfig, after.HasSigningSecret = before.HasAuthConfig, before.HasSigningSecret
		}
	}
	after.setConnector(want.connector, held)
	result.remembered = want.was
	if d.Config != nil {
		shown, is, err := want.connector.FromAPI(held, was, d.Config)
		if err != nil {
			return outcome{}, err
		}
		result.remembered = is
		after.setConnector(want.connector, held.With(shown))
	}
	after.setServerSide(d)
	if !result.problems.HasError() {
		after.PayloadCapBytes = plan.PayloadCapBytes
	}
	switch {
	case result.sent.Confirms(want.credentials):
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

// problems says what the API did not do although it reported a success.
func (want intent) problems(d *talonic.Destination) diag.Diagnostics {
	var diags diag.Diagnostics
	report := func(at path.Path, format string, args ...any) {
		diags.AddAttributeError(at, "The API did not store a delivery destination as configured",
			apidiag.Subject{Noun: noun, Name: want.name}.About(fmt.Sprintf(format, args...)))
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
	at := want.connector.BlockPath()
	switch {
	case d.Config != nil:
		// What repeats a secret is compared in the form in which the response is, and shown in no other.
		sent, _ := redact.Process.Value(want.config()).(map[string]any)
		for _, found := range want.connector.Discrepancies(want.before, sent, d.Config) {
			report(want.connector.ArgumentPath(found.Path), "config.%s. %s", found, want.connector.AdviceOn(found))
		}
	case want.writesConfig():
		report(at, "config was sent, but the API does not show it, neither in its response nor when it is asked for the destination. So it is not known "+
			"whether it was stored.")
	}
	if problem := want.credentials.AuthProblem(d.HasAuthConfig); problem != "" {
		report(at, "%s", problem)
	}
	if problem := want.credentials.SigningProblem(d.HasSigningSecret); problem != "" {
		report(at, "%s", problem)
	}
	return diags
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
