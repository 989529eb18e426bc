package destination

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// model is the resource in a configuration, a plan or a state. Its connector blocks are kept by name, since the table of
// connectors decides which there are.
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

// reader is what configurations, plans and states have in common.
type reader interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}

// readModel reads a configuration, a plan or a state. It is nil when there is none, as in the state of a create.
func readModel(ctx context.Context, from reader) (*model, diag.Diagnostics) {
	var object types.Object
	diags := from.Get(ctx, &object)
	if diags.HasError() {
		return nil, diags
	}
	return newModel(object), diags
}

// newModel is the resource in an object of the framework's; nil if that is null.
func newModel(object types.Object) *model {
	if object.IsNull() {
		return nil
	}
	a := object.Attributes()
	m := &model{
		ID:                   get[types.String](a, "id"),
		Name:                 get[types.String](a, "name"),
		Type:                 get[types.String](a, "type"),
		IsActive:             get[types.Bool](a, "is_active"),
		PayloadCapBytes:      get[types.Int64](a, "payload_cap_bytes"),
		HasAuthConfig:        get[types.Bool](a, "has_auth_config"),
		HasSigningSecret:     get[types.Bool](a, "has_signing_secret"),
		CredentialsWOVersion: get[types.Int64](a, "credentials_wo_version"),
		DeletionPolicy:       get[types.String](a, "deletion_policy"),
		CredentialsUpdatedAt: get[types.String](a, "credentials_updated_at"),
		LastDeliveryAt:       get[types.String](a, "last_delivery_at"),
		LastDeliveryStatus:   get[types.String](a, "last_delivery_status"),
		CreatedAt:            get[types.String](a, "created_at"),
		UpdatedAt:            get[types.String](a, "updated_at"),
		blocks:               map[string]types.List{},
	}
	for _, c := range connectors {
		m.blocks[c.name] = get[types.List](a, c.name)
	}
	return m
}

func get[T attr.Value](attributes map[string]attr.Value, name string) T {
	value, _ := attributes[name].(T) // the schema's test reads every attribute
	return value
}

// object is the model as the framework takes it.
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
	for _, c := range connectors {
		a[c.name] = m.blocks[c.name]
	}
	return types.ObjectValueMust(objectType.AttrTypes, a)
}

// connector is the one that the model's block names, with what the block holds. ok is false when there is none or it is not
// known yet.
func (m *model) connector() (c connector, v values, ok bool) {
	for _, c := range connectors {
		if v, ok := only(m.blocks[c.name]); ok {
			return c, v, true
		}
	}
	return connector{}, nil, false
}

// setConnector makes c the only connector block. Whatever v does not have becomes null, or an empty block.
func (m *model) setConnector(c connector, v values) {
	m.blocks = map[string]types.List{}
	for _, other := range connectors {
		elementType := blockType(objectType.AttrTypes[other.name])
		elements := []attr.Value{}
		if other.name == c.name {
			elements = append(elements, complete(elementType, v))
		}
		m.blocks[other.name] = types.ListValueMust(elementType, elements)
	}
}

// complete makes the values of a block an object of its type.
func complete(t types.ObjectType, v values) types.Object {
	attributes := map[string]attr.Value{}
	for name, t := range t.AttrTypes {
		attributes[name] = absent(t)
		if value, ok := v[name]; ok {
			attributes[name] = value
		}
	}
	return types.ObjectValueMust(t.AttrTypes, attributes)
}

// absent is an argument or a block that is not there. Terraform has blocks empty rather than null.
func absent(t attr.Type) attr.Value {
	if list, ok := t.(types.ListType); ok {
		return types.ListValueMust(list.ElemType, nil)
	}
	ctx := context.Background() // types of the framework ignore it
	value, err := t.ValueFromTerraform(ctx, tftypes.NewValue(t.TerraformType(ctx), nil))
	if err != nil {
		panic(err) // null is a value of every type
	}
	return value
}

// setServerSide takes everything from the API's answer that no argument of a block holds.
func (m *model) setServerSide(d *talonic.Destination) {
	m.ID = types.StringValue(d.ID)
	m.Name = types.StringValue(d.Name)
	m.Type = types.StringValue(d.Type)
	m.IsActive = types.BoolValue(d.IsActive)
	if !sameCap(m.PayloadCapBytes.ValueInt64Pointer(), d.PayloadCapBytes) {
		m.PayloadCapBytes = types.Int64PointerValue(d.PayloadCapBytes)
	}
	m.HasAuthConfig = types.BoolValue(d.HasAuthConfig)
	m.HasSigningSecret = types.BoolValue(d.HasSigningSecret)
	m.LastDeliveryAt = types.StringPointerValue(d.LastDeliveryAt)
	m.LastDeliveryStatus = types.StringPointerValue(d.LastDeliveryStatus)
	m.CreatedAt = types.StringValue(d.CreatedAt)
	m.UpdatedAt = types.StringValue(d.UpdatedAt)
}

// keepServerSide takes everything that the API sets from an earlier state, after an update that had nothing to write.
func (m *model) keepServerSide(state *model) {
	m.ID, m.Type, m.IsActive = state.ID, state.Type, state.IsActive
	m.HasAuthConfig, m.HasSigningSecret = state.HasAuthConfig, state.HasSigningSecret
	m.CredentialsUpdatedAt = state.CredentialsUpdatedAt
	m.LastDeliveryAt, m.LastDeliveryStatus = state.LastDeliveryAt, state.LastDeliveryStatus
	m.CreatedAt, m.UpdatedAt = state.CreatedAt, state.UpdatedAt
}
