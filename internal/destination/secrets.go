package destination

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/schemas"
)

// registerSecrets makes what a configuration holds known to the register of this process: its secrets, whether they are going
// to be sent or not, and what it shows.
func (m *model) registerSecrets() {
	if name, ok := schemas.Known(m.Name); ok {
		redact.Process.AddPublic(name)
	}
	for _, c := range connectors {
		v, ok := only(m.blocks[c.name])
		if !ok {
			continue
		}
		registerText(v.text(signingSecretWO), true, false)
		if c.anyCredentials != "" {
			registerText(v.text(c.anyCredentials), true, true)
		}
		if shown, err := c.config(v); err == nil { // else refused by the argument's validator
			redact.Process.AddPublicValue(shown)
		}
		for _, block := range c.credentials {
			inner, ok := only(v.list(block.name))
			if !ok {
				continue
			}
			for _, a := range block.arguments {
				registerText(inner.text(a.name), a.isWriteOnly(), a.merged)
			}
		}
	}
}

// registerText makes the value of an argument known. One that is a JSON object has a secret in every value.
func registerText(value attr.Value, isSecret, isObject bool) {
	text, _ := value.(types.String)
	known, ok := schemas.Known(text)
	switch {
	case !ok:
	case !isSecret:
		redact.Process.AddPublic(known)
	case isObject:
		object, err := jsonvalue.ParseObject(known)
		if err != nil {
			redact.Process.Add(known) // refused by the argument's validator
			return
		}
		redact.Process.AddValue(object)
	default:
		redact.Process.Add(known)
	}
}
