package destination

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/tristate"
)

// hiddenFormat explains why write-only arguments are null in a plan. Its first operand is for the text around it, the second lists the
// arguments, and the third is the name of the destination.
const hiddenFormat = "ignore_changes hides %[2]s of delivery destination %[3]q: Terraform and OpenTofu plan ignored arguments with the values in state, and " +
	"state has no write-only values."

// hiddenProblems returns diagnostics about changes that ignore_changes prevents.
func hiddenProblems(h credentials.Hidden, c connector.Connector, name string) diag.Diagnostics {
	var diags diag.Diagnostics
	what := strings.Join(h.Arguments, " and ")
	switch {
	case h.Needed:
		diags.AddAttributeError(c.BlockPath(), "Credentials are hidden by ignore_changes",
			fmt.Sprintf("The API replaces the credentials as a whole, so Terraform must send all of them. "+hiddenFormat+"\n\nTo change the credentials, remove "+
				"%[2]s and the enclosing block from the list ignore_changes.", "", what, name))
	case len(h.Lost) > 0:
		diags.AddAttributeWarning(c.BlockPath(), "Credentials cannot be restored because of ignore_changes",
			fmt.Sprintf("The API no longer has %[1]s that Terraform sent. "+hiddenFormat+"\n\nTo send the credentials again, remove %[2]s and "+
				"the enclosing block from the list ignore_changes.", strings.Join(h.Lost, " and "), what, name))
	case h.Uncompared:
		diags.AddAttributeWarning(c.BlockPath(), "Credentials are not compared because of ignore_changes",
			fmt.Sprintf(hiddenFormat+" Therefore Terraform cannot detect changes of the other write-only arguments.\n\nList all write-only arguments in "+
				"ignore_changes, or none of them.", "", what, name))
	}
	return diags
}

// credentialProblems returns diagnostics about a decision that the provider cannot apply.
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
	if d.Writes() || !d.Versioned {
		advice := "Set the secrets, for example from ephemeral variables. If you only plan, placeholders are enough: see the guide " +
			"\"Plans in CI without secrets\"."
		if !d.Versioned && state != nil {
			advice += " To plan without the secrets, set credentials_wo_version."
		}
		for _, missing := range d.Configured.Missing {
			diags.AddAttributeError(c.BlockPath(), "Credentials are incomplete",
				fmt.Sprintf("The credentials of delivery destination %q must be sent, but %s.\n\n%s", name, missing, advice))
		}
	}
	if d.SigningKeptNull && d.Writes() {
		diags.AddAttributeError(c.BlockPath(), "Signing secret is missing",
			fmt.Sprintf("The credentials of delivery destination %q must be sent, and the API replaces them as a whole, but signing_secret_wo is null.\n\n"+
				"Set signing_secret_wo. To remove the signing secret instead, change credentials_wo_version.", name))
	}
	const kept = "%s of delivery destination %q is null and credentials_wo_version is unchanged, so the API keeps the %[3]s.\n\nTo remove the %[3]s, " +
		"change credentials_wo_version."
	switch {
	case d.AuthKeptNull && d.Configured.HasAuth == tristate.No:
		diags.AddAttributeWarning(c.BlockPath(), "Credentials are kept", fmt.Sprintf(kept, c.AnyCredentials, name, "credentials"))
	case d.SigningKeptNull && d.Configured.HasSigning == tristate.No && !d.Writes():
		diags.AddAttributeWarning(c.BlockPath(), "Signing secret is kept", fmt.Sprintf(kept, credentials.SigningSecretArgument, name, "signing secret"))
	}
	if c.NeedsCredentials && (state == nil && d.Configured.HasAuth == tristate.No || d.Auth == credentials.Remove) {
		diags.AddAttributeError(c.Path().AtName(c.Credentials[0].Name), "Missing credentials",
			fmt.Sprintf("Delivery destination %q (%s) requires credentials.\n\nAdd %s.", name, c.Name, c.CredentialChoice()))
	}
	if d.Unrecognizable && !d.MayWrite() {
		diags.AddAttributeWarning(c.BlockPath(), "Changes of credentials cannot be detected",
			fmt.Sprintf("The API lost one group of the credentials that Terraform sent to delivery destination %q. The group was then set again outside "+
				"Terraform. The provider has one hash for both groups, so it cannot detect whether the remaining values have changed. It sends no credentials, "+
				"because the API might remove those that were set outside Terraform when it receives others.\n\nTo send the configured credentials, set "+
				"credentials_wo_version.", name))
	}
	const mayBeLost = "Delivery destination %q has %s outside Terraform. The API replaces auth_config as a whole, so it may remove what this update " +
		"does not contain. If it does, the apply fails.\n\n%s"
	if d.Auth == credentials.Send && d.Signing == credentials.Keep && d.SigningStored && !d.SigningKeptNull && d.Configured.HasSigning == tristate.No {
		diags.AddAttributeWarning(c.BlockPath(), "Signing secret may be lost",
			fmt.Sprintf(mayBeLost, name, "a signing secret that was set", "Set signing_secret_wo to keep deliveries signed."))
	}
	if d.Signing == credentials.Send && d.Auth == credentials.Keep && d.AuthStored && d.Configured.HasAuth == tristate.No {
		diags.AddAttributeWarning(c.BlockPath(), "Authentication may be lost",
			fmt.Sprintf(mayBeLost, name, "credentials that were set", "To keep deliveries authenticated, add "+c.CredentialChoice()+"."))
	}
	return diags
}

// warnRemovals returns warnings about values that are removed because a write-only argument is null. A variable that has no
// value by mistake causes such a removal, too.
func warnRemovals(d credentials.Decision, config *model) diag.Diagnostics {
	c, _, ok := config.connector()
	if !ok {
		return nil
	}
	name := config.Name.ValueString()
	next := "\n\nTo keep %s, set %s before you apply."
	if !d.Versioned {
		next += " To plan without the secrets, set credentials_wo_version."
	}
	switch {
	case c.AnyCredentials != "" && (d.Auth == credentials.Remove || d.Signing == credentials.Remove):
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(c.BlockPath(), "Credentials are removed",
			fmt.Sprintf("%s of delivery destination %q lacks credentials that Terraform sent before, so the apply removes them."+next,
				c.AnyCredentials, name, "them", c.AnyCredentials))}
	case d.Signing == credentials.Remove:
		return diag.Diagnostics{diag.NewAttributeWarningDiagnostic(c.BlockPath(), "Signing secret is removed",
			fmt.Sprintf("%s of delivery destination %q is null or omitted, so the apply removes the signing secret. The API then no longer signs deliveries."+
				next, credentials.SigningSecretArgument, name, "the signing secret", credentials.SigningSecretArgument))}
	}
	return nil
}
