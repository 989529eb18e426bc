package binding

import (
	"encoding/json"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// createRequest returns the request that creates the binding.
func (desired desiredState) createRequest() talonic.NewBinding {
	b := talonic.NewBinding{
		Name:             desired.text("name"),
		SignalFilter:     *desired.signalFilter(),
		DeliverableType:  desired.text("deliverable_type"),
		DestinationID:    desired.text("destination_id"),
		SerializerFormat: desired.text("serializer_format"),
		SerializerConfig: rawOf(desired.body[serializerConfigKey]),
		ResolverConfig:   rawOf(desired.body[resolverConfigKey]),
		FieldMap:         decodeAs[talonic.FieldMap](desired.body[fieldMapKey]),
		DeliveryPolicy:   decodeAs[talonic.DeliveryPolicy](desired.body[deliveryPolicyKey]),
		IsDefault:        isDefault,
	}
	if desired.active != nil && !*desired.active {
		b.IsActive = desired.active // new bindings are active by default
	}
	return b
}

// updateRequest returns the request that updates the binding, and whether an update is needed. The request contains the differences. It always
// contains is_active, too: whether an update without is_active enables a disabled binding is undocumented, but such an update may enable a
// disabled destination.
func (desired desiredState) updateRequest(state model) (change talonic.BindingChange, needed bool) {
	differs := func(key string) bool {
		changed := !jsonvalue.Equal(desired.before[key], desired.body[key])
		needed = needed || changed
		return changed
	}
	for key, field := range map[string]*string{
		"name": &change.Name, "deliverable_type": &change.DeliverableType, "serializer_format": &change.SerializerFormat,
	} {
		if differs(key) {
			*field = desired.text(key)
		}
	}
	if differs("signal_filter") {
		change.SignalFilter = desired.signalFilter()
	}
	for key, field := range map[string]*talonic.Nullable[json.RawMessage]{
		serializerConfigKey: &change.SerializerConfig, resolverConfigKey: &change.ResolverConfig,
	} {
		if differs(key) {
			*field = nullable[json.RawMessage](desired.body[key])
		}
	}
	if differs(fieldMapKey) {
		change.FieldMap = nullable[talonic.FieldMap](desired.body[fieldMapKey])
	}
	if differs(deliveryPolicyKey) {
		change.DeliveryPolicy = nullable[talonic.DeliveryPolicy](desired.body[deliveryPolicyKey])
	}
	before := state.active().ValueBoolPointer()
	change.IsActive = before
	if desired.active != nil {
		change.IsActive = desired.active
		needed = needed || before == nil || *before != *desired.active
	}
	return change, needed
}

// followUpRequest returns one further update that sends is_active, which the API may ignore in a create, and whether the update is needed.
func (desired desiredState) followUpRequest(b *talonic.Binding) (change talonic.BindingChange, needed bool) {
	change.IsActive = desired.active
	return change, desired.before == nil && desired.active != nil && *desired.active != b.IsActive
}
