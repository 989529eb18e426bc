package destination

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/apidiag"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/identity"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/privatestate"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// complete returns the complete destination after a write: the response if it has every field that verification needs, otherwise the result of a
// GET. If the GET fails, complete returns the response, and isUnread is true.
func (r *Resource) complete(ctx context.Context, desired desiredState, response *talonic.Destination) (complete *talonic.Destination, isUnread bool) {
	lacking := response.HasAuthConfig == nil && desired.credentials.Auth != credentials.Keep || response.HasSigningSecret == nil && desired.credentials.Signing != credentials.Keep ||
		response.Config == nil && desired.writesConfig()
	if !lacking {
		return response, false
	}
	shown, err := r.client.GetDestination(ctx, response.ID)
	if err != nil {
		return response, true
	}
	return shown, false
}

// verification is the result of verifying a write.
type verification struct {
	state         *model
	configRecord  connector.ConfigRecord
	sent          credentials.Record
	discrepancies diag.Diagnostics
}

// verify compares the API's response to a write with the desired state. before is nil after a create.
//
// If the write succeeded, the resulting state holds the planned values. Otherwise, discrepancies has errors, and the state holds the API's
// values, converted as a refresh converts them, with before as the prior state. verify returns an error only if a value in the response does not fit the
// type of its argument.
func (desired desiredState) verify(plan, before *model, sent credentials.Record, d *talonic.Destination) (verification, error) {
	redacted := *d
	redacted.Config = desired.connector.WithoutForeignCredentials(desired.withWriteOnly(d.Config, d.RawConfig()), desired.before, desired.arguments)
	d = &redacted
	result := verification{discrepancies: desired.discrepancies(d), sent: sent.AfterWrite(desired.credentials, credentials.Flags{Auth: d.HasAuthConfig, Signing: d.HasSigningSecret}, desired.topLevelSigningSecret)}
	if before == nil && !desired.adopted {
		result.discrepancies = apidiag.Tainted(result.discrepancies)
	}
	_, priorValues, _ := plan.connector()
	prior := connector.ConfigRecord{Shown: d.Config, Unmanaged: desired.unmanaged, WriteOnly: desired.prior.WriteOnly}
	after := *plan
	if result.discrepancies.HasError() {
		prior = connector.ConfigRecord{Unmanaged: desired.unmanaged, WriteOnly: desired.prior.WriteOnly}
		after.HasAuthConfig, after.HasSigningSecret = types.BoolNull(), types.BoolNull()
		if before != nil {
			_, priorValues, _ = before.connector()
			after.HasAuthConfig, after.HasSigningSecret = before.HasAuthConfig, before.HasSigningSecret
		}
	}
	after.setConnector(desired.connector, priorValues)
	result.configRecord = desired.prior
	if d.Config != nil {
		shown, next, err := desired.connector.FromAPI(priorValues, prior, comparableConfig(desired.connector, priorValues, prior, d))
		if err != nil {
			return verification{}, err
		}
		if !result.discrepancies.HasError() {
			desired.recordWriteOnly(&next, d.Config)
		}
		result.configRecord = next
		after.setConnector(desired.connector, priorValues.With(shown))
	}
	if d.Config == nil && desired.writesConfig() && !result.discrepancies.HasError() {
		result.configRecord = desired.recordOfSent()
	}
	after.setServerSide(d)
	if !result.discrepancies.HasError() {
		after.PayloadCapBytes = plan.PayloadCapBytes
	}
	switch {
	case result.sent.Confirms(desired.credentials), desired.sendsWriteOnlyAsPlanned(plan) && !result.discrepancies.HasError():
		after.CredentialsUpdatedAt = after.UpdatedAt
	case before != nil:
		after.CredentialsUpdatedAt = before.CredentialsUpdatedAt
	default:
		after.CredentialsUpdatedAt = types.StringNull()
	}
	if before != nil {
		after.keepTraffic(before)
		result.discrepancies.Append(plan.subject().CreatedAtAnotherTime(before.CreatedAt, after.CreatedAt)...)
		after.CreatedAt = before.CreatedAt
	}
	if !result.discrepancies.HasError() {
		result.discrepancies.Append(plan.subject().NotAsPlanned(plan.object(), after.object())...)
	}
	result.state = &after
	return result, nil
}

