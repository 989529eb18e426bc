package destination

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/destination/connector"
	"github.com/talonicdev/terraform-provider-talonic/internal/framework/blocks"
	"github.com/talonicdev/terraform-provider-talonic/internal/redact"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
	"github.com/talonicdev/terraform-provider-talonic/internal/text"
)

// model holds the resource in a configuration, a plan or a state. It holds connector blocks by name, because the list of connectors determines
// them.
type model struct {
	ID                   types.String
	Name                 types.String
	Type                 types.String
	IsActive             types.Bool
	PayloadCapBytes      types.Int64
	HasAuthConfig        types.Bool
	HasSigningSecret     types.Bool
	CredentialsWOVersion types.Int64
	DeletionPolicy       types.String
	CredentialsUpdatedAt types.String
	LastDeliveryAt       types.String
	LastDeliveryStatus   types.String
	CreatedAt            types.String
	UpdatedAt            types.String

	blocks map[string]types.List
}

// reader is implemented by configurations, plans and states.
type reader interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}

// readModel returns the resource in a configuration, a plan or a state. It returns nil if the resource is absent, as in the state of a create.
func readModel(ctx context.Context, from reader) (*model, diag.Diagnostics) {
	var object types.Object
	diags := from.Get(ctx, &object)
	if diags.HasError() {
		return nil, diags
	}
	return newModel(object), diags
}

// newModel returns the resource in a framework object; nil if the object is null.
func newModel(object types.Object) *model {
	if object.IsNull() {
		return nil
	}
	a := object.Attributes()
	m := &model{
		ID:                   blocks.Attribute[types.String](a, "id"),
		Name:                 blocks.Attribute[types.String](a, "name"),
		Type:                 blocks.Attribute[types.String](a, "type"),
		IsActive:             blocks.Attribute[types.Bool](a, "is_active"),
		PayloadCapBytes:      blocks.Attribute[types.Int64](a, "payload_cap_bytes"),
		HasAuthConfig:        blocks.Attribute[types.Bool](a, "has_auth_config"),
		HasSigningSecret:     blocks.Attribute[types.Bool](a, "has_signing_secret"),
		CredentialsWOVersion: blocks.Attribute[types.Int64](a, "credentials_wo_version"),
		DeletionPolicy:       blocks.Attribute[types.String](a, "deletion_policy"),
		CredentialsUpdatedAt: blocks.Attribute[types.String](a, "credentials_updated_at"),
		LastDeliveryAt:       blocks.Attribute[types.String](a, "last_delivery_at"),
		LastDeliveryStatus:   blocks.Attribute[types.String](a, "last_delivery_status"),
		CreatedAt:            blocks.Attribute[types.String](a, "created_at"),
		UpdatedAt:            blocks.Attribute[types.String](a, "updated_at"),
		blocks:               map[string]types.List{},
	}
	for _, c := range connector.All {
		m.blocks[c.Name] = blocks.Attribute[types.List](a, c.Name)
	}
	return m
}

// object returns the model as a framework object.
func (m *model) object() types.Object {
	a := map[string]attr.Value{
		"id":                     m.ID,
		"name":                   m.Name,
		"type":                   m.Type,
		"is_active":              m.IsActive,
		"payload_cap_bytes":      m.PayloadCapBytes,
		"has_auth_config":        m.HasAuthConfig,
		"has_signing_secret":     m.HasSigningSecret,
		"credentials_wo_version": m.CredentialsWOVersion,
		"deletion_policy":        m.DeletionPolicy,
		"credentials_updated_at": m.CredentialsUpdatedAt,
		"last_delivery_at":       m.LastDeliveryAt,
		"last_delivery_status":   m.LastDeliveryStatus,
		"created_at":             m.CreatedAt,
		"updated_at":             m.UpdatedAt,
	}
	for _, c := range connector.All {
		a[c.Name] = m.blocks[c.Name]
	}
	return types.ObjectValueMust(objectType.AttrTypes, a)
}

// wasRead reports whether the provider has read or written the resource. It is false for a resource that was only imported or moved so far.
func (m *model) wasRead() bool { return !m.Name.IsNull() }

