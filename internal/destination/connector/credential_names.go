package connector

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// credentialWords are words in the names of credentials. Only letters are compared.
var credentialWords = []string{
	"apikey", "accesskey", "accountkey", "privatekey", "signingkey", "encryptionkey", "functionskey", "sharedkey", "masterkey",
	"secret", "password", "passwd", "passphrase", "token", "credential", "authorization", "authentication", "authconfig", "cookie", "bearer",
	"connectionstring", "sharedaccesssignature",
}

// notCredentialEndings are the last words of names that refer to a credential but are not secret, such as access_key_id.
var notCredentialEndings = []string{"id", "url", "uri", "endpoint", "type", "name", "template", "expires", "expiry", "at", "in", "ttl", "limit", "count"}

// IsCredentialName reports whether a key of config or a header probably holds a secret, based on its name in any notation: apiKey, api_key,
// X-API-Key.
func IsCredentialName(name string) bool {
	words := nameWords(name)
	if len(words) == 0 || slices.Contains(notCredentialEndings, words[len(words)-1]) {
		return false
	}
	joined := strings.Join(words, "")
	if slices.ContainsFunc(credentialWords, func(word string) bool { return strings.Contains(joined, word) }) {
		return true
	}
	return slices.ContainsFunc(words, func(word string) bool { // compared as whole words, because many other words contain them
		return word == "auth" || word == "pwd" || word == "sas" || word == "pat"
	})
}

// nameWords returns the words of a name in camelCase, snake_case, kebab-case or another notation, in lower case.
func nameWords(name string) []string {
	var words []string
	var word []rune
	end := func() {
		if len(word) > 0 {
			words = append(words, strings.ToLower(string(word)))
			word = nil
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			end()
			continue
		}
		if unicode.IsUpper(r) && i > 0 {
			// A word begins after a lower-case letter. The last of several capitals also begins a word, as in APIKey.
			afterSmall := !unicode.IsUpper(runes[i-1])
			beforeSmall := i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if afterSmall || beforeSmall {
				end()
			}
		}
		word = append(word, r)
	}
	end()
	return words
}

// holdsCredential reports whether the provider must not keep the value of a key of config unless the user configured it. This applies if the
// key has the name of a credential, contains such a key, or contains a known secret.
func holdsCredential(key string, value any) bool {
	if IsCredentialName(key) || key == redact.Redacted {
		return true
	}
	switch value := value.(type) {
	case string:
		return value == redact.Redacted
	case map[string]any:
		for inner, item := range value {
			if holdsCredential(inner, item) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(value, func(item any) bool { return holdsCredential("", item) })
	}
	return false
}

// WithoutForeignCredentials returns a copy of shown with masks in place of credentials, which it recognizes by their names. It does not mask a
// value that equals the user's value in configured. It masks only keys of arguments and of configured, because no other credentials are kept.
func (c Connector) WithoutForeignCredentials(shown Config, configured ...Config) Config {
	if shown == nil {
		return nil
	}
	masked := Config{}
	for key, value := range shown {
		masked[key] = value
		var own []any
		for _, one := range configured {
			if value, isConfigured := one[key]; isConfigured {
				own = append(own, value)
			}
		}
		if _, isArgument := c.Argument(key); isArgument || len(own) > 0 {
			masked[key] = maskForeign(IsCredentialName(key), value, own)
		}
	}
	return masked
}

func maskForeign(isCredential bool, shown any, configured []any) any {
	if jsonvalue.IsMasked(shown) || slices.ContainsFunc(configured, func(own any) bool { return jsonvalue.Equal(shown, own) }) {
		return shown
	}
	within := func(step string) (inner []any) {
		for _, own := range configured {
			inner = append(inner, jsonvalue.At(own, []string{step}))
		}
		return inner
	}
	switch shown := shown.(type) {
	case map[string]any:
		masked := map[string]any{}
		for key, value := range shown {
			masked[key] = maskForeign(isCredential || IsCredentialName(key), value, within(key))
		}
		return masked
	case []any:
		masked := make([]any, len(shown))
		for i, value := range shown {
			masked[i] = maskForeign(isCredential, value, within(strconv.Itoa(i)))
		}
		return masked
	case nil:
		return nil
	}
	if isCredential {
		return redact.Redacted
	}
	return shown
}
