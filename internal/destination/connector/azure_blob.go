package connector

import (
	"regexp"
	"strings"
)

// AzureBlob describes the connector that writes every delivery as a blob in an Azure Storage container.
var AzureBlob = Connector{
	Name:        "azure_blob",
	description: "Azure Storage container to which the API writes each delivery as a blob. Requires a credential block when the destination is created.",
	Arguments: []argument{
		required("account_name", "Name of the storage account.", rule("Invalid storage account name", validateAccountName)),
		required("container", "Name of the container.", rule("Invalid container name", validateContainer)),
		optional("blob_key_template", "Template for the name of each blob, "+templateTokens+" Defaults to `delivery/{date}/{event_id}` (API default).", template{}).
			withAPIDefault("delivery/{date}/{event_id}"),
	},
	OtherKeys:        additionalConfig,
	NeedsCredentials: true,
	Credentials: []credentialBlock{
		{
			Name:        "auth_connection_string",
			kind:        "connection_string",
			description: "Connection string authentication.",
			Arguments: []credentialArgument{
				requiredSecret("connection_string_wo", "Connection string of the storage account. Required whenever the credentials are sent.", ofConnectionString),
			},
		},
		{
			Name:        "auth_account_key",
			kind:        "account_key",
			description: "Account key authentication, for the storage account in `account_name`.",
			Arguments:   []credentialArgument{requiredSecret("account_key_wo", "Key of the storage account. Required whenever the credentials are sent.", ofAccountKey)},
		},
	},
}

var (
	accountNameForm = regexp.MustCompile(`^[a-z0-9]{3,24}$`)
	containerForm   = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$`)
)

// validateAccountName applies Microsoft's naming rules for storage accounts.
func validateAccountName(name string) string {
	if !accountNameForm.MatchString(name) {
		return "The value is not a valid storage account name. Names have 3 to 24 lower-case letters and digits."
	}
	return ""
}

// validateContainer applies Microsoft's naming rules for containers, including the three names that Azure reserves.
func validateContainer(name string) string {
	if name == "$root" || name == "$web" || name == "$logs" {
		return ""
	}
	if !containerForm.MatchString(name) || strings.Contains(name, "--") {
		return "The value is not a valid container name. Names have 3 to 63 lower-case letters, digits and single hyphens, with a letter or digit at both ends."
	}
	return ""
}
