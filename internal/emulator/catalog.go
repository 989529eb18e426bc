package emulator

import "net/http"

var catalogRoutes = []route{
	{opCatalog, http.MethodGet, "/v1/delivery/catalog/connectors", (*Emulator).listConnectors},
}

// connectorEntry is one connector of the catalog. The schemas are promised by the reference page and absent from the
// SDK's model; a wrapper has them beside the capabilities (U-10).
type connectorEntry struct {
	Type string `json:"type,omitempty"`
	Name string `json:"name,omitempty"`
	*capabilities
	Capabilities     *capabilities `json:"capabilities,omitempty"`
	ConfigSchema     fields        `json:"config_schema,omitempty"`
	AuthConfigSchema fields        `json:"auth_config_schema,omitempty"`
}

func (e *Emulator) listConnectors(*call) (reply, *apiError) {
	return jsonReply(http.StatusOK, connectorCatalog(e.behaviour)), nil
}

// connectorCatalog is the catalog in the envelope that b asks for.
func connectorCatalog(b Behaviour) any {
	var (
		types  []string
		list   []connectorEntry
		byType = map[string]connectorEntry{}
	)
	for _, c := range connectors {
		entry := newConnectorEntry(b, c)
		byType[c.name] = entry
		types = append(types, c.name)

		switch b.Catalog {
		case CatalogNamed:
			entry.Name = c.name
		case CatalogWrapped:
			entry.Type = c.name
			entry.Capabilities, entry.capabilities = entry.capabilities, nil
		default:
			entry.Type = c.name
		}
		list = append(list, entry)
	}

	switch b.Catalog {
	case CatalogBareArray:
		return list
	case CatalogByType:
		return byType
	case CatalogByTypeUnderData:
		return fields{"data": byType}
	case CatalogNames:
		return fields{"data": types}
	default:
		return fields{"data": list}
	}
}

// newConnectorEntry is what the catalog says of c, still without saying that it is c.
func newConnectorEntry(b Behaviour, c connector) connectorEntry {
	described := c.capabilities
	described.AuthTypes = append([]string{}, c.methods...) // Not null for a connector whose types are unpublished.
	entry := connectorEntry{capabilities: &described}
	if !b.CatalogWithoutSchemas {
		entry.ConfigSchema = objectSchema(c.config)
		entry.AuthConfigSchema = authConfigSchema(b, c)
	}
	return entry
}

// objectSchema is the JSON Schema of an object with the described fields.
func objectSchema(described []field) fields {
	var required []string
	properties := fields{}
	for _, f := range described {
		property := fields{}
		for keyword, value := range f.kind.schema {
			property[keyword] = value
		}
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

// authConfigSchema is the JSON Schema of a connector's auth_config: one variant for each type, and one for a signing
// secret by itself.
func authConfigSchema(b Behaviour, c connector) fields {
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
