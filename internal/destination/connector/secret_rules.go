package connector

import (
	"context"
	"encoding/base64"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// secretRule validates a value that may be a secret. Its functions return an empty string for a valid value. Otherwise they return a text that
// completes "<argument> ..." and does not quote the value.
type secretRule struct {
	// reject returns the reason why the value is invalid.
	reject func(value string) string

	// warn returns the reason why the value is probably invalid.
	warn func(value string) string
}

func (secretRule) Description(context.Context) string {
	return "must have the form of the secret"
}
func (v secretRule) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

// ValidateString reports problems on the resource instead of the argument, because CLIs print the line that a diagnostic points at.
func (v secretRule) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	value, ok := blocks.Known(req.ConfigValue)
	if !ok || value == "" {
		return
	}
	if v.reject != nil {
		if problem := v.reject(value); problem != "" {
			resp.Diagnostics.AddAttributeError(blocks.BlockPath, "Invalid secret", req.Path.String()+" "+problem)
			return
		}
	}
	if v.warn != nil {
		if problem := v.warn(value); problem != "" {
			resp.Diagnostics.AddAttributeWarning(blocks.BlockPath, "Secret has an unexpected form", req.Path.String()+" "+problem)
		}
	}
}

var (
	// inHeader validates the value of an HTTP header.
	inHeader = secretRule{reject: validateHeaderSecret, warn: warnBlanks}

	// ofBasic validates the user name and the password of HTTP Basic authentication.
	ofBasic = secretRule{reject: validateBasic}

	// ofText validates a text that may contain any character but probably does not end with a line break.
	ofText = secretRule{warn: endsWithLineBreak}

	ofPrivateKey       = secretRule{warn: privateKeyWarning}
	ofConnectionString = secretRule{reject: rejectControl, warn: connectionStringWarning}
	ofAccountKey       = secretRule{reject: rejectControl, warn: accountKeyWarning}
	ofSecretKey        = secretRule{reject: rejectControl, warn: secretKeyWarning}
	ofKeyID            = secretRule{reject: rejectKeyID, warn: keyIDWarning}
)

const fromFile = "If the value comes from a file, use trimspace(file(...)), which removes the line break at the end."

// advice returns the next step to append to a problem with a control character.
func advice(found string) string {
	if strings.HasPrefix(found, "ends") {
		return " " + fromFile
	}
	return ""
}

func validateHeaderSecret(value string) string {
	if found := text.Control(value); found != "" {
		return found + ", which HTTP headers do not allow." + advice(found)
	}
	return ""
}

// warnBlanks returns a problem if HTTP would remove white space from a header value.
func warnBlanks(value string) string {
	if strings.TrimSpace(value) != value {
		return "begins or ends with white space, which HTTP removes. Use trimspace."
	}
	return ""
}

func validateBasic(value string) string {
	if found := text.Control(value); found != "" {
		return found + ", which HTTP Basic does not allow." + advice(found)
	}
	return ""
}

func rejectControl(value string) string {
	if found := text.Control(value); found != "" {
		return found + ", which is not allowed." + advice(found)
	}
	return ""
}

func endsWithLineBreak(value string) string {
	if strings.HasSuffix(value, "\n") || strings.HasSuffix(value, "\r") {
		return "ends with a line break, which the API would receive as part of the secret. " + fromFile
	}
	return ""
}

