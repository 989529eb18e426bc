package secrets

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"html"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// source is a part of a request that a response may repeat.
type source struct {
	name string
	text func(r *request) string
}

var sources = []source{
	{"secrets", func(r *request) string { return strings.Join(sentSecrets(r), " ") }},
	{"headers", func(r *request) string {
		var b strings.Builder
		for _, name := range slices.Sorted(maps.Keys(r.Header)) {
			b.WriteString(name + ": " + strings.Join(r.Header[name], ", ") + "\n")
		}
		return b.String()
	}},
	{"body", func(r *request) string { return string(r.body) }},
	{"cut secrets", func(r *request) string { // as in "eyJhbGciOi..."
		var all []string
		for _, secret := range sentSecrets(r) {
			all = append(all, secret[:len(secret)*2/3])
		}
		return strings.Join(all, "... ")
	}},
}

// encoding is a notation of a text.
type encoding struct {
	name string
	text func(string) string
}

var echoEncodings = []encoding{
	{"as it is", func(s string) string { return s }},
	{"JSON", func(s string) string {
		encoded, _ := json.Marshal(s) // any string can be encoded
		return string(encoded)
	}},
	{"query", url.QueryEscape},
	{"path", url.PathEscape},
	{"HTML", html.EscapeString},
	{"base64", func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }},
	{"base64 for URLs", func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }},
	{"hex", func(s string) string { return hex.EncodeToString([]byte(s)) }},
	{"HEX", func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) }},
}

// echo is the part of a request that a response repeats, in an encoding.
type echo struct {
	name string
	of   func(r *request) string
}

func (e encoding) echo(s source) echo {
	return echo{s.name + " in " + e.name, func(r *request) string { return e.text(s.text(r)) }}
}

// plainEcho repeats the secrets of a request unchanged.
var plainEcho = echo{"secrets", sources[0].text}

// sentSecrets returns the secrets in a request: those in its body, and the API key.
func sentSecrets(r *request) []string {
	var sent struct {
		AuthConfig    any `json:"auth_config"`
		SigningSecret any `json:"signing_secret"`
	}
	_ = json.Unmarshal(r.body, &sent) // an error leaves sent empty
	all := append(secretsOf(sent.AuthConfig), secretsOf(sent.SigningSecret)...)
	return append(all, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
}

// secretsOf returns the secrets in a part of a body. In these tests, only secrets begin with the prefix.
func secretsOf(value any) []string {
	var found []string
	switch value := value.(type) {
	case string:
		if strings.Contains(value, "fake") || strings.Contains(value, "FAKE") {
			found = append(found, value)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(value)) {
			found = append(found, secretsOf(value[key])...)
		}
	case []any:
		for _, item := range value {
			found = append(found, secretsOf(item)...)
		}
	}
	return found
}
