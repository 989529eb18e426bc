package connector

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/test/blocktest"
)

func TestIsCredentialName(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]bool{
		"Authorization": true, "PROXY-AUTHORIZATION": true, "X-Api-Key": true, "apikey": true, "X-Auth-Token": true, "X-Client-Secret": true,
		"X-Password": true, "X-Auth": true, "X_Auth_Key": true, "Cookie": true, "Set-Cookie": true, "X-Amz-Credential": true,
		"apiKey": true, "APIKey": true, "Password": true, "secretAccessKey": true, "SECRET_ACCESS_KEY": true, "accessToken": true, "auth_config": true,
		"AuthConfig": true, "connectionString": true, "dbPassword2": true, "sas": true, "authHeader": true, "x-functions-key": true, "clientSecretValue": true,
		"X-Source": false, "Content-Type": false, "Accept": false, "X-Author": false, "X-Environment": false, "Idempotency-Key": false, "": false,
		"access_key_id": false, "accessKeyId": false, "token_url": false, "tokenType": false, "header_name": false, "key_template": false, "secretName": false,
		"url": false, "host": false, "bucket": false, "remote_path": false, "authorized": false, "passenger": false,
	} {
		if got := IsCredentialName(name); got != want {
			t.Errorf("%s: %t, want %t", name, got, want)
		}
	}
}

// The key of every write-only argument is recognized as a credential name, in any notation.
func TestWriteOnlyKeysAreCredentialNames(t *testing.T) {
	t.Parallel()
	names := []string{credentials.SigningSecretKey}
	for _, c := range All {
		for _, block := range c.Credentials {
			for _, a := range block.Arguments {
				if a.IsWriteOnly() {
					names = append(names, a.Key())
				}
			}
		}
	}
	for _, name := range names {
		words := strings.Split(name, "_")
		camel := words[0]
		for _, word := range words[1:] {
			camel += strings.ToUpper(word[:1]) + word[1:]
		}
		for _, style := range []string{name, camel, strings.ToUpper(name), strings.ReplaceAll(name, "_", "-")} {
			if !IsCredentialName(style) {
				t.Errorf("%s is none", style)
			}
		}
	}
}

func TestNameWords(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"secretAccessKey": "secret access key", "X-API-Key": "x api key", "APIKeyV2": "api key v2", "HTTPServer": "http server", "a.b c": "a b c", "": "",
		"key2Value": "key2 value", "überToken": "über token",
	} {
		if got := strings.Join(nameWords(name), " "); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// A credential that was set outside Terraform is masked wherever an argument would hold it; one that the user configured is not.
func TestWithoutForeignCredentials(t *testing.T) {
	t.Parallel()
	held := blocktest.Object(t, `{"headers": {"X-Source": "a", "X-Token": "mine", "Cookie": "old"}, "password": "mine", "nested": [{"apiKey": "mine"}]}`)
	shown := blocktest.Object(t, `{"headers": {"x-source": "b", "x-token": "mine", "Authorization": "foreign", "cookie": "****"}, "password": "foreign",
		"nested": [{"apiKey": "mine"}, {"apiKey": "foreign", "n": 1}], "debug": {"token": "left to others"}}`)
	want := blocktest.Object(t, `{"headers": {"x-source": "b", "x-token": "mine", "Authorization": "(sensitive value)", "cookie": "****"},
		"password": "(sensitive value)", "nested": [{"apiKey": "mine"}, {"apiKey": "(sensitive value)", "n": 1}], "debug": {"token": "left to others"}}`)
	if diff := cmp.Diff(want, Webhook.WithoutForeignCredentials(shown, nil, held)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := Webhook.WithoutForeignCredentials(blocktest.Object(t, `{"headers": {"Cookie": "foreign"}}`)); got["headers"].(map[string]any)["Cookie"] != redact.Redacted {
		t.Errorf("a header beside an argument that is not set is shown: %v", got)
	}
	if Webhook.WithoutForeignCredentials(nil, held) != nil {
		t.Error("no config became one")
	}
	if !holdsCredential("debug", shown["debug"]) || !holdsCredential("seen", []any{"a", redact.Redacted}) || holdsCredential("seen", []any{"a", true}) {
		t.Error("what holds a credential is not recognized")
	}
}
