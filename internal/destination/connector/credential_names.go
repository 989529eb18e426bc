package connector

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// credentialWords occur in the names of credentials, compared by letters alone.
var credentialWords = []string{
	"apikey", "accesskey", "accountkey", "privatekey", "signingkey", "encryptionkey", "functionskey", "sharedkey", "masterkey",
	"secret", "password", "passwd", "passphrase", "token", "credential", "authorization", "authentication", "authconfig", "cookie", "bearer",
	"connectionstring", "sharedaccesssignature",
}

// notCredentialEndings are the last words of names that belong to a credential but hold none.
var notCredentialEndings = []string{"id", "url", "uri", "endpoint", "type", "name", "template", "expires", "expiry", "at", "in", "ttl", "limit", "count"}

// IsCredentialName reports whether a key of config or a header is likely to hold a secret, judged by its name in any notation: apiKey,
// api_key, X-API-Key.
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
			// A word begins after a lower-case letter and with the last of several capitals: secretKey, APIKey.
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

// holdsCredential reports whether the value of a key of config is not kept unless the user configured it, even if the API shows it. That
// is so if the key is a credential by its name, contains one, or repeats a known secret.
func holdsCredential(key string, value any) bool {
	if IsCredentialName(key) || key == redact.Redacted {
		return true
	}
	switch value := value.(type) {
	case string:
		return value == redact.Redacted
	case map[string]any:
		for inner, held := range value {
			if holdsCredential(inner, held) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(value, func(item any) bool { return holdsCredential("", item) })
	}
	return false
}

// WithoutForeignCredentials returns a copy of shown in which credentials, recognized by name, are masked unless they are equal to what
// the user configured, as held tells. It masks only values of keys that arguments or held have: values of other credentials are not kept
// at all.
func (c Connector) WithoutForeignCredentials(shown Config, held ...Config) Config {
	if shown == nil {
		return nil
	}
	masked := Config{}
	for key, value := range shown {
		masked[key] = value
		var own []any
		for _, h := range held {
			if value, isHeld := h[key]; isHeld {
				own = append(own, value)
			}
		}
		if _, isArgument := c.Argument(key); isArgument || len(own) > 0 {
			masked[key] = maskForeign(IsCredentialName(key), value, own)
		}
	}
	return masked
}

func maskForeign(isCredential bool, shown any, held []any) any {
	if jsonvalue.IsMasked(shown) || slices.ContainsFunc(held, func(own any) bool { return jsonvalue.Equal(shown, own) }) {
		return shown
	}
	within := func(step string) (inner []any) {
		for _, own := range held {
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