// discrepancies returns errors about values that the API did not store although it reported success.
func (desired desiredState) discrepancies(d *talonic.Destination) diag.Diagnostics {
	var diags diag.Diagnostics
	report := func(at path.Path, format string, args ...any) {
		diags.AddAttributeError(at, "The API did not store a delivery destination as configured",
			apidiag.Subject{Noun: noun, Name: desired.name}.About(fmt.Sprintf(format, args...)))
	}
	if d.Type != desired.apiType {
		report(path.Root("type"), "The type was sent as %q, but the API returned %s.\n\nReplace the destination.", desired.apiType, redact.Quote(d.Type))
	}
	if jsonvalue.FromPrintable(desired.name, desired.priorName, d.Name) != any(d.Name) {
		report(path.Root("name"), "The name was sent as %q, but the API returned %s.\n\nUse the API's name in the configuration.", desired.name, redact.Quote(d.Name))
	}
	active := desired.active
	if active == nil {
		active = desired.sentActive
	}
	if active != nil && d.IsActive != *active {
		report(path.Root("is_active"), "is_active was sent as %t, but the API returned %t.\n\nRun terraform plan to compare, then apply again.", *active, d.IsActive)
	}
	if wanted, stored := orNull(desired.cap), orNull(d.PayloadCapBytes); !talonic.SamePayloadCap(desired.cap, d.PayloadCapBytes) {
		report(path.Root("payload_cap_bytes"), "payload_cap_bytes was sent as %s, but the API returned %s.\n\nUse the API's value in the configuration.", wanted, stored)
	}
	at := desired.connector.BlockPath()
	switch {
	case d.Config != nil:
		// The sent config is compared, and quoted, in redacted form, because the response is redacted, too.
		sent, _ := redact.Process.Value(desired.config()).(map[string]any)
		sent = desired.withWriteOnly(sent, desired.config())
		changed, rest := desired.changedUnmanaged(desired.connector.Discrepancies(desired.before, sent, d.Config))
		diags.Append(changed...)
		for _, found := range rest {
			report(desired.connector.ArgumentPath(found.Path[0], desired.arguments[found.Path[0]]), "config.%s.\n\n%s", found, desired.adviceOn(found))
		}
	case desired.adopted && desired.writesConfig(): // otherwise warnUnconfirmedConfig warns
		report(at, "Terraform sent config, but neither the API's response nor a later read contains it. The provider cannot tell whether the API stored "+
			"it.\n\nCheck the destination in the dashboard.")
	}
	if notSent := desired.notSent(d); desired.before == nil && len(notSent) > 0 {
		report(at, "%s", strings.Join(notSent, " "))
		return diags
	}
	if problem := desired.credentials.AuthProblem(d.HasAuthConfig); problem != "" {
		report(at, "%s", problem)
	}
	if problem := desired.credentials.SigningProblem(d.HasSigningSecret); problem != "" {
		report(at, "%s", problem)
	}
	return diags
}

// notSent returns the problems of a new destination whose credentials are not those of the create.
func (desired desiredState) notSent(d *talonic.Destination) []string {
	return desired.credentials.NotSent(credentials.Flags{Auth: d.HasAuthConfig, Signing: d.HasSigningSecret})
}

// recordOfSent returns the record of config after a write, if the API never returns config. A new destination has no unmanaged keys.
func (desired desiredState) recordOfSent() connector.ConfigRecord {
	record := desired.prior
	if desired.before == nil {
		record = connector.ConfigRecord{Shown: connector.Config{}, Unmanaged: connector.Config{}}
	}
	record.Shown = maps.Clone(record.Shown)
	maps.DeleteFunc(record.Shown, func(key string, _ any) bool { return !jsonvalue.Equal(desired.before[key], desired.arguments[key]) })
	desired.recordWriteOnly(&record, nil)
	return record
}

// warnUnconfirmedConfig returns a warning about config that the API accepted without returning it; nil if the API returns it. Like
// [desiredState.warnUnconfirmed], it is not an error.
func (desired desiredState) warnUnconfirmedConfig(d *talonic.Destination, isUnread bool) diag.Diagnostics {
	if d.Config != nil || !desired.writesConfig() {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(desired.connector.BlockPath(), "Settings are not confirmed",
		apidiag.Subject{Noun: noun, Name: desired.name}.About(fmt.Sprintf("The API accepted config, but %s. So the provider cannot confirm that the API stored the "+
			"settings, and the state assumes that it did.\n\nLook at the destination in the dashboard, or test it with talonic_delivery_destination_test.",
			notShown("config", isUnread))))}
}

// warnUnconfirmed returns a warning about credentials that the API accepted without returning their flag; nil if every flag is present. It is not
// an error, because an error taints a new destination, and Terraform would then replace it and its bindings.
func (desired desiredState) warnUnconfirmed(d *talonic.Destination, isUnread bool) diag.Diagnostics {
	flags := desired.credentials.Unconfirmed(credentials.Flags{Auth: d.HasAuthConfig, Signing: d.HasSigningSecret})
	if len(flags) == 0 {
		return nil
	}
	return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(desired.connector.BlockPath(), "Credentials are not confirmed",
		apidiag.Subject{Noun: noun, Name: desired.name}.About(fmt.Sprintf("The API accepted the change of the credentials, but "+
			"%s. So the provider cannot confirm that the API stored or removed the credentials, and the state assumes that it did.\n\n"+
			"Look at the destination in the dashboard, or test it with talonic_delivery_destination_test.", notShown(strings.Join(flags, " and "), isUnread))))}
}

