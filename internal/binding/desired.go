package binding

import (
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
