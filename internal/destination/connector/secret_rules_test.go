package connector

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

const pem = "-----BEGIN OPENSSH PRIVATE KEY-----\nS3cr3t\n-----END OPENSSH PRIVATE KEY-----\n"

// An impossible secret is an error, and an unlikely one a warning. Neither quotes the value or points at its line.
func TestSecretRules(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		rule  secretRule
		value string
		want  string // beginning of the severity, and part of the text; empty: valid
	}{
		"token":                          {inHeader, "S3cr3t", ""},
		"token with a tab":               {inHeader, "S3c\tr3t", "Error: contains a tab"},
		"token with blanks around it":    {inHeader, " S3cr3t ", "Warning: begins or ends with white space"},
		"token in Unicode":               {inHeader, "S3cr3t \u00fc", ""},
		"token with a line break":        {inHeader, "S3cr3t\n", "Error: ends with a line break"},
		"token with a Windows line end":  {inHeader, "S3cr3t\r\n", "Error: ends with a line break"},
		"token of two lines":             {inHeader, "S3cr3t\nS3cr3t\n", "Error: contains a line break"},
		"token with NUL":                 {inHeader, "S3c\x00r3t", "Error: contains a control character"},
		"password":                       {ofBasic, "S3cr3t:\u00fc", ""},
		"password with a tab":            {ofBasic, "S3c\tr3t", "Error: contains a tab"},
		"password with a line break":     {ofBasic, "S3cr3t\n", "Error: ends with a line break"},
		"signing secret":                 {ofText, "S3c\nr3t", ""},
		"signing secret from a file":     {ofText, "S3cr3t\n", "Warning: ends with a line break"},
		"PEM":                            {ofPrivateKey, pem, ""},
		"PEM with Windows line ends":     {ofPrivateKey, strings.ReplaceAll(pem, "\n", "\r\n"), "Warning: has Windows line endings"},
		"PEM with a byte-order mark":     {ofPrivateKey, "\ufeff" + pem, "Warning: begins with a byte-order mark"},
		"PEM with literal line breaks":   {ofPrivateKey, strings.ReplaceAll(pem, "\n", `\n`), `Warning: contains \n`},
		"PEM that is indented":           {ofPrivateKey, "  " + pem, "Warning: has white space before"},
		"PEM that ends too early":        {ofPrivateKey, strings.Split(pem, "-----END")[0], "Warning: is truncated: it has no -----END"},
		"public key":                     {ofPrivateKey, "ssh-ed25519 S3cr3t", "Warning: is a public key"},
		"public PEM":                     {ofPrivateKey, strings.ReplaceAll(pem, "PRIVATE", "PUBLIC"), "Warning: is a public key"},
		"certificate":                    {ofPrivateKey, "-----BEGIN CERTIFICATE-----\nS3cr3t\n-----END CERTIFICATE-----", "Warning: is a certificate"},
		"key of PuTTY":                   {ofPrivateKey, "PuTTY-User-Key-File-3: S3cr3t\n", "Warning: is a key in PuTTY format"},
		"path of a key":                  {ofPrivateKey, "~/.ssh/S3cr3t", "Warning: is not PEM-encoded"},
		"connection string":              {ofConnectionString, "DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=S3cr3t==;EndpointSuffix=core.windows.net", ""},
		"connection string with a SAS":   {ofConnectionString, "BlobEndpoint=https://acme.blob.core.windows.net;SharedAccessSignature=S3cr3t", ""},
		"connection string, no key":      {ofConnectionString, "DefaultEndpointsProtocol=https;AccountName=acme", "Warning: is a connection string without AccountKey"},
		"connection string, no name":     {ofConnectionString, "AccountKey=S3cr3t", "Warning: is a connection string without AccountName"},
		"connection string that is none": {ofConnectionString, "S3cr3t==", "Warning: is not a connection string"},
		"connection string of two lines": {ofConnectionString, "AccountName=acme;\nAccountKey=S3cr3t", "Error: contains a line break"},
		"account key":                    {ofAccountKey, "UzNjcjN0", ""},
		"account key that is none":       {ofAccountKey, "S3cr3t!", "Warning: is not a storage account key"},
		"account key in a string":        {ofAccountKey, "AccountName=acme;AccountKey=S3cr3t", "Warning: is a connection string"},
		"secret key":                     {ofSecretKey, "S3cr3t7MDENGbPxRfiCYEXAMPLEKEYwJalrXUtn/", ""},
		"secret key that is an id":       {ofSecretKey, "AKIAS3CR3TEXAMPLE12A", "Warning: looks like an access key ID"},
		"secret key from a file":         {ofSecretKey, "S3cr3t\n", "Error: ends with a line break"},
		"id of a key":                    {ofKeyID, "AKIAIOSFODNN7EXAMPLE", ""},
		"id of another vendor":           {ofKeyID, "0123456789abcdef0123456789abcdef", ""},
		"id that is a secret":            {ofKeyID, "S3cr3t7MDENGbPxRfiCYEXAMPLEKEYwJalrXUtn/", "Error: looks like a secret access key"},
		"id that may be a secret":        {ofKeyID, "S3cr3t7MDENGbPxRfiCYEXAMPLEKEYwJalrXUtnA", "Warning: looks like a secret access key"},
	} {
		at := path.Root("a_wo")
		var resp validator.StringResponse
		c.rule.ValidateString(t.Context(), validator.StringRequest{Path: at, ConfigValue: types.StringValue(c.value)}, &resp)
		got := ""
		for _, d := range resp.Diagnostics {
			got += d.Severity().String() + ": " + strings.TrimPrefix(d.Detail(), "a_wo ")
			if strings.Contains(d.Summary()+d.Detail(), "3cr3t") {
				t.Errorf("%s: the secret is quoted: %s", name, d.Detail())
			}
		}
		if (got == "") != (c.want == "") || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if placed := resp.Diagnostics; len(placed) > 0 && !strings.HasPrefix(blocktest.Summaries(placed)[0], blocks.BlockPath.String()+":") {
			t.Errorf("%s: %v", name, blocktest.Summaries(placed))
		}
	}
}

