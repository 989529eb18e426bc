package talonic

import (
	"encoding/json"
	"maps"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
)

func (d NewDestination) public() any {
	return map[string]any{"name": d.Name, "type": d.Type, "config": publicConfig(d.Config, d.SecretConfig)}
}

func (d DestinationChange) public() any {
	public := publicConfig(d.Config, d.SecretConfig)
	for _, key := range d.ReturnedConfig {
		delete(public, key)
	}
	return map[string]any{"name": d.Name, "config": public}
}

// publicConfig returns a config in which secret values are reduced to their public parts, such as the scheme and the host of a
// URL.
func publicConfig(config map[string]any, secretKeys []string) map[string]any {
	public := map[string]any{}
	maps.Copy(public, config)
	for _, key := range secretKeys {
		public[key] = jsonvalue.Shown(config[key])
	}
	return public
}

func (d NewDestination) secrets() []string {
	return allSecrets(d.Credentials, d.Config, d.SecretConfig)
}

func (d DestinationChange) secrets() []string {
	return allSecrets(d.Credentials, d.Config, d.SecretConfig)
}

func allSecrets(c Credentials, config map[string]any, secretKeys []string) []string {
	secrets := c.secrets()
	for _, key := range secretKeys {
		secrets = append(secrets, textsIn(config[key])...)
	}
	return secrets
}

// secrets returns all values of the credentials. Values that are registered as public are not treated as secret.
func (c Credentials) secrets() []string {
	secrets := textsIn(c.AuthConfig)
	if c.SigningSecret.value != nil {
		secrets = append(secrets, *c.SigningSecret.value)
	}
	return secrets
}

// textsIn returns all strings and numbers in a value that is sent as JSON.
func textsIn(value any) []string {
	var texts []string
	var collect func(value any)
	collect = func(value any) {
		switch v := value.(type) {
		case string:
			texts = append(texts, v)
		case map[string]any:
			for _, inner := range v {
				collect(inner)
			}
		case []any:
			for _, inner := range v {
				collect(inner)
			}
		case json.Number:
			texts = append(texts, v.String())
		}
	}
	var plain any
	if encoded, err := json.Marshal(value); err == nil { // a value that cannot be encoded cannot be sent
		_ = decodeJSON(encoded, &plain)
	}
	collect(plain)
	return texts
}