// notShown completes "The API accepted the write, but".
func notShown(fields string, isUnread bool) string {
	if isUnread {
		return "its response does not show " + fields + ", and the provider could not read the destination afterwards"
	}
	return "neither its response nor a read shows " + fields
}

func orNull(n *int64) string {
	if n == nil {
		return "null"
	}
	return fmt.Sprint(*n)
}

// write holds a create or an update to which the API has responded.
type write struct {
	desired      desiredState
	plan, before *model // before is nil on create
	sent         credentials.Record
	response     *talonic.Destination

	state    *tfsdk.State
	identity *tfsdk.ResourceIdentity
	private  privatestate.State
}

// readBack verifies an update again by a read, because the response may show the destination as it was before the update. If the read does not
// confirm the update either, readBack returns the response and its verification.
func (r *Resource) readBack(ctx context.Context, w write, response *talonic.Destination, result verification) (*talonic.Destination, verification) {
	if w.plan.subject().CreatedAtAnotherTime(w.before.CreatedAt, formed(response).createdAt).HasError() {
		return response, result // the ID may belong to a different object
	}
	shown, err := r.client.GetDestination(ctx, response.ID)
	if err != nil || talonic.IsOlder(shown.UpdatedAt, response.UpdatedAt) {
		return response, result
	}
	again, err := w.desired.verify(w.plan, w.before, w.sent, shown)
	if err != nil || again.discrepancies.HasError() {
		return response, result
	}
	return shown, again
}

// settle sends a follow-up request if one is needed, verifies the write, and stores the result in state.
func (r *Resource) settle(ctx context.Context, w write) diag.Diagnostics {
	var diags diag.Diagnostics
	response, isUnread := r.complete(ctx, w.desired, w.response)
	if change, needed := w.desired.followUpRequest(response); needed {
		followedUp, err := r.client.UpdateDestination(ctx, response.ID, change)
		if err != nil {
			diags.Append(apidiag.FollowUpFailed(describe(apidiag.Updating, w.plan, err))...)
		} else {
			response, isUnread = r.complete(ctx, w.desired, followedUp)
		}
	}
	r.organization.Saw(response.CustomerID)
	result, err := w.desired.verify(w.plan, w.before, w.sent, response)
	if err == nil && w.before != nil && result.discrepancies.HasError() {
		response, result = r.readBack(ctx, w, response, result)
	}
	if err != nil {
		if w.desired.adopted {
			return w.plan.subject().WithID(response.ID).NotAdopted(append(diags, describe(apidiag.Reading, w.plan, err)))
		}
		created := w.before == nil
		diags.Append(w.plan.subject().AcceptedUnread(created, diag.Diagnostics{describe(apidiag.Reading, w.plan, err)})...)
		if created {
			// The destination exists, so state must have it. With only the ID, a destroy would need a refresh, which fails.
			after := *w.plan
			after.setServerSide(response)
			after.CredentialsUpdatedAt = types.StringNull()
			diags.Append(w.state.Set(ctx, after.object())...)
		}
		diags.Append(identity.Set(ctx, w.identity, types.StringValue(response.ID))...)
		return diags
	}
	if w.before == nil && !w.desired.adopted && len(w.desired.notSent(response)) > 0 {
		// Only a read shows the credentials, so the client could not detect that the destination may be someone else's.
		return w.plan.subject().WithID(response.ID).Mismatched(append(diags, result.discrepancies...))
	}
	diags.Append(warnMalformed(response)...)
	diags.Append(result.discrepancies...)
	diags.Append(w.desired.warnDropped(response)...)
	diags.Append(w.desired.warnUnverified(response)...)
	diags.Append(w.desired.warnUnconfirmed(response, isUnread)...)
	diags.Append(w.desired.warnUnconfirmedConfig(response, isUnread)...)
	if w.desired.adopted && diags.HasError() {
		return w.plan.subject().WithID(response.ID).NotAdopted(diags)
	}
	diags.Append(identity.RememberOwner(ctx, w.private, response.CustomerID)...)
	diags.Append(privatestate.Remember(ctx, w.private, configKey, result.configRecord)...)
	diags.Append(privatestate.Remember(ctx, w.private, credentialKey, result.sent)...)
	diags.Append(w.state.Set(ctx, result.state.object())...)
	diags.Append(identity.Set(ctx, w.identity, result.state.ID)...)
	return diags
}