// Headers that the API or the credentials set are rejected.
func TestHeaderRules(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		header, block string
		arguments     Values
		collides      bool
		reserved      bool
	}{
		"another header":       {"X-Source", "auth_bearer", Values{}, false, false},
		"bearer":               {"authorization", "auth_bearer", Values{}, true, false},
		"basic":                {"Authorization", "auth_basic", Values{}, true, false},
		"key by default":       {"x-api-key", "auth_api_key", Values{}, true, false},
		"key in its header":    {"X-KEY", "auth_api_key", Values{"header_name": types.StringValue("x-key")}, true, false},
		"key in another":       {"X-API-Key", "auth_api_key", Values{"header_name": types.StringValue("x-key")}, false, false},
		"key, not known where": {"X-API-Key", "auth_api_key", Values{"header_name": types.StringUnknown()}, false, false},
		"no credentials":       {"Authorization", "", nil, false, false},
		"type of content":      {"content-type", "auth_bearer", Values{}, false, true},
		"host":                 {"HOST", "", nil, false, true},
		"signature":            {"X-Talonic-Signature", "", nil, false, true},
	} {
		headers := types.MapValueMust(types.StringType, map[string]attr.Value{c.header: types.StringValue("v")})
		v := blockOf(t, Webhook, `{"url": "https://a.example"}`).With(Values{"headers": headers})
		if c.block != "" {
			v = blocktest.WithBlock(v, Webhook.Block(), c.block, c.arguments)
		}
		if got := Webhook.validateHeaders(v).HasError(); got != c.collides {
			t.Errorf("%s: collides %t", name, got)
		}
		if got := isReserved(c.header); got != c.reserved {
			t.Errorf("%s: reserved %t", name, got)
		}
	}
}
