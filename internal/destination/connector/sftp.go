package connector

import (
	"net/netip"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// SFTP describes the connector that writes every delivery as a file on an SFTP server.
var SFTP = Connector{
	Name:        "sftp",
	description: "SFTP server to which the API writes each delivery as a file. Requires a credential block when the destination is created.",
	Arguments: []argument{
		required("host", "Host name or IP address of the SFTP server, without a scheme or a port.", rule("Invalid host", validateHost)),
		required("username", "User name on the SFTP server."),
		required("remote_path", "Absolute path of the directory to write to.", rule("Invalid remote path", validateRemotePath)),
		argument{Name: "port", Attribute: schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "Port of the SFTP server. Defaults to `22` (API default).",
			Validators:          []validator.Int64{int64validator.Between(1, 65535)},
		}}.withAPIDefault(jsonvalue.Integer(22)),
		optional("filename_template", "Template for the name of each file, "+templateTokens+" Defaults to `delivery_{event_id}` (API default).", template{}).
			withAPIDefault("delivery_{event_id}"),
		argument{Name: "timeout_ms", Attribute: schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "Timeout of the connection and of each operation, in milliseconds. Defaults to `30000` (API default).",
			Validators:          []validator.Int64{int64validator.AtLeast(1)},
		}}.withAPIDefault(jsonvalue.Integer(30000)),
	},
	OtherKeys:        additionalConfig,
	NeedsCredentials: true,
	Credentials: []credentialBlock{
		{
			Name:        "auth_password",
			kind:        "password",
			description: "Password authentication.",
			Arguments:   []credentialArgument{requiredSecret("password_wo", "Password of the user. Required whenever the credentials are sent.", ofText)},
		},
		{
			Name:        "auth_private_key",
			kind:        "private_key",
			description: "Private key authentication.",
			Arguments: []credentialArgument{
				requiredSecret("private_key_wo", "PEM-encoded private key of the user. Required whenever the credentials are sent.", ofPrivateKey),
				optionalSecret("passphrase_wo", "Passphrase of the private key. Required whenever the credentials are sent, if the key has a passphrase.", ofText),
			},
		},
	},
}

func validateHost(host string) string {
	_, notAnAddress := netip.ParseAddr(host)
	switch {
	case strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]"):
		return "The host is an address in brackets, which only URLs require. Remove the brackets."
	case text.Control(host) != "":
		return "The host " + text.Control(host) + "." + advice(text.Control(host))
	case strings.Contains(host, "://"), strings.ContainsAny(host, "/@ \t\r\n"):
		return "The host must be a name or address, such as sftp.example.com, without a scheme, a user, a path or white space."
	case strings.Contains(host, ":") && notAnAddress != nil:
		return "The host must not contain a port. Use the argument port."
	}
	return ""
}

func validateRemotePath(path string) string {
	if !strings.HasPrefix(path, "/") {
		return "The remote path must be absolute, such as /upload/talonic."
	}
	return ""
}
