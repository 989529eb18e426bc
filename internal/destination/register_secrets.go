package destination

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/destination/credentials"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
)

// registerSecrets registers the values of a configuration with this process. It registers secrets for redaction, whether or not they will be
// sent, and other values as values that may be shown.
func (m *model) registerSecrets() {
	if name, ok := blocks.Known(m.Name); ok {
		redact.Process.AddPublic(name)
	}
	for _, c := range connector.All {
		v, ok := connector.BlockValues(m.blocks[c.Name])
		if !ok {
			continue
		}
		registerText(v.Text(credentials.SigningSecretArgument), true, false)
		if c.AnyCredentials != "" {
			registerText(v.Text(c.AnyCredentials), true, true)
		}
		for _, key := range c.WriteOnlyNames() {
			if value, ok := blocks.Known(connector.WriteOnlyValue(v, key)); ok {
				connector.RegisterSecret(value)
			}
		}
		if shown, err := c.Config(v); err == nil { // the argument's validator reports the error
			redact.Process.AddPublicValue(shown)
		}
		for _, block := range c.Credentials {
			inner, ok := connector.BlockValues(v.List(block.Name))
			if !ok {
				continue
			}
			for _, a := range block.Arguments {
				registerText(inner.Text(a.Name), a.IsWriteOnly(), a.Merged)
			}
		}
	}
}

// registerText registers the value of an argument. Every value in a JSON object counts as a secret.
func registerText(value attr.Value, isSecret, isObject bool) {
	text, _ := value.(types.String)
	known, ok := blocks.Known(text)
	switch {
	case !ok:
	case !isSecret:
		redact.Process.AddPublic(known)
	case isObject:
		object, err := jsonvalue.ParseObject(known)
		if err != nil {
			redact.Process.Add(known) // the argument's validator reports the error
			return
		}
		redact.Process.AddValue(object)
	default:
		redact.Process.Add(known)
	}
}
