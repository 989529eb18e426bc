package binding

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// desiredState is what a write is to bring about. The requests follow from it, and the API's answer is compared with it.
type desiredState struct {
	body     body
	before   body  // nil on create
	active   *bool // nil: whatever the API says
	imported bool  // nothing that the API has was written by Terraform

	// adopted says that a create was recovered by adopting what seems to be its result.
	adopted bool

	// sentActive is what an update said of is_active, even if it only repeated what was there.
	sentActive *bool
}

// newDesiredState collects what the configuration and the plan want. state is nil on create.
func newDesiredState(config, plan, state model, prior bodyRecord) (desired desiredState, err error) {
	desired.active = wantedActivity(config.active(), plan.active()).ValueBoolPointer()
	desired.imported = prior.Imported
	if desired.body, err = plan.body(); err != nil {
		return desired, err
	}
	for _, a := range arguments {
		if shown, differs := prior.Shown[a.name()]; differs && lookUp(desired.body, a.key) != nil {
			set(desired.body, jsonvalue.InFormOf(lookUp(desired.body, a.key), shown), a.key)
		}
	}
	if state != nil {
		desired.before, err = state.body()
	}
	return desired, err
}

// wantedActivity is what the plan says of is_active if the configuration says anything. The two differ where ignore_changes covers
// it, which has effect on plans only.
func wantedActivity(configured, planned types.Bool) types.Bool {
	if configured.IsNull() || planned.IsUnknown() {
		return configured
	}
	return planned
}

// createRequest is the request that creates the binding.
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
		b.IsActive = desired.active // a new binding is active by itself
	}
	return b
}

// updateRequest is the request that updates the binding, and whether one is needed. It has what differs and, always, is_active: nobody
// says that an update without it leaves a paused binding alone, and one of a destination may not.
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

// followUpRequest is the one further update that may bring about what a create ignored: is_active.
func (desired desiredState) followUpRequest(b *talonic.Binding) (change talonic.BindingChange, needed bool) {
	change.IsActive = desired.active
	return change, desired.before == nil && desired.active != nil && *desired.active != b.IsActive
}

func (desired desiredState) text(key string) string {
	text, _ := desired.body[key].(string)
	return text
}

func (desired desiredState) signalFilter() *talonic.SignalFilter {
	filter := decodeAs[talonic.SignalFilter](desired.body["signal_filter"])
	if filter == nil {
		filter = &talonic.SignalFilter{} // the schema demands one
	}
	return filter
}

// nullable is a part of a body to be written; null takes away what was there.
func nullable[T any](part any) talonic.Nullable[T] {
	if value := decodeAs[T](part); value != nil {
		return talonic.Value(*value)
	}
	return talonic.Null[T]()
}