// privateKeyWarning returns why a value is not a PEM-encoded private key; empty if it is one.
func privateKeyWarning(value string) string {
	const want = " The API expects a PEM-encoded private key, from -----BEGIN to -----END, with line breaks."
	first, _, _ := strings.Cut(strings.TrimLeft(value, "\ufeff \t\r\n"), "\n")
	switch {
	case strings.HasPrefix(value, "\ufeff"):
		return "begins with a byte-order mark. Save the file without it."
	case !strings.Contains(value, "\n") && strings.Contains(value, `\n`):
		return `contains \n (a backslash and a letter) instead of line breaks. Use replace(value, "\\n", "\n").`
	case strings.Contains(value, "\r"):
		return `has Windows line endings. Use replace(value, "\r\n", "\n").`
	case strings.HasPrefix(first, "PuTTY-User-Key-File"):
		return "is a key in PuTTY format." + want + " PuTTYgen exports it as an OpenSSH key."
	case strings.Contains(first, "PUBLIC KEY"), strings.HasPrefix(first, "ssh-"), strings.HasPrefix(first, "ecdsa-"):
		return "is a public key." + want
	case strings.Contains(first, "BEGIN CERTIFICATE"):
		return "is a certificate." + want
	case !strings.HasPrefix(first, "-----BEGIN "):
		return "is not PEM-encoded: it does not begin with -----BEGIN." + want
	case !strings.Contains(first, "PRIVATE KEY-----"):
		return "is PEM-encoded, but is not a private key." + want
	case !strings.Contains(value, "-----END "):
		return "is truncated: it has no -----END." + want
	case !strings.HasPrefix(value, "-----"):
		return "has white space before -----BEGIN, which some PEM parsers reject. Use trimspace, or an indented heredoc (<<-EOT)."
	}
	return ""
}

// connectionStringWarning names the parts that are missing in an Azure Storage connection string.
func connectionStringWarning(value string) string {
	parts := map[string]bool{}
	for part := range strings.SplitSeq(value, ";") {
		name, content, ok := strings.Cut(strings.TrimSpace(part), "=")
		if ok && content != "" {
			parts[strings.ToLower(name)] = true
		}
	}
	switch {
	case parts["sharedaccesssignature"], parts["usedevelopmentstorage"], parts["accountname"] && parts["accountkey"]:
		return ""
	case parts["accountname"]:
		return "is a connection string without AccountKey. Copy the whole connection string, from DefaultEndpointsProtocol to EndpointSuffix."
	case parts["accountkey"]:
		return "is a connection string without AccountName. Copy the whole connection string, from DefaultEndpointsProtocol to EndpointSuffix."
	}
	return "is not a connection string. A connection string contains AccountName=... and AccountKey=..., or SharedAccessSignature=..., separated by " +
		"semicolons. If the value is a key, use auth_account_key."
}

func accountKeyWarning(value string) string {
	switch _, err := base64.StdEncoding.DecodeString(value); {
	case strings.Contains(value, "AccountKey="):
		return "is a connection string. Use auth_connection_string."
	case err != nil:
		return "is not a storage account key, because it is not base64."
	}
	return ""
}

var (
	keyIDForm     = regexp.MustCompile(`^A[KS]IA[A-Z0-9]{16}$`)
	secretKeyForm = regexp.MustCompile(`^[A-Za-z0-9/+]{40}$`)
)

func secretKeyWarning(value string) string {
	if keyIDForm.MatchString(value) {
		return "looks like an access key ID, not like a secret access key. Check that the two are not swapped."
	}
	return ""
}

// rejectKeyID rejects a secret access key as the value of an access key ID, because state stores the access key ID.
func rejectKeyID(value string) string {
	if secretKeyForm.MatchString(value) && strings.ContainsAny(value, "/+") {
		return "looks like a secret access key, but state stores this argument. Check that the ID and the secret are not swapped."
	}
	return rejectControl(value)
}

func keyIDWarning(value string) string {
	mixed := strings.ToUpper(value) != value && strings.ToLower(value) != value
	if secretKeyForm.MatchString(value) && mixed && utf8.ValidString(value) {
		return "looks like a secret access key, but state stores this argument. Check that the ID and the secret are not swapped."
	}
	return ""
}

// isEmpty reports whether a block whose secret may be empty sets the secret to an empty text and sets no other argument.
func (b credentialBlock) isEmpty(v Values) bool {
	mayBe := false
	for _, a := range b.Arguments {
		text := v.Text(a.Name)
		if text.IsUnknown() || text.ValueString() != "" || text.IsNull() && a.mayBeEmpty {
			return false
		}
		mayBe = mayBe || a.mayBeEmpty
	}
	return mayBe
}
