package connector

import "github.com/hashicorp/terraform-plugin-framework/resource/schema"

// assumed marks undocumented names in descriptions. All such names are in this file and in those of the two connectors that use it.
// Assumption: DESIGN.md#assumptions-about-the-api.
const (
	assumed      = " **Assumption:** the API's name of this setting is undocumented."
	assumedNames = " **Assumption:** the API's names of the settings in this block are undocumented."
)

// oauth is the credential block of connectors whose users give consent in a browser.
var oauth = credentialBlock{
	Name:         "auth_oauth",
	kind:         "oauth2",
	kindArgument: "type",
	description: "OAuth tokens from a consent that was granted outside Terraform. Whenever the credentials are sent, at least one write-only argument is " +
		"required. If the consent was granted in the dashboard, omit the block: the credentials are then unmanaged." + assumedNames,
	Arguments: []credentialArgument{
		optionalSecret("access_token_wo", "OAuth access token. Required whenever the credentials are sent, unless a different write-only argument is set."+assumed, inHeader),
		optionalSecret("refresh_token_wo", "OAuth refresh token. Required whenever the credentials are sent, unless a different write-only argument is set."+assumed, inHeader),
		optionalSecretJSON("additional_auth_config_wo", "Additional keys of `auth_config`, as a JSON object (use `jsonencode`), for tokens whose names "+
			"in the API differ from the arguments of this block. Must not contain a key that has its own argument in this block. Required whenever "+
			"the credentials are sent, unless a different write-only argument is set."),
		nonSecret("expires_at", schema.StringAttribute{Optional: true, MarkdownDescription: "Expiry time of the access token (ISO 8601)." + assumed}),
		nonSecret("type", schema.StringAttribute{
			Optional:            true,
			MarkdownDescription: "Type of the credentials in the API. Defaults to `oauth2`." + assumed,
		}),
	},
}
