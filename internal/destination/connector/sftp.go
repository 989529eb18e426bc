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

// Sftp writes every delivery as a file on an SFTP server.
var Sftp = Connector{
	Name:        "sftp",
	description: "Writes every delivery as a file on an SFTP server. Needs a credential block when it is created.",
	Arguments: []argument{
		required("host", "The server's host name or address, without a scheme or a port.", rule("Invalid host", validateHost)),
		required("username", "The user to log in as."),
		required("remote_path", "The directory to write to, absolute.", rule("Invalid remote path", validateRemotePath)),
		argument{Name: "port", Attribute: schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "The server's port. The API's default is 22.",
			Validators:          []validator.Int64{int64validator.Between(1, 65535)},
		}}.withAPIDefault(jsonvalue.Integer(22)),
		optional("filename_template", "The name of each file; "+templateTokens+" The API's default is `delivery_{event_id}`.", template{}).
			withAPIDefault("delivery_{event_id}"),
		argument{Name: "timeout_ms", Attribute: schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "How long to wait for the connection and for each operation, in milliseconds. The API's default is 30000.",
			Validators:          []validator.Int64{int64validator.AtLeast(1)},
		}}.withAPIDefault(jsonvalue.Integer(30000)),
	},
	OtherKeys:        additionalConfig,
	NeedsCredentials: true,
	Credentials: []credentialBlock{
		{
			Name:        "auth_password",
			kind:        "password",
			description: "Logs in with a password.",
			Arguments:   []credentialArgument{requiredSecret("password_wo", "The password.", ofText)},
		},
		{
			Name:        "auth_private_key",
			kind:        "private_key",
			description: "Logs in with a private key.",
			Arguments: []credentialArgument{
				requiredSecret("private_key_wo", "The private key, PEM-encoded.", ofPrivateKey),
				optionalSecret("passphrase_wo", "The passphrase of the private key, if it has one.", ofText),
			},
		},
	},
}

func validateHost(host string) string {
	_, notAnAddress := netip.ParseAddr(host)
	switch {
	case strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]"):
		return "The host is an address in brackets, which belong into URLs only. Leave the brackets out."
	case text.Control(host) != "":
		return "The host " + text.Control(host) + "." + advice(text.Control(host))
	case strings.Contains(host, "://"), strings.ContainsAny(host, "/@ \t\r\n"):
		return "The host must be a bare name or address such as sftp.example.com, without a scheme, a user, a path or white space."
	case strings.Contains(host, ":") && notAnAddress != nil:
		return "The host must not carry a port. Use the port argument."
	}
	return ""
}

func validateRemotePath(path string) string {
	if !strings.HasPrefix(path, "/") {
		return "The remote path must be absolute, such as /upload/talonic."
	}
	return ""
}