// connector returns the connector of the model's block and the values in the block. ok is false if the block is absent or unknown.
func (m *model) connector() (c connector.Connector, v connector.Values, ok bool) {
	for _, c := range connector.All {
		if v, ok := connector.BlockValues(m.blocks[c.Name]); ok {
			return c, v, true
		}
	}
	return connector.Connector{}, nil, false
}

// setConnector makes c the only connector block. Arguments that v lacks become null, and blocks that v lacks become empty.
func (m *model) setConnector(c connector.Connector, v connector.Values) {
	m.blocks = map[string]types.List{}
	for _, other := range connector.All {
		elementType := blocks.ElementType(objectType.AttrTypes[other.Name])
		elements := []attr.Value{}
		if other.Name == c.Name {
			elements = append(elements, blocks.Complete(elementType, v))
		}
		m.blocks[other.Name] = types.ListValueMust(elementType, elements)
	}
}

// keepFormatting keeps the prior text of the connector's JSON object if only the formatting has changed, so that a change of formatting shows
// no diff.
func (m *model) keepFormatting(before *model) {
	for _, c := range connector.All {
		planned, ok := connector.BlockValues(m.blocks[c.Name])
		prior, existed := connector.BlockValues(before.blocks[c.Name])
		argument := c.OtherKeys.Name
		if !ok || !existed || planned.Text(argument).Equal(prior.Text(argument)) || !blocks.SameJSON(planned.Text(argument), prior.Text(argument)) {
			continue
		}
		kept := planned.With(connector.Values{argument: prior[argument]})
		elementType := blocks.ElementType(objectType.AttrTypes[c.Name])
		m.blocks = maps.Clone(m.blocks)
		m.blocks[c.Name] = types.ListValueMust(elementType, []attr.Value{blocks.Complete(elementType, kept)})
	}
}

// setServerSide sets all attributes outside of blocks from the API's response.
func (m *model) setServerSide(d *talonic.Destination) {
	m.ID = types.StringValue(d.ID)
	if !text.Equal(m.Name.ValueString(), d.Name) || m.Name.IsNull() {
		m.Name = types.StringValue(redact.Printable(d.Name))
	}
	m.Type = types.StringValue(redact.Printable(d.Type))
	m.IsActive = types.BoolValue(d.IsActive)
	if !talonic.SamePayloadCap(m.PayloadCapBytes.ValueInt64Pointer(), d.PayloadCapBytes) {
		m.PayloadCapBytes = types.Int64PointerValue(d.PayloadCapBytes)
	}
	m.HasAuthConfig = flagAfter(m.HasAuthConfig, d.HasAuthConfig)
	m.HasSigningSecret = flagAfter(m.HasSigningSecret, d.HasSigningSecret)
	a := formed(d)
	m.LastDeliveryAt, m.LastDeliveryStatus = a.lastDeliveryAt, a.lastDeliveryStatus
	m.CreatedAt, m.UpdatedAt = a.createdAt, a.updatedAt
}

// flagAfter returns the new value of a flag. If the API omits the flag (shown is nil), the flag keeps its value, because an omitted flag does
// not mean false. An unknown flag becomes null.
func flagAfter(prior types.Bool, shown *bool) types.Bool {
	switch {
	case shown != nil:
		return types.BoolValue(*shown)
	case prior.IsUnknown():
		return types.BoolNull()
	}
	return prior
}

// keepServerSide copies all attributes that the API sets from prior state, after an update that sent nothing.
func (m *model) keepServerSide(state *model) {
	m.ID, m.Type, m.IsActive = state.ID, state.Type, state.IsActive
	m.HasAuthConfig, m.HasSigningSecret = state.HasAuthConfig, state.HasSigningSecret
	m.CredentialsUpdatedAt = state.CredentialsUpdatedAt
	m.LastDeliveryAt, m.LastDeliveryStatus = state.LastDeliveryAt, state.LastDeliveryStatus
	m.CreatedAt, m.UpdatedAt = state.CreatedAt, state.UpdatedAt
}
