package connector

import "github.com/hashicorp/terraform-plugin-framework/resource/schema"

// assumed marks, in the documentation, what the published API does not tell (contract, U-3). All of it is here and in the
// files of the two connectors.
const assumed = " **Assumed:** the API's name for this is not published."

// oauth is the credential block of the connectors whose consent happens in a browser.
var oauth = credentialBlock{
	Name:         "auth_oauth",
	kind:         "oauth2",
	kindArgument: "type",
	description: "The tokens of an OAuth consent, which is given outside of Terraform. At least one write-only argument has to be set. Leave the " +
		"block out for a destination whose consent was given in the dashboard: its credentials are then left alone." + assumed,
	Arguments: []credentialArgument{
		optionalSecret("access_token_wo", "The access token."+assumed, inHeader),
		optionalSecret("refresh_token_wo", "The refresh token."+assumed, inHeader),
		optionalSecretJSON("additional_auth_config_wo", "Further keys of `auth_config`, as a JSON object (use `jsonencode`): for tokens that the API "+
			"calls by other names. A key that an argument of this block owns is an error."),
		nonSecret("expires_at", schema.StringAttribute{Optional: true, MarkdownDescription: "When the access token expires (ISO 8601)." + assumed}),
		nonSecret("type", schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "The API's name for this kind of credentials. Default: `oauth2`." + assumed,
		}),
	},
}
