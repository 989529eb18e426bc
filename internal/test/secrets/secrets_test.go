package secrets

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
)

// words are n words that are found nowhere but in the secret of that name.
func words(secret string, n int) []string {
	var all []string
	for i := range n {
		sum := sha256.Sum256(fmt.Appendf(nil, "%s %d", secret, i))
		all = append(all, "fake"+hex.EncodeToString(sum[:6]))
	}
	return all
}

// valueOf makes up the secret of that name for an argument: one with the characters that encodings change, such as the argument
// may have. It has several words, so that a part of it is recognised, too.
func valueOf(name, argument string) string {
	switch argument {
	case "private_key_wo":
		return "-----BEGIN FAKE KEY-----\n" + strings.Join(words(name, 6), "+/\n") + "==\n-----END FAKE KEY-----\n"
	case "url_wo":
		w := words(name, 4)
		return fmt.Sprintf("https://hooks.slack.com/services/%s/%%C3%%A9%s?a=%s&b=%s%%2F%%3D", w[0], w[1], w[2], w[3])
	case "connection_string_wo":
		w := words(name, 3)
		return fmt.Sprintf("AccountName=acme;AccountKey=%s+/%s/+%s==;Suffix=example.com", w[0], w[1], w[2])
	case "auth_config_wo", "additional_auth_config_wo":
		w := words(name, 3)
		typeKey := map[bool]string{true: "type", false: "grant_type"}[argument == "auth_config_wo"] // the other block has an argument for the type
		encoded, _ := json.Marshal(map[string]any{                                                  // these can always be encoded
			typeKey: "service_account", "client_secret": w[0] + `"<\/&+é` + w[1], "keys": []any{map[string]any{"k": w[2]}},
		})
		return string(encoded)
	}
	return strings.Join(words(name, 3), ` "<\/&+=%é> `)
}

// apiKeyOf makes up an API key, which is a header value.
func apiKeyOf(name string) string {
	return "tlnc_" + strings.Join(words("API key of "+name, 3), `"<\/&+=%>`)
}

// quote is a text as a literal of HCL.
func quote(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "${", "$${", "%{", "%%{").Replace(text) + `"`
}

// inText puts a secret into a text that says where.
func inText(text, secret string) string { return strings.ReplaceAll(text, "SECRET", secret) }

// inLiterals puts a secret into the literals of HCL that say where.
func inLiterals(hcl, secret string) string { return inText(hcl, strings.Trim(quote(secret), `"`)) }
