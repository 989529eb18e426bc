package emulator

import "maps"

// connectorItems returns the connectors. The reference page mentions the schemas, but the SDK's model does not have them.
func connectorItems(b Behavior) []catalogItem {
	var items []catalogItem
	for _, c := range connectors {
		described := c.capabilities
		described.AuthTypes = append([]string{}, c.methods...) // an empty list, not null, if the types are undocumented
		item := catalogItem{name: c.name, says: described}
		if !b.CatalogWithoutSchemas {
			item.besides = connectorSchemas{objectSchema(c.config), authConfigSchema(b, c)}
		}
		items = append(items, item)
	}
	return items
}

type connectorSchemas struct {
	ConfigSchema     fields `json:"config_schema"`
	AuthConfigSchema fields `json:"auth_config_schema"`
}

// objectSchema returns the JSON Schema of an object with the described fields.
func objectSchema(described []field) fields {
	var required []string
	properties := fields{}
	for _, f := range described {
		property := fields{}
		maps.Copy(property, f.kind.schema)
		if f.preset != nil {
			property["default"] = f.preset
		}
		if f.required {
			required = append(required, f.name)
		}
		properties[f.name] = property
	}

	schema := fields{"type": "object"}
	if len(properties) > 0 {
		schema["properties"] = properties
	}
	if len(required) > 0 {
		schema["required"] = required
	}
	return schema
}

// authConfigSchema returns the JSON Schema of a connector's auth_config: a variant for each type, and a variant for a signing
// secret without credentials.
func authConfigSchema(b Behavior, c connector) fields {
	if c.opaque {
		return objectSchema([]field{{name: "type", required: true, kind: text}})
	}
	signs := c.signs && b.SigningSecret.inAuthConfig()
	secret := field{name: signingSecret, kind: text}

	var variants []fields
	for _, method := range c.methods {
		is := kind{schema: fields{"const": method}}
		variant := append([]field{{name: "type", required: true, kind: is}}, authMethods[method]...)
		if signs {
			variant = append(variant, secret)
		}
		variants = append(variants, objectSchema(variant))
	}
	if signs {
		alone := secret
		alone.required = true
		schema := objectSchema([]field{alone})
		schema["additionalProperties"] = false
		variants = append(variants, schema)
	}
	return fields{"oneOf": variants}
}
