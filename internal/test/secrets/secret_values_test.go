package secrets

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// words returns n words that occur only in the secret with the given name.
func words(secret string, n int) []string {
	var all []string
	for i := range n {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", secret, i))
		all = append(all, "fake"+hex.EncodeToString(sum[:6]))
	}
	return all
}

// valueOf returns a secret with the given name for an argument. It contains characters that encodings change, as far as the argument allows
// them. It has several words, so that the tests also recognize a part of it.
func valueOf(name, argument string) string {
	switch argument {
	case "private_key_wo":
		return "-----BEGIN FAKE KEY-----\n" + strings.Join(words(name, 6), "+/\n") + "==\n-----END FAKE KEY-----\n"
	case "url_wo":
		w := words(name, 4)
		return fmt.Sprintf("https://hooks.slack.com/services/%s/%%C3%%A9%s?b=%s&a=%s%%2F%%3D", w[0], w[1], w[2], w[3])
	case "connection_string_wo":
		w := words(name, 3)
		return fmt.Sprintf("AccountName=acme;AccountKey=%s+/%s/+%s==;Suffix=example.com", w[0], w[1], w[2])
	case "auth_config_wo", "additional_auth_config_wo":
		w := words(name, 3)
		typeKey := map[bool]string{true: "type", false: "grant_type"}[argument == "auth_config_wo"] // the other block has an argument for the type
		encoded, _ := json.Marshal(map[string]any{                                                  // values of these types can always be encoded
			typeKey: "service_account", "client_secret": w[0] + `"<\/&+é` + w[1], "keys": []any{map[string]any{"k": w[2]}},
		})
		return string(encoded)
	}
	return strings.Join(words(name, 3), ` "<\/&+=%é> `)
}

// apiKeyOf returns an API key that is valid in a header.
func apiKeyOf(name string) string {
	return "tlnc_" + strings.Join(words("API key of "+name, 3), `"<\/&+=%>`)
}

// quote returns a text as an HCL literal.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "${", "$${", "%{", "%%{").Replace(text) + `"`
}

// inText replaces SECRET in a text with a secret.
func inText(text, secret string) string { return strings.ReplaceAll(text, "SECRET", secret) }

// inLiterals replaces SECRET in HCL literals with a secret.
func inLiterals(hcl, secret string) string { return inText(hcl, strings.Trim(quote(secret), `"`)) }
