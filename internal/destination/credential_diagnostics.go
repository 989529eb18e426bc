package destination

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// hiddenProblems returns diagnostics about changes that ignore_changes prevents.
func hiddenProblems(h credentials.Hidden, c connector.Connector, name string) diag.Diagnostics {
	var diags diag.Diagnostics
	const why = "of delivery destination %q is null in this plan, where Terraform or OpenTofu replaces by the state's value what ignore_changes " +
		"covers. The state has no write-only values."
	what := strings.Join(h.Arguments, " and ")
	switch {
	case h.Needed:
		diags.AddAttributeError(c.BlockPath(), "Credentials are hidden by ignore_changes",
			fmt.Sprintf("The credentials have to be sent as a whole, but %s "+why+"\n\nRemove it, and the block around it, from ignore_changes "+
				"to change the credentials.", what, name))
	case len(h.Lost) > 0:
		diags.AddAttributeWarning(c.BlockPath(), "Credentials cannot be restored because of ignore_changes",
			fmt.Sprintf("The API no longer has %s that Terraform sent, and %s "+why+"\n\nRemove it, and the block around it, from "+
				"ignore_changes to send the credentials again.", strings.Join(h.Lost, " and "), what, name))
	case h.Uncompared:
		diags.AddAttributeWarning(c.BlockPath(), "Credentials are not compared because of ignore_changes",
			fmt.Sprintf("%s "+why+" A change of the other write-only arguments would not be detected.\n\nList all of them in ignore_changes, or "+
				"none.", what, name))
	}
	return diags
}

// credentialProblems returns diagnostics about a decision that cannot be carried out.
func credentialProblems(d credentials.Decision, config, state *model) diag.Diagnostics {
	var diags diag.Diagnostics
	c, _, ok := config.connector()
	if !ok {
		return nil
	}
	name := config.Name.ValueString()
	if len(d.Hidden.Arguments) > 0 {
		return hiddenProblems(d.Hidden, c, name)
	}
	if d.Writes() || !d.Pinned {
		advice := "Set it, for example from an ephemeral variable. A plan that is not applied can have a placeholder: see the guide " +
			"\"Plans in CI without secrets\"."
		if !d.Pinned && state != nil {
			advice += " To plan without the secrets, set credentials_wo_version."
		}
		for _, missing := range d.Configured.Missing {
			diags.AddAttributeError(c.BlockPath(), "Credentials are incomplete",
				fmt.Sprintf("The credentials of delivery destination %q are needed, but %s. %s", name, missing, advice))
		}
	}
	if d.SecretHeld && d.Writes() {
		diags.AddAttributeError(c.BlockPath(), "Signing secret is missing",
			fmt.Sprintf("The credentials of delivery destination %q have to be sent, which the API takes only as a whole, but signing_secret_wo is "+
				"null. Set it, or change credentials_wo_version to remove the signing secret.", name))
	}
	const kept = "%s of delivery destination %q is null and credentials_wo_version is unchanged, so what the API has stays as it is. To remove it, " +
		"change credentials_wo_version."
	switch {
	case d.AuthHeld && d.Configured.HasAuth == tristate.No:
		diags.AddAttributeWarning(c.BlockPath(), "Credentials are kept", fmt.Sprintf(kept, c.AnyCredentials, name))
	case d.SecretHeld && d.Configured.HasSigning == tristate.No && !d.Writes():
		diags.AddAttributeWarning(c.BlockPath(), "Signing secret is kept", fmt.Sprintf(kept, credentials.SigningSecretArgument, name))
	}
	if c.NeedsCredentials && (state == nil && d.Configured.HasAuth == tristate.No || d.Auth == credentials.Remove) {
		verb := "created without"
		if state != nil {
			verb = "left without"
		}
		diags.AddAttributeError(c.Path().AtName(c.Credentials[0].Name), "Credentials are missing",
			fmt.Sprintf("Delivery destination %q is of type %s, which cannot be %s credentials. Add %s.", name, c.Name, verb, c.CredentialChoice()))
	}
	if d.Unrecognizable && !d.MayWrite() {
		diags.AddAttributeWarning(c.BlockPath(), "Changes of credentials cannot be detected",
			fmt.Sprintf("Of the credentials of delivery destination %q that Terraform sent, the API has lost a part, and has others since that were set "+
				"outside of Terraform. Terraform recognizes the values that it sent only together, so it cannot tell whether those that are left have "+
				"changed, and sends nothing: the API might drop the others. To send what is configured, set credentials_wo_version.", name))
	}
	const mayBeLost = "Delivery destination %q has %s outside of Terraform. The API takes credentials as a whole and may drop what it does " +
		"not receive; the apply then fails. %s"
	if d.Auth == credentials.Send && d.Signing == credentials.Keep && d.SigningStored && !d.SecretHeld && d.Configured.HasSigning == tristate.No {
		diags.AddAttributeWarning(c.BlockPath(), "Signing secret may be lost",
			fmt.Sprintf(mayBeLost, name, "a signing secret that was set", "Set signing_secret_wo to keep deliveries signed."))
	}
	if d.Signing == credentials.Send && d.Auth == credentials.Keep && d.AuthStored && d.Configured.HasAuth == tristate.No {
		diags.AddAttributeWarning(c.BlockPath(), "Authentication may be lost",
			fmt.Sprintf(mayBeLost, name, "credentials that were set", "Add "+c.CredentialChoice()+" to keep them."))
	}
	return diags
}

// removals returns warnings about what is removed because a write-only argument is null. Unlike a removed block, the plan does not show
// that, and a missing variable looks the same.
func removals(d credentials.Decision, config *model) diag.Diagnostics {
	c, _, ok := config.connector()
	if !ok {
		return nil
	}
	name := config.Name.ValueString()
	const next = "\n\nIf a variable is missing, set it. To plan without the secrets, set credentials_wo_version."
	switch {
	case c.AnyCredentials != "" && (d.Auth == credentials.Remove || d.Signing == credentials.Remove):
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(c.BlockPath(), "Credentials are removed",
			fmt.Sprintf("%s of delivery destination %q has less than was sent, or is null or not set, so the apply removes the rest."+next,
				c.AnyCredentials, name))}
	case d.Signing == credentials.Remove:
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(c.BlockPath(), "Signing secret is removed",
			fmt.Sprintf("%s of delivery destination %q is null or not set, so the apply removes the signing secret: deliveries are no longer signed."+next,
				credentials.SigningSecretArgument, name))}
	}
	return nil
}
