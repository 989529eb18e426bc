package main

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/talonicdev/terraform-provider-talonic/internal/provider"
)

// Only newer versions of Terraform export some parts of the schema, and OpenTofu does not. The pages must not depend on the CLI,
// so these parts come from the provider itself.

type schemaJSON struct {
	Version int64     `json:"version"`
	Block   blockJSON `json:"block"`
}

type blockJSON struct {
	Attributes      map[string]attributeJSON `json:"attributes"`
	Description     string                   `json:"description"`
	DescriptionKind string                   `json:"description_kind"`
}

type attributeJSON struct {
	Type            json.RawMessage `json:"type"`
	Description     string          `json:"description"`
	DescriptionKind string          `json:"description_kind"`
	Required        bool            `json:"required,omitempty"`
	Optional        bool            `json:"optional,omitempty"`
}

type identityJSON struct {
	Version    int64                            `json:"version"`
	Attributes map[string]identityAttributeJSON `json:"attributes"`
}

type identityAttributeJSON struct {
	Type              json.RawMessage `json:"type"`
	Description       string          `json:"description"`
	RequiredForImport bool            `json:"required_for_import,omitempty"`
	OptionalForImport bool            `json:"optional_for_import,omitempty"`
}

// additions returns the parts of a provider's schema that a CLI may not export, as JSON, by name.
func additions() (map[string]json.RawMessage, error) {
	ctx := context.Background()
	server, err := providerserver.NewProtocol6WithError(provider.New("schema")())()
	if err != nil {
		return nil, err
	}
	schemas, err := server.GetProviderSchema(ctx, &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		return nil, err
	}
	identities, err := server.GetResourceIdentitySchemas(ctx, &tfprotov6.GetResourceIdentitySchemasRequest{})
	if err != nil {
		return nil, err
	}
	actions := map[string]*tfprotov6.Schema{}
	for name, action := range schemas.ActionSchemas {
		actions[name] = action.Schema
	}
	added := map[string]json.RawMessage{}
	if added["action_schemas"], err = encode(actions); err != nil {
		return nil, err
	}
	if added["list_resource_schemas"], err = encode(schemas.ListResourceSchemas); err != nil {
		return nil, err
	}
	if added["resource_identity_schemas"], err = encodeIdentities(identities.IdentitySchemas); err != nil {
		return nil, err
	}
	return added, nil
}

func encode(schemas map[string]*tfprotov6.Schema) (json.RawMessage, error) {
	all := map[string]schemaJSON{}
	for name, schema := range schemas {
		if len(schema.Block.BlockTypes) > 0 {
			return nil, fmt.Errorf("%s has blocks, which this command does not know", name)
		}
		block := blockJSON{map[string]attributeJSON{}, schema.Block.Description, kind(schema.Block.DescriptionKind)}
		for _, a := range schema.Block.Attributes {
			if a.NestedType != nil {
				return nil, fmt.Errorf("%s.%s is nested, which this command does not know", name, a.Name)
			}
			encodedType, err := json.Marshal(a.Type)
			if err != nil {
				return nil, err
			}
			block.Attributes[a.Name] = attributeJSON{encodedType, a.Description, kind(a.DescriptionKind), a.Required, a.Optional}
		}
		all[name] = schemaJSON{schema.Version, block}
	}
	return json.Marshal(all)
}

func kind(k tfprotov6.StringKind) string {
	if k == tfprotov6.StringKindMarkdown {
		return "markdown"
	}
	return "plain"
}

func encodeIdentities(schemas map[string]*tfprotov6.ResourceIdentitySchema) (json.RawMessage, error) {
	all := map[string]identityJSON{}
	for name, schema := range schemas {
		identity := identityJSON{schema.Version, map[string]identityAttributeJSON{}}
		for _, a := range schema.IdentityAttributes {
			encodedType, err := json.Marshal(a.Type)
			if err != nil {
				return nil, err
			}
			identity.Attributes[a.Name] = identityAttributeJSON{encodedType, a.Description, a.RequiredForImport, a.OptionalForImport}
		}
		all[name] = identity
	}
	return json.Marshal(all)
}
