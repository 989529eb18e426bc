package binding

import (
	"encoding/json"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/talonicdev/terraform-provider-talonic/internal/jsonvalue"
	"github.com/talonicdev/terraform-provider-talonic/internal/talonic"
)

// intent is what a write is to bring about. The requests follow from it, and the API's answer is compared with it.
type intent struct {
	body     body
	before   body  // nil on create
	active   *bool // nil: whatever the API says
	imported bool  // nothing that the API has was written by Terraform

	// adopted says that a create was recovered by adopting what seems to be its result.
	adopted bool

	// sentActive is what an update said of is_active, even if it only repeated what was there.
	sentActive *bool
}

// newIntent collects what the configuration and the plan want. state is nil on create.
func newIntent(config, plan, state model, was remembered) (want intent, err error) {
	want.active = wantedActivity(config.active(), plan.active()).ValueBoolPointer()
	want.imported = was.Imported
	if want.body, err = plan.body(); err != nil {
		return want, err
	}
	for _, a := range arguments {
		if shown, differs := was.Shown[a.name()]; differs && lookUp(want.body, a.key) != nil {
			set(want.body, jsonvalue.InFormOf(lookUp(want.body, a.key), shown), a.key)
		}
	}
	if state != nil {
		want.before, err = state.body()
	}
	return want, err
}

// wantedActivity is what the plan says of is_active if the configuration says anything. The two differ where ignore_changes covers
// it, which has effect on plans only.
func wantedActivity(configured, planned types.Bool) types.Bool {
	if configured.IsNull() || planned.IsUnknown() {
		return configured
	}
	return planned
}

// creation is the request that creates the binding.
func (want intent) creation() talonic.NewBinding {
	b := talonic.NewBinding{
		Name:             want.text("name"),
		SignalFilter:     *want.signalFilter(),
		DeliverableType:  want.text("deliverable_type"),
		DestinationID:    want.text("destination_id"),
		SerializerFormat: want.text("serializer_format"),
		SerializerConfig: rawOf(want.body[serializerConfigKey]),
		ResolverConfig:   rawOf(want.body[resolverConfigKey]),
		FieldMap:         decodeAs[talonic.FieldMap](want.body[fieldMapKey]),
		DeliveryPolicy:   decodeAs[talonic.DeliveryPolicy](want.body[deliveryPolicyKey]),
		IsDefault:        isDefault,
	}
	if want.active != nil && !*want.active {
		b.IsActive = want.active // a new binding is active by itself
	}
	return b
}

// change is the request that updates the binding, and whether one is needed. It has what differs and, always, is_active: nobody
// says that an update without it leaves a paused binding alone, and one of a destination may not.
func (want intent) change(state model) (change talonic.BindingChange, needed bool) {
	differs := func(key string) bool {
		changed := !jsonvalue.Equal(want.before[key], want.body[key])
		needed = needed || changed
		return changed
	}
	for key, field := range map[string]*string{
		"name": &change.Name, "deliverable_type": &change.DeliverableType, "serializer_format": &change.SerializerFormat,
	} {
		if differs(key) {
			*field = want.text(key)
		}
	}
	if differs("signal_filter") {
		change.SignalFilter = want.signalFilter()
	}
	for key, field := range map[string]*talonic.Nullable[json.RawMessage]{
		serializerConfigKey: &change.SerializerConfig, resolverConfigKey: &change.ResolverConfig,
	} {
		if differs(key) {
			*field = nullable[json.RawMessage](want.body[key])
		}
	}
	if differs(fieldMapKey) {
		change.FieldMap = nullable[talonic.FieldMap](want.body[fieldMapKey])
	}
	if differs(deliveryPolicyKey) {
		change.DeliveryPolicy = nullable[talonic.DeliveryPolicy](want.body[deliveryPolicyKey])
	}
	before := state.active().ValueBoolPointer()
	change.IsActive = before
	if want.active != nil {
		change.IsActive = want.active
		needed = needed || before == nil || *before != *want.active
	}
	return change, needed
}

// correction is the one further update that may bring about what a create ignored: is_active.
func (want intent) correction(b *talonic.Binding) (change talonic.BindingChange, needed bool) {
	change.IsActive = want.active
	return change, want.before == nil && want.active != nil && *want.active != b.IsActive
}

func (want intent) text(key string) string {
	text, _ := want.body[key].(string)
	return text
}

func (want intent) signalFilter() *talonic.SignalFilter {
	filter := decodeAs[talonic.SignalFilter](want.body["signal_filter"])
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
